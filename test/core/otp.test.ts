import { execFileSync } from 'node:child_process'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { hotp } from 'otplib'
import { HashAlgorithms, KeyEncodings } from 'otplib/core'
import { describe, expect, it } from 'vitest'

import { decodeBase32 } from '../../src/core/base32'
import { type Algorithm, ENTRY_DEFAULTS, type NewEntry } from '../../src/core/entry'
import { codeAt, stepAt } from '../../src/core/otp'
import { RFC_4226_CODES, RFC_4226_SECRET } from '../vectors/rfc4226'
import { RFC_6238_CODES, RFC_6238_SECRETS } from '../vectors/rfc6238'
import { seeded } from '../support/seeded'
import { YANDEX_CODES } from '../vectors/yandex'

const OTPLIB_HASHES = { SHA1: HashAlgorithms.SHA1, SHA256: HashAlgorithms.SHA256, SHA512: HashAlgorithms.SHA512 }
const OATHTOOL = '/usr/bin/oathtool'
const HASHES = ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'] as const
const TWO_TO_53 = 2 ** 53

const base: NewEntry = {
  type: 'totp',
  issuer: 'Acme',
  label: 'alice',
  secret: ascii(RFC_4226_SECRET),
  ...ENTRY_DEFAULTS.totp,
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** RFC 4226 §5.3 written a second time, with Node's HMAC and integers of any size. */
function referenceHotp(algorithm: Algorithm, secret: Uint8Array, counter: bigint, digits: number): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(counter)
  const digest = createHmac(algorithm.toLowerCase(), secret).update(message).digest()
  const truncated = BigInt(digest.readUInt32BE((digest.at(-1) ?? 0) & 0xf)) & 0x7fffffffn
  return (truncated % 10n ** BigInt(digits)).toString().padStart(digits, '0')
}

describe('codeAt', () => {
  it.each(RFC_4226_CODES.map((code, counter) => [counter, code] as const))(
    'makes RFC 4226 D code %i (OTP-1)',
    (counter, code) => {
      expect(codeAt({ ...base, type: 'hotp', counter }, 0)).toEqual({ code, validFrom: 0, validUntil: Infinity })
    },
  )

  it.each(RFC_6238_CODES)('makes the RFC 6238 B codes at %i s (OTP-1)', (seconds, ...codes) => {
    for (const [i, algorithm] of (['SHA1', 'SHA256', 'SHA512'] as const).entries()) {
      const entry = { ...base, algorithm, digits: 8, secret: ascii(RFC_6238_SECRETS[algorithm]) }
      expect(codeAt(entry, seconds * 1000).code).toBe(codes[i])
    }
  })

  it('equals an independent implementation in 100,000 random cases (OTP-1)', () => {
    const below = seeded(20261121)
    let different = 0
    for (let i = 0; i < 100_000; i++) {
      const entry = {
        ...base,
        secret: randomBytes(1 + below(i % 100 === 0 ? 256 : 64)),
        algorithm: HASHES[below(5)] ?? 'SHA1',
        digits: 5 + below(6),
        periodSeconds: 1 + below(3600),
      }
      const epochMs = below(2 ** 32) * 1000 + below(1000)
      const step = BigInt(Math.floor(epochMs / 1000 / entry.periodSeconds))
      if (codeAt(entry, epochMs).code !== referenceHotp(entry.algorithm, entry.secret, step, entry.digits)) different++
    }
    expect(different).toBe(0)
  })

  it('equals another library in 100,000 random cases (OTP-1)', () => {
    const below = seeded(20261122)
    let different = 0
    for (let i = 0; i < 100_000; i++) {
      const algorithm = (['SHA1', 'SHA256', 'SHA512'] as const)[below(3)] ?? 'SHA1'
      const secret = randomBytes(1 + below(64))
      const digits = 5 + below(6)
      const periodSeconds = 1 + below(3600)
      const epochMs = below(2 ** 32) * 1000 + below(1000)
      const step = Math.floor(epochMs / 1000 / periodSeconds)
      const other = hotp.clone({ digits, algorithm: OTPLIB_HASHES[algorithm], encoding: KeyEncodings.HEX })
      const entry = { ...base, secret, algorithm, digits, periodSeconds }
      if (codeAt(entry, epochMs).code !== other.generate(secret.toString('hex'), step)) different++
    }
    expect(different).toBe(0)
  })

  it.skipIf(!existsSync(OATHTOOL))('equals oathtool in 200 random cases (OTP-1)', () => {
    const below = seeded(42)
    for (let i = 0; i < 200; i++) {
      const algorithm = (['SHA1', 'SHA256', 'SHA512'] as const)[below(3)] ?? 'SHA1'
      const digits = 6 + below(3)
      const secret = randomBytes(1 + below(64))
      const period = 1 + below(3600)
      const seconds = below(2 ** 32)
      const told = execFileSync(OATHTOOL, [
        `--totp=${algorithm}`,
        `--digits=${digits}`,
        `--time-step-size=${period}s`,
        `--now=@${seconds}`,
        secret.toString('hex'),
      ])
      const entry = { ...base, secret, algorithm, digits, periodSeconds: period }
      expect(codeAt(entry, seconds * 1000).code).toBe(told.toString().trim())
    }
  })

  it.each([2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40 + 7, TWO_TO_53 - 1])('counts HOTP to %i', (counter) => {
    const code = referenceHotp('SHA1', base.secret, BigInt(counter), 6)
    expect(codeAt({ ...base, type: 'hotp', counter }, 0).code).toBe(code)
  })

  it('keeps leading zeros at ten digits', () => {
    const codes = Array.from(
      { length: 200 },
      (_, counter) => codeAt({ ...base, type: 'hotp', digits: 10, counter }, 0).code,
    )
    expect(codes.every((code) => /^[0-2]\d{9}$/.test(code))).toBe(true)
    expect(codes.some((code) => code.startsWith('0'))).toBe(true)
  })

  it.each([
    [0, 0, 30_000],
    [29_999, 0, 30_000],
    [30_000, 30_000, 60_000],
    [59_999, 30_000, 60_000],
    [60_000, 60_000, 90_000],
  ])('at %i ms is valid from %i until %i', (epochMs, validFrom, validUntil) => {
    expect(codeAt(base, epochMs)).toMatchObject({ validFrom, validUntil })
  })

  it.each([
    [1_511_200_518, 'FR8RV'],
    [1_511_200_714, '9P3VP'],
  ])('makes the published Steam code at %i s', (seconds, code) => {
    const secret = decodeBase32('63BEDWCQZKTQWPESARIERL5DTTQFCJTK')
    expect(codeAt({ ...base, type: 'steam', ...ENTRY_DEFAULTS.steam, secret }, seconds * 1000).code).toBe(code)
  })

  it.each(YANDEX_CODES)('makes the published Yandex code of PIN %s', (pin, secret, seconds, code) => {
    const yandex: NewEntry = { ...base, type: 'yandex', ...ENTRY_DEFAULTS.yandex, secret: decodeBase32(secret), pin }
    expect(codeAt(yandex, seconds * 1000).code).toBe(code)
  })

  it('makes mOTP codes as its definition says, and the published one', () => {
    const motp: NewEntry = {
      ...base,
      type: 'motp',
      ...ENTRY_DEFAULTS.motp,
      secret: Buffer.from('e3152afee62599c8', 'hex'),
      pin: '1234',
    }
    expect(codeAt(motp, 165_892_298 * 1000).code).toBe('e7d8b6')
    for (const seconds of [0, 9, 10, 123_456_789, 1_700_000_000]) {
      const digest = createHash('md5')
        .update(`${Math.floor(seconds / 10)}e3152afee62599c81234`)
        .digest('hex')
      expect(codeAt(motp, seconds * 1000).code).toBe(digest.slice(0, 6))
    }
  })

  it.each(['motp', 'yandex'] as const)('needs the PIN of a %s entry', (type) => {
    expect(() => codeAt({ ...base, type, ...ENTRY_DEFAULTS[type] }, 0)).toThrow('entry/pin-missing')
  })

  it('reads a secret that is a view into a larger buffer', () => {
    const view = Uint8Array.from([9, ...base.secret, 9]).subarray(1, -1)
    expect(codeAt({ ...base, type: 'hotp', secret: view, counter: 0 }, 0).code).toBe('755224')
    expect(codeAt({ ...base, type: 'hotp', secret: Buffer.from(RFC_4226_SECRET), counter: 0 }, 0).code).toBe('755224')
  })

  it('refuses a moment that is none, and parameters that make no code', () => {
    expect(() => codeAt(base, Number.NaN)).toThrow('unexpected')
    expect(() => codeAt({ ...base, digits: 11 }, 0)).toThrow('entry/digits-invalid')
  })
})

describe('stepAt', () => {
  it.each([
    [0, 0],
    [29_999, 0],
    [30_000, 1],
    [59_999.9, 1],
    [30_000 * (2 ** 32 + 1), 2 ** 32 + 1],
  ])('is, at %d ms, %d', (epochMs, step) => expect(stepAt(base, epochMs)).toBe(step))

  it('is the counter for HOTP', () => expect(stepAt({ ...base, type: 'hotp', counter: 7 }, 1e12)).toBe(7))
})
