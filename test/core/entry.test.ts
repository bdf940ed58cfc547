import { describe, expect, it } from 'vitest'

import {
  ENTRY_DEFAULTS,
  ENTRY_LIMITS,
  type NewEntry,
  entryName,
  parseAlgorithm,
  sameSecret,
  validateEntry,
} from '../../src/core/entry'
import { REFERENCE_ENTRIES } from '../support/reference-entries'

const base: NewEntry = {
  type: 'totp',
  issuer: 'Acme',
  label: 'alice',
  secret: new Uint8Array(20),
  ...ENTRY_DEFAULTS.totp,
}

describe('validateEntry', () => {
  it('answers every reference entry as it is, in memory of its own', () => {
    for (const entry of REFERENCE_ENTRIES) {
      const valid = validateEntry(entry)
      expect(valid).toEqual(entry)
      expect(valid.secret.buffer).not.toBe(entry.secret.buffer)
    }
  })

  it('leaves out what does not belong to the type', () => {
    const stray = { ...base, counter: 3, pin: '1', note: 'x' }
    expect(Object.keys(validateEntry(stray)).sort()).toEqual(Object.keys(base).sort())
  })

  it.each<[string, Partial<NewEntry>]>([
    ['one byte of secret', { secret: new Uint8Array(1) }],
    ['256 bytes of secret', { secret: new Uint8Array(256) }],
    ['5 digits', { digits: 5 }],
    ['10 digits', { digits: 10 }],
    ['1 second', { periodSeconds: 1 }],
    ['3600 seconds', { periodSeconds: 3600 }],
    ['1024 bytes of label', { label: 'x'.repeat(1024) }],
    ['1024 bytes of issuer in 512 letters', { issuer: 'é'.repeat(512) }],
    ['no issuer', { issuer: '' }],
    ['no label', { label: '' }],
    ['counter 0', { type: 'hotp', counter: 0 }],
    ['the last counter', { type: 'hotp', counter: 2 ** 53 - 1 }],
  ])('accepts %s (INP-2)', (_what, change) => {
    expect(validateEntry({ ...base, ...change })).toEqual({ ...base, ...change })
  })

  it.each<[string, Partial<NewEntry>, string]>([
    ['an empty secret', { secret: new Uint8Array() }, 'entry/secret-empty'],
    ['257 bytes of secret', { secret: new Uint8Array(ENTRY_LIMITS.secretBytes + 1) }, 'entry/secret-too-long'],
    ['4 digits', { digits: 4 }, 'entry/digits-invalid'],
    ['11 digits', { digits: 11 }, 'entry/digits-invalid'],
    ['6.5 digits', { digits: 6.5 }, 'entry/digits-invalid'],
    ['no number of digits', { digits: Number.NaN }, 'entry/digits-invalid'],
    ['digits as text', { digits: '6' as unknown as number }, 'entry/digits-invalid'],
    ['period 0', { periodSeconds: 0 }, 'entry/period-invalid'],
    ['period -30', { periodSeconds: -30 }, 'entry/period-invalid'],
    ['period 3601', { periodSeconds: 3601 }, 'entry/period-invalid'],
    ['period 0.5', { periodSeconds: 0.5 }, 'entry/period-invalid'],
    ['hotp without a counter', { type: 'hotp' }, 'entry/counter-invalid'],
    ['counter -1', { type: 'hotp', counter: -1 }, 'entry/counter-invalid'],
    ['counter 2^53', { type: 'hotp', counter: 2 ** 53 }, 'entry/counter-invalid'],
    ['1025 bytes of label', { label: 'x'.repeat(1025) }, 'entry/text-too-long'],
    ['1026 bytes of issuer in 513 letters', { issuer: 'é'.repeat(513) }, 'entry/text-too-long'],
    ['no name at all', { issuer: ' ', label: '' }, 'entry/name-missing'],
    ['MD5 for TOTP', { algorithm: 'MD5' }, 'entry/algorithm-unsupported'],
    ['an unknown type', { type: 'constructor' as 'totp' }, 'entry/type-unsupported'],
    ['Steam with 6 digits', { type: 'steam' }, 'entry/digits-invalid'],
    ['Steam with 60 s', { type: 'steam', digits: 5, periodSeconds: 60 }, 'entry/period-invalid'],
    ['Steam with SHA-256', { type: 'steam', digits: 5, algorithm: 'SHA256' }, 'entry/algorithm-unsupported'],
    ['mOTP with SHA-1', { type: 'motp', pin: '1' }, 'entry/algorithm-unsupported'],
    ['mOTP without a PIN', { type: 'motp', ...ENTRY_DEFAULTS.motp }, 'entry/pin-missing'],
    [
      'Yandex with 15 bytes',
      { type: 'yandex', ...ENTRY_DEFAULTS.yandex, secret: new Uint8Array(15) },
      'entry/secret-invalid',
    ],
  ])('refuses %s by name (INP-2, INP-9)', (_what, change, code) => {
    expect(() => validateEntry({ ...base, ...change })).toThrow(code)
  })
})

describe('parseAlgorithm', () => {
  it.each([
    ['SHA1', 'SHA1'],
    ['sha-1', 'SHA1'],
    ['HmacSHA1', 'SHA1'],
    ['HMAC-SHA-256', 'SHA256'],
    ['sha_224', 'SHA224'],
    ['Sha384', 'SHA384'],
    ['sha512', 'SHA512'],
    ['md5', 'MD5'],
  ])('reads %s', (text, algorithm) => expect(parseAlgorithm(text)).toBe(algorithm))

  it.each(['', 'SHA', 'SHA2', 'SHA3-256', 'GOST3411_2012_256', '1', 'SHA1 or so'])('refuses "%s" by name', (text) => {
    expect(() => parseAlgorithm(text)).toThrow('entry/algorithm-unsupported')
  })
})

describe('entryName', () => {
  it.each([
    ['Acme', 'alice', 'Acme alice'],
    ['', 'alice', 'alice'],
    ['Acme', ' ', 'Acme'],
    ['', '', ''],
  ])('of "%s" and "%s" is "%s"', (issuer, label, name) => expect(entryName({ issuer, label })).toBe(name))
})

describe('sameSecret', () => {
  it('compares bytes and nothing else (BND-8)', () => {
    const other = { ...base, issuer: 'Other', digits: 8 }
    expect(sameSecret(base, other)).toBe(true)
    expect(sameSecret(base, { ...base, secret: Uint8Array.from(base.secret).fill(1, 19) })).toBe(false)
    expect(sameSecret(base, { ...base, secret: new Uint8Array(21) })).toBe(false)
  })
})
