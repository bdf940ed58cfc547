import { describe, expect, it } from 'vitest'

import { type Guesses, NO_GUESSES, afterWrong, readGuesses, waitMs } from '../../src/vault/guesses'

const DAY = 86_400_000
const NOW = 1_700_000_000_000

function wrongTimes(count: number, now = NOW): Guesses {
  return Array.from({ length: count }).reduce<Guesses>((guesses) => afterWrong(guesses, now), NO_GUESSES)
}

describe('waitMs (KEY-3)', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 2_000],
    [6, 4_000],
    [12, 256_000],
    [13, 300_000],
    [5000, 300_000],
  ])('after %i wrong tries is %i ms', (wrong, wait) => {
    expect(waitMs(wrongTimes(wrong), NOW)).toBe(wait)
    expect(waitMs(wrongTimes(wrong), NOW + wait)).toBe(0)
    if (wait > 0) expect(waitMs(wrongTimes(wrong), NOW + wait - 1)).toBe(1)
  })

  it('is neither ended nor stretched by a clock that is set back', () => {
    for (const back of [1, 1000, DAY, 400 * DAY]) expect(waitMs(wrongTimes(9), NOW - back)).toBe(32_000)
  })

  it('leaves 300 tries a day at most', () => {
    let guesses = NO_GUESSES
    let tries = 0
    for (let now = NOW; now < NOW + DAY; now += waitMs(guesses, now)) {
      guesses = afterWrong(guesses, now)
      tries++
    }
    expect(tries).toBeLessThanOrEqual(300)
  })
})

describe('readGuesses', () => {
  it('takes what was stored, and nothing for no tries', () => {
    expect(readGuesses(undefined, NOW)).toEqual(NO_GUESSES)
    expect(readGuesses(structuredClone(wrongTimes(7)), NOW)).toEqual(wrongTimes(7))
  })

  it.each<[unknown]>([
    ['text'],
    [{}],
    [{ wrong: -1, lastAt: 0 }],
    [{ wrong: 1.5, lastAt: 0 }],
    [{ wrong: 3, lastAt: NaN }],
  ])('takes %j for tries that were wrong: damage gains nothing', (stored) =>
    expect(waitMs(readGuesses(stored, NOW), NOW)).toBe(2_000),
  )
})
