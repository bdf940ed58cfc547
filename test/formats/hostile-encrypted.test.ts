import { createHash } from 'node:crypto'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { readImport } from '../../src/formats/index'
import type * as inflate from '../../src/formats/inflate'
import type * as secretstream from '../../src/formats/secretstream'
import { seeded } from '../support/seeded'
import { FIXTURE_PASSWORD, fixture, fixtureNames } from './fixtures'
import { FUZZ_RUNS, FUZZ_SEED, FUZZ_TIMEOUT_MS, formatOf, mutated, readAll } from './fuzz'

/**
 * The readers of encrypted files with the right password, ten thousand times. A derivation that was done once is remembered, and
 * one that a fixture does not ask for costs nothing: what lies behind it is what is tried here. Their limits are judged as ever.
 */
const keys = new Map<string, Uint8Array>()
let asFixture = true

async function remembered(
  parts: readonly unknown[],
  bytes: number,
  derive: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const text = JSON.stringify(parts, (_name, value: unknown) =>
    ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value,
  )
  const known = keys.get(text)
  if (known) return known.slice()
  const key = asFixture ? await derive() : cheapKey(text, bytes)
  if (asFixture) keys.set(text, key.slice())
  return key
}

function cheapKey(text: string, bytes: number): Uint8Array {
  return new Uint8Array(createHash('shake256', { outputLength: bytes }).update(text).digest())
}

vi.mock('hash-wasm', async (original) => {
  const real = await original<Record<string, (options: { hashLength: number }) => Promise<Uint8Array>>>()
  const names = ['argon2d', 'argon2i', 'argon2id', 'scrypt']
  const wrapped = names.map((name) => [
    name,
    (options: { hashLength: number }) =>
      remembered([name, options], options.hashLength, async () => real[name]?.(options) ?? new Uint8Array()),
  ])
  return { ...real, ...(Object.fromEntries(wrapped) as object) }
})

/** What is to happen to what was decrypted or inflated; nothing where a file is mutated as it stands. */
let spoil: (plain: Uint8Array) => Uint8Array = (plain) => plain

vi.mock('../../src/formats/inflate', async (original) => {
  const real = await original<typeof inflate>()
  return {
    gunzip: async (bytes: Uint8Array<ArrayBuffer>) => spoil(await real.gunzip(bytes)),
    inflateRaw: async (bytes: Uint8Array<ArrayBuffer>) => spoil(await real.inflateRaw(bytes)),
  }
})

vi.mock('../../src/formats/secretstream', async (original) => {
  const real = await original<typeof secretstream>()
  return {
    ...real,
    openSecretstream: async (...parts: Parameters<typeof real.openSecretstream>) => {
      const opened = await real.openSecretstream(...parts)
      return opened && spoil(opened)
    },
  }
})

/** So many zeros are encrypted at once for AES-KDF alone. */
const KDF_BYTES = 16 * 5000
const { subtle } = crypto
const real = {
  decrypt: subtle.decrypt.bind(subtle),
  deriveBits: subtle.deriveBits.bind(subtle),
  encrypt: subtle.encrypt.bind(subtle),
}

beforeEach(() => {
  vi.spyOn(subtle, 'decrypt').mockImplementation(async (...parts) => {
    const plain = new Uint8Array(await real.decrypt(...parts))
    return spoil(plain).slice().buffer
  })
  vi.spyOn(subtle, 'deriveBits').mockImplementation(async (algorithm, key, bits = 0) => {
    const derive = async () => new Uint8Array(await real.deriveBits(algorithm, key, bits))
    return (await remembered([algorithm, bits], (bits ?? 0) / 8, derive)).slice().buffer
  })
  vi.spyOn(subtle, 'encrypt').mockImplementation(async (algorithm, key, data) => {
    if (!asFixture && data.byteLength > KDF_BYTES) return new ArrayBuffer(data.byteLength + 16)
    return real.encrypt(algorithm, key, data)
  })
})

afterEach(() => {
  asFixture = true
  spoil = (plain) => plain
  vi.restoreAllMocks()
})

const encrypted = fixtureNames().filter((name) => name.includes('encrypted') && !name.includes('manifest'))
const formats = [...new Set(encrypted.map(formatOf))]

describe.each(formats)('reading %s with its password', (format) => {
  const sources = encrypted.filter((name) => formatOf(name) === format).map(fixture)
  const random = seeded(FUZZ_SEED)

  beforeEach(async () => {
    for (const source of sources) {
      expect((await readImport(source, { password: FIXTURE_PASSWORD })).entries).not.toEqual([])
    }
    asFixture = false
  })

  it(
    `ends ${FUZZ_RUNS / 2} times in a value or a typed error, soon, whatever happens to the file (INP-1)`,
    async () => {
      const next = (i: number): Uint8Array => mutated(sources[i % sources.length] ?? new Uint8Array(), random)
      await readAll(FUZZ_RUNS / 2, next, { password: FIXTURE_PASSWORD })
    },
    FUZZ_TIMEOUT_MS,
  )

  it(
    `ends ${FUZZ_RUNS / 2} times in a value or a typed error, soon, whatever it was encrypted from (INP-1)`,
    async () => {
      let spoiled = 0
      // A key among what is decrypted, where there are several steps, is left alone half of the time.
      spoil = (plain) => {
        if (random(2) === 0) return plain
        spoiled += 1
        return mutated(plain, random)
      }
      const next = (i: number): Uint8Array => sources[i % sources.length] ?? new Uint8Array()
      await readAll(FUZZ_RUNS / 2, next, { password: FIXTURE_PASSWORD })
      expect(spoiled).toBeGreaterThan(FUZZ_RUNS / 5)
    },
    FUZZ_TIMEOUT_MS,
  )
})
