import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../src/core/errors'
import english from '../../src/i18n/_locales/en/messages.json'
import chinese from '../../src/i18n/_locales/zh_CN/messages.json'
import { chooseLanguage, loadLanguage } from '../../src/i18n/choose'
import { currentLanguage, errorText, languageTag, setCatalogue, text } from '../../src/i18n/text'

afterEach(() => setCatalogue('en', english))

describe('text', () => {
  it('fills placeholders by name, with text taken literally (INP-8)', () => {
    setCatalogue('en', english)
    expect(text('copied', { seconds: 30 })).toBe('Copied. Cleared in 30 s.')
    expect(text('search_nothing', { query: '$& $1 $QUERY$ <b>' })).toBe('No account matches “$& $1 $QUERY$ <b>”.')
  })

  it('speaks the language in force', () => {
    setCatalogue('zh_CN', chinese)
    expect(text('unlock')).toBe('解锁')
    expect([currentLanguage(), languageTag()]).toEqual(['zh_CN', 'zh-CN'])
  })

  it('loads a catalogue on demand', async () => {
    await loadLanguage('zh_CN')
    expect(text('lock')).toBe('锁定')
  })
})

describe('errorText', () => {
  it('says what an AppError means, and something useful for anything else', () => {
    setCatalogue('en', english)
    expect(errorText(new AppError('vault/wrong-passphrase'))).toContain('Caps Lock')
    expect(errorText(new TypeError('boom'))).toBe(english.error_unexpected.message)
    expect(errorText(undefined)).toBe(english.error_unexpected.message)
  })
})

describe('chooseLanguage', () => {
  it.each([
    [['zh_CN'], 'zh_CN'],
    [[null, 'zh-Hans-CN'], 'zh_CN'],
    [['auto', 'zh-TW'], 'zh_CN'],
    [['en-GB', 'zh_CN'], 'en'],
    [[null, 'auto', 'fr-FR'], 'en'],
    [['', 'zhx'], 'en'],
    [[], 'en'],
  ] as const)('answers for %j', (wishes, expected) => {
    expect(chooseLanguage(wishes)).toBe(expected)
  })
})
