import { afterEach, describe, expect, it, vi } from 'vitest'
import { WORDS, newPassphrase } from '../../src/passphrase/suggestion'

afterEach(() => vi.restoreAllMocks())

/** What chance answers next, in place of the browser's. */
function draw(...numbers: readonly number[]): void {
  const left = [...numbers]
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    ;(array as Uint32Array)[0] = left.shift() ?? 0
    return array
  })
}

describe('newPassphrase', () => {
  it('makes five words out of 7,776, which is 64 bits (KEY-4)', () => {
    expect(new Set(WORDS).size).toBe(7_776)
    expect(5 * Math.log2(WORDS.length)).toBeGreaterThan(64)
    const words = newPassphrase().split(' ')
    expect(words).toHaveLength(5)
    expect(words.filter((word) => !(WORDS as readonly string[]).includes(word))).toEqual([])
  })

  it('has no word that would be two, or that only a capital tells apart', () => {
    expect(WORDS.filter((word) => !/^[a-z][a-z-]+$/.test(word))).toEqual([])
  })

  it('reaches the first and the last word', () => {
    draw(0, 7_775, 7_776, 15_551, 1)
    expect(newPassphrase().split(' ')).toEqual([WORDS[0], WORDS[7_775], WORDS[0], WORDS[7_775], WORDS[1]])
  })

  it('draws again what would favour the first words', () => {
    const fair = 2 ** 32 - (2 ** 32 % WORDS.length)
    draw(fair, 2 ** 32 - 1, fair - 1, 2, 3, 4, 5)
    expect(newPassphrase().split(' ')).toEqual([WORDS[7_775], WORDS[2], WORDS[3], WORDS[4], WORDS[5]])
  })

  it('never says the same twice', () => {
    expect(new Set(Array.from({ length: 500 }, newPassphrase)).size).toBe(500)
  })
})
