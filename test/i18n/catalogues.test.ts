import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../src/core/errors'
import { languageNames } from '../../src/i18n/choose'
import { type Language, errorKey } from '../../src/i18n/text'
import { catalogueOf, shortcomings } from './compare'

const english = catalogueOf('en')
const languages = Object.keys(languageNames) as Language[]

it('has a catalogue for each language that can be chosen, and no other', () => {
  expect(readdirSync('src/i18n/_locales').sort()).toEqual(languages.toSorted())
})

/** What the pages' texts may hold besides words: ICU's plural, written as `text` reads it, with a form for every number. */
const plural = /\{([A-Z_]+), plural, ((?:(?:zero|one|two|few|many) \{[^{}]+\} )*other \{[^{}]+\})\}/g

/** Texts that the browser's own catalogues give, which know no plurals. */
const byBrowser = /^(app|command|menu|pick|hint|safe|broken|raw)_|^(try_again|restart_latchkey)$/

/** Names used in a text, lower case, each once. */
function used(message: string): string[] {
  return [...new Set([...message.matchAll(/\$([A-Z_]+)\$/g)].map((match) => match[1]!.toLowerCase()))].sort()
}

describe.each(languages)('the catalogue %s', (language) => {
  const catalogue = catalogueOf(language)

  it('holds exactly the keys of the English one', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort())
  })

  it('is translated', () => {
    expect(shortcomings(language).filter(({ kind }) => kind !== 'overlong')).toEqual([])
  })

  it('counts in a way that the pages can read', () => {
    for (const [key, { message }] of Object.entries(catalogue)) {
      if (byBrowser.test(key)) expect(message, key).not.toMatch(/[{}]/)
      expect(message.replace(plural, ''), key).not.toMatch(/[{}]/)
      for (const [, name] of message.matchAll(plural)) expect(used(message), key).toContain(name!.toLowerCase())
    }
  })

  it('leaves no text empty', () => {
    expect(Object.keys(catalogue).filter((key) => catalogue[key]!.message.trim() === '')).toEqual([])
  })

  it('has a text with two parts, what happened and what to do, for every error code', () => {
    const ends = /^(ja|zh)/.test(language) ? /。$/ : /\.$/
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
const composed = /^(error|scanned|phase|section|theme|permission|contrast|density|next_codes|demo)_/

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
