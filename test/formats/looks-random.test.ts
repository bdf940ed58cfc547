import { gzipSync } from 'node:zlib'

import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { looksRandom } from '../../src/formats/looks-random'
import { seeded } from '../support/seeded'

it.each([32, 64, 100, 300, 1000, 10_000])('takes ciphertexts of %d bytes for what they are', (length) => {
  const below = seeded(length)
  const judged = Array.from({ length: 200 }, () => looksRandom(Uint8Array.from({ length }, () => below(256))))
  expect(judged.filter((random) => !random)).toEqual([])
})

it.each([
  ['text', textToBytes('The quick brown fox jumps over the lazy dog. '.repeat(20))],
  ['zeros', new Uint8Array(1000)],
  ['a gzip', gzipSync(crypto.getRandomValues(new Uint8Array(1000)))],
  ['a few bytes', crypto.getRandomValues(new Uint8Array(31))],
  ['a film', new Uint8Array([0, 0, 0, 24, ...textToBytes('ftypmp42'), ...crypto.getRandomValues(new Uint8Array(500))])],
])('does not take %s for a ciphertext', (_, bytes) => {
  expect(looksRandom(new Uint8Array(bytes))).toBe(false)
})
