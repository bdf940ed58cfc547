import { scryptSync } from 'node:crypto'
import { argon2d, argon2i, argon2id } from '@noble/hashes/argon2.js'
import { describe, expect, it } from 'vitest'

import { argon2, scrypt } from '../../src/crypto/file-kdf'
import { cpuTime } from '../formats/cpu-time'

const salt = new Uint8Array(16).fill(7)
const small = { memoryKib: 64, passes: 2, lanes: 2 }
const bombs: [what: string, value: unknown][] = [
  ['2^30', 2 ** 30],
  ['2^31', 2 ** 31],
  ['2^32 - 1', 2 ** 32 - 1],
  ['2^64', 2 ** 64],
  ['0', 0],
  ['negative', -1],
  ['NaN', Number.NaN],
  ['a fraction', 2.5],
  ['infinite', Number.POSITIVE_INFINITY],
  ['text', '2'],
  ['absent', undefined],
]

/** Refused with a typed error before anything is derived, the best of three: the first time a function is called it is compiled. */
async function expectRefused(derive: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    const start = cpuTime()
    await expect(derive()).rejects.toMatchObject({
      code: expect.stringMatching(/^format\/(too-costly|damaged)$/) as string,
    })
    times.push(cpuTime() - start)
  }
  expect(Math.min(...times)).toBeLessThan(10)
}

describe('argon2', () => {
  it.each([
    ['d', argon2d],
    ['i', argon2i],
    ['id', argon2id],
  ] as const)('makes the same key as another implementation (Argon2%s)', async (kind, other) => {
    const expected = other('pässword', salt, { m: 64, t: 2, p: 2, dkLen: 24 })
    expect(await argon2('pässword', salt, { kind, ...small, bytes: 24 })).toEqual(expected)
  })

  it.each(['memoryKib', 'passes', 'lanes'])(
    'refuses absurd numbers for %s before it allocates (INP-4)',
    async (name) => {
      for (const [, value] of bombs) await expectRefused(() => argon2('x', salt, { ...small, [name]: value }))
    },
  )

  it('draws the line at 1 GiB, 8 GiB of work and 16 lanes, and lower where the user was not asked (INP-4)', async () => {
    const costly = { code: 'format/too-costly' }
    const at = (numbers: object, most?: number): Promise<unknown> => argon2('x', salt, { ...small, ...numbers }, most)
    await expect(at({ memoryKib: 1024 ** 2 + 1 })).rejects.toMatchObject(costly)
    await expect(at({ memoryKib: 1024 ** 2, passes: 9 })).rejects.toMatchObject(costly)
    await expect(at({ memoryKib: 1024, lanes: 17 })).rejects.toMatchObject(costly)
    await expect(at({ memoryKib: 257 * 1024 }, 256)).rejects.toMatchObject({ ...costly, params: { memoryMib: 257 } })
    await expect(at({ memoryKib: 1024, lanes: 16 })).resolves.toHaveLength(32)
  })

  it('takes a salt that is too short for damage', async () => {
    await expect(argon2('x', new Uint8Array(7), small)).rejects.toMatchObject({ code: 'format/damaged' })
  })
})

describe('scrypt', () => {
  it('makes the same key as Node', async () => {
    const key = await scrypt('pässword', salt, { cost: 1024, blockSize: 8, lanes: 2 })
    expect(Buffer.from(key)).toEqual(scryptSync('pässword', salt, 32, { N: 1024, r: 8, p: 2 }))
  })

  it.each(['cost', 'blockSize', 'lanes'])('refuses absurd numbers for %s before it allocates (INP-4)', async (name) => {
    const usual = { cost: 1024, blockSize: 8, lanes: 1 }
    for (const [, value] of bombs) await expectRefused(() => scrypt('x', salt, { ...usual, [name]: value }))
  })

  it.each([
    [2 ** 18 + 1, 8, 1],
    [2 ** 19, 8, 1],
    [2, 33, 1],
    [2, 8, 17],
    [3, 8, 1],
    [1, 8, 1],
  ])('refuses N=%i, r=%i, p=%i (INP-4)', async (cost, blockSize, lanes) => {
    await expectRefused(() => scrypt('x', salt, { cost, blockSize, lanes }))
  })
})
