import { describe, expect, it } from 'vitest'
import { shownText } from '../../src/i18n/shown-text'
import { languageNames } from '../../src/i18n/choose'
import english from '../../src/i18n/_locales/en/messages.json'
import { setCatalogue, type Language } from '../../src/i18n/text'
import { groups } from '../../src/ui/components/code'
import { secondsLeft } from '../../src/ui/components/countdown'
import { dayText, momentText } from '../../src/ui/components/moment-text'

describe('groups', () => {
  it.each([
    ['23BCD', ['23BCD']],
    ['481902', ['481', '902']],
    ['4819023', ['481', '9023']],
    ['48190237', ['4819', '0237']],
    ['481902375', ['481', '902', '375']],
    ['4819023756', ['48190', '23756']],
    ['', ['']],
  ])('splits %j', (code, expected) => {
    expect(groups(code)).toEqual(expected)
    expect(groups(code).join('')).toBe(code)
  })
})

describe('dayText and momentText', () => {
  const MARCH = Date.UTC(2026, 2, 4, 12)

  it.each(Object.keys(languageNames) as Language[])(
    'hold no invisible mark in %s, which a text would show',
    (language) => {
      setCatalogue(language, english)
      for (const words of [dayText(MARCH), momentText(MARCH)]) expect(shownText(words)).toBe(words)
      setCatalogue('en', english)
    },
  )

  it('name the month', () => {
    setCatalogue('en', english)
    expect(dayText(MARCH)).toBe('Mar 4, 2026')
    setCatalogue('ar', english)
    expect(dayText(MARCH)).toBe('4 مارس 2026')
    setCatalogue('en', english)
  })
})

describe('secondsLeft', () => {
  it.each([
    [30_000, 0, 30],
    [30_000, 1, 30],
    [30_000, 29_000, 1],
    [30_000, 29_999, 1],
    [30_000, 30_000, 0],
    [30_000, 31_000, 0],
  ])('until %i at %i is %i', (until, now, expected) => {
    expect(secondsLeft(until, now)).toBe(expected)
  })
})
