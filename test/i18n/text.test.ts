import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '../../src/core/errors'
import english from '../../src/i18n/_locales/en/messages.json'
import chinese from '../../src/i18n/_locales/zh_CN/messages.json'
import { chooseLanguage } from '../../src/i18n/choose'
import {
  addTexts,
  currentLanguage,
  errorText,
  languageTag,
  onTextRead,
  setCatalogue,
  text,
  textDirection,
} from '../../src/i18n/text'

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

  it('lets it be known which texts were read before they were there', () => {
    const read: boolean[] = []
    onTextRead((missing) => read.push(missing))
    setCatalogue('en', { lock: english.lock })
    expect([text('lock'), text('unlock'), read]).toEqual(['Lock', '', [false, true]])
    onTextRead(() => undefined)
  })
})

describe('addTexts', () => {
  it('adds to the language in force, and to no other', () => {
    setCatalogue('zh_CN', { lock: chinese.lock })
    expect(addTexts('en', english)).toBe(false)
    expect(text('unlock')).toBe('')
    expect(addTexts('zh_CN', { lock: english.lock, unlock: chinese.unlock })).toBe(true)
    expect([text('lock'), text('unlock')]).toEqual(['锁定', '解锁'])
  })
})

describe('plurals', () => {
  const forms = {
    one: '1 учётная запись не подтверждена.',
    two: '2 учётные записи не подтверждены.',
    five: '5 учётных записей не подтверждено.',
    twentyOne: '21 учётная запись не подтверждена.',
  }
  const message =
    '{COUNT, plural, one {$COUNT$ учётная запись не подтверждена} few {$COUNT$ учётные записи не подтверждены} ' +
    'other {$COUNT$ учётных записей не подтверждено}}.'

  it.each([
    [1, forms.one],
    [2, forms.two],
    [5, forms.five],
    [21, forms.twentyOne],
  ])('takes the form that the language has for %d', (count, expected) => {
    setCatalogue('ru', { ...english, unfinished_many: { message } })
    expect(text('unfinished_many', { count })).toBe(expected)
  })

  it('takes the common form where a language has no other', () => {
    setCatalogue('ja', { ...english, unfinished_many: { message: '{COUNT, plural, one {x} other {$COUNT$ 件}}' } })
    expect(text('unfinished_many', { count: 1 })).toBe('1 件')
  })
})

describe('numbers and names in a text', () => {
  it('writes numbers as the language does', () => {
    setCatalogue('de', english)
    expect(text('selected', { count: 10_000 })).toBe('Selected: 10.000')
  })

  it('keeps a name from turning the sentence around, and the sentence from turning the name (INP-8)', () => {
    setCatalogue('en', english)
    expect(text('filled', { site: 'example.com' })).toBe('Filled in on example.com.')
    expect(text('added', { name: 'בנק 1' })).toBe('\u2068בנק 1\u2069 was added.')
    setCatalogue('ar', english)
    expect(text('filled', { site: 'example.com' })).toBe('Filled in on \u2068example.com\u2069.')
    expect(text('added', { name: 'a\u2069b' })).toBe('\u2068a\uFFFDb\u2069 was added.')
  })
})

describe('textDirection', () => {
  it.each([
    ['ar', 'rtl'],
    ['he', 'rtl'],
    ['ja', 'ltr'],
    ['en', 'ltr'],
  ] as const)('of %s is %s', (language, expected) => {
    setCatalogue(language, english)
    expect(textDirection()).toBe(expected)
  })
})

describe('errorText', () => {
  it('says what an AppError means, and something useful for anything else', () => {
    setCatalogue('en', english)
    expect(errorText(new AppError('vault/wrong-passphrase'))).toContain('Caps Lock')
    expect(errorText(new TypeError('boom'))).toBe(english.error_unexpected.message)
    expect(errorText(undefined)).toBe(english.error_unexpected.message)
  })

  it('says more of some kinds of what was scanned', () => {
    setCatalogue('en', english)
    const scanned = (kind: string) => errorText(new AppError('scan/not-an-authenticator-code', { kind }))
    expect(scanned('web-address')).toBe(english.scanned_web_address.message)
    expect(scanned('push-registration')).toBe(english.scanned_push_registration.message)
    expect(scanned('poem')).toBe(english.error_scan_not_an_authenticator_code.message)
  })
})

describe('chooseLanguage', () => {
  it.each([
    [['zh_CN'], 'zh_CN'],
    [[null, 'zh-Hans-CN'], 'zh_CN'],
    [['auto', 'zh-TW'], 'zh_TW'],
    [['zh-HK'], 'zh_TW'],
    [['zh-Hant-MO'], 'zh_TW'],
    [['zh_Hant'], 'zh_TW'],
    [['zh-Hans-HK'], 'zh_CN'],
    [['zh'], 'zh_CN'],
    [['zh-SG'], 'zh_CN'],
    [['pt'], 'pt_BR'],
    [['pt-PT'], 'pt_BR'],
    [['pt_BR'], 'pt_BR'],
    [['iw'], 'he'],
    [['he-IL'], 'he'],
    [['ar-EG'], 'ar'],
    [['ja-JP-u-ca-japanese'], 'ja'],
    [['ko_KR'], 'ko'],
    [['de-AT'], 'de'],
    [['en-GB', 'zh_CN'], 'en'],
    [[null, 'auto', 'fr-FR'], 'fr'],
    [['eo', 'ru'], 'ru'],
    [['tostring', 'constructor'], 'en'],
    [['', 'zhx'], 'en'],
    [[], 'en'],
  ] as const)('answers for %j', (wishes, expected) => {
    expect(chooseLanguage(wishes)).toBe(expected)
  })
})
