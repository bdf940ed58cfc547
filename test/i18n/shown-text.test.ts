import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hidesCharacters, shownText } from '../../src/i18n/shown-text'

describe('shownText (INP-8)', () => {
  it.each([
    ['plain', 'plain'],
    ['账户 ☂', '账户 ☂'],
    ['two\r\nlines\tand', 'two lines and'],
    ['bank\u202Egnp.exe', 'bank\uFFFDgnp.exe'],
    ['zero\u200Bwidth\u2066', 'zero\uFFFDwidth\uFFFD'],
    ['bell\u0007', 'bell\uFFFD'],
    ['hangul\u3164filler', 'hangul\uFFFDfiller'],
    ['soft\u00ADhyphen', 'soft\uFFFDhyphen'],
    ['red heart \u2764\uFE0F', 'red heart \u2764\uFE0F'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('shows %j as %j', (foreign, expected) => {
    expect(shownText(foreign)).toBe(expected)
  })

  it('cuts what is long, between characters', () => {
    expect([...shownText('𝔄'.repeat(500))]).toHaveLength(81)
    expect(shownText('a'.repeat(80))).toBe('a'.repeat(80))
  })

  it('leaves nothing that turns or breaks the line, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (foreign) => {
        const shown = shownText(foreign)
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
        expect([...shown].length).toBeLessThanOrEqual(81)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('hidesCharacters', () => {
  it.each([
    ['Acme', false],
    ['two\nlines', false],
    ['账户 ☂', false],
    ['a'.repeat(500), false],
    ['Ac\u200Bme', true],
    ['\u202Eemca', true],
  ])('answers for %j: %s', (foreign, expected) => {
    expect(hidesCharacters(foreign)).toBe(expected)
  })
})
