import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../src/core/errors'
import { errorKey } from '../../src/i18n/text'

type Messages = Record<string, { message: string; placeholders?: Record<string, { content: string }> }>

const root = 'src/i18n/_locales'
const read = (language: string): Messages => JSON.parse(readFileSync(`${root}/${language}/messages.json`, 'utf8'))
const english = read('en')
const languages = readdirSync(root)

/** Names used in a text, lower case, each once. */
function used(message: string): string[] {
  return [...new Set([...message.matchAll(/\$([A-Z_]+)\$/g)].map((match) => match[1]!.toLowerCase()))].sort()
}

describe.each(languages)('the catalogue %s', (language) => {
  const catalogue = read(language)

  it('holds exactly the keys of the English one', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort())
  })

  it('leaves no text empty', () => {
    expect(Object.keys(catalogue).filter((key) => catalogue[key]!.message.trim() === '')).toEqual([])
  })

  it('has a text with two parts, what happened and what to do, for every error code', () => {
    const ends = language === 'zh_CN' ? /。$/ : /\.$/
    for (const code of ERROR_CODES) {
      const message = catalogue[errorKey(code)]?.message
      expect(message, `no text for ${code}`).toMatch(ends)
      expect(message!.split(/[.。;；]\s*|，/).filter(Boolean).length, `${code} says only one thing`).toBeGreaterThan(1)
    }
  })

  it('declares each placeholder that a text uses, and uses the same as English', () => {
    for (const [key, { message, placeholders = {} }] of Object.entries(catalogue)) {
      expect(used(message), key).toEqual(Object.keys(placeholders).sort())
      expect(used(message), key).toEqual(used(english[key]!.message))
    }
  })

  it('has keys and lengths that the browsers take for the manifest', () => {
    expect(Object.keys(catalogue).filter((key) => !/^[a-zA-Z0-9_@]+$/.test(key))).toEqual([])
    expect(catalogue['app_name']!.message.length).toBeLessThanOrEqual(75)
    expect(catalogue['app_description']!.message.length).toBeLessThanOrEqual(132)
  })
})

/** Keys that are put together from a prefix and a word of the code. */
const composed = /^(error|phase|section|theme|permission|contrast|density|next_codes|demo)_/

it('has no text that nobody shows', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(`src/${name}`, 'utf8'))
    .concat(readFileSync('manifest.json', 'utf8'))
    .join('\n')
  const unused = Object.keys(english).filter(
    (key) => !composed.test(key) && !new RegExp(`\\b(__MSG_)?${key}(__)?\\b`).test(sources),
  )
  expect(unused).toEqual([])
})

it('has no error text left over from a code that is gone', () => {
  const known = new Set<string>(ERROR_CODES.map(errorKey))
  expect(Object.keys(english).filter((key) => key.startsWith('error_') && !known.has(key))).toEqual([])
})
