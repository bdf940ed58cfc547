import { describe, expect, it } from 'vitest'
import { groups } from '../../src/ui/components/code'
import { secondsLeft } from '../../src/ui/components/countdown'
import { shownText } from '../../src/ui/components/shown-text'

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

describe('shownText (INP-8)', () => {
  it.each([
    ['plain', 'plain'],
    ['账户 ☂', '账户 ☂'],
    ['two\r\nlines\tand', 'two lines and'],
    ['bank\u202Egnp.exe', 'bank\uFFFDgnp.exe'],
    ['zero\u200Bwidth\u2066', 'zero\uFFFDwidth\uFFFD'],
    ['bell\u0007', 'bell\uFFFD'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('shows %j as %j', (foreign, expected) => {
    expect(shownText(foreign)).toBe(expected)
  })

  it('cuts what is long, between characters', () => {
    expect([...shownText('𝔄'.repeat(500))]).toHaveLength(81)
    expect(shownText('a'.repeat(80))).toBe('a'.repeat(80))
  })
})
