import { describe, expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { ENTRY_DEFAULTS } from '../../src/core/entry'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import { formatOtpField, otpsIn } from '../../src/formats/keepass-otp'
import { REFERENCE_ENTRIES } from '../support/reference-entries'

const SECRET = 'GEZDGNBVGY3TQOJQ'
const secret = textToBytes('1234567890')
const names = { Title: 'Acme', UserName: 'alice' }
const base = { ...ENTRY_DEFAULTS.totp, type: 'totp', issuer: 'Acme', label: 'alice', secret }

const read = (fields: Record<string, string>): unknown[] =>
  otpsIn(new Map(Object.entries({ ...names, ...fields }))).map((one) => one())

describe('otpsIn', () => {
  it.each<[string, Record<string, string>, object]>([
    ['an address', { otp: `otpauth://totp/x?secret=${SECRET}&digits=8` }, { label: 'x', digits: 8 }],
    ['an address without names', { otp: `otpauth://totp/?secret=${SECRET}` }, {}],
    ['a bare secret', { otp: SECRET }, {}],
    ['KeeOTP', { otp: `key=${SECRET}` }, {}],
    ['KeeOTP with padding', { otp: `key=${SECRET}%3d%3d&step=60&size=8` }, { digits: 8, periodSeconds: 60 }],
    ['KeeOTP in hexadecimal', { otp: 'key=31323334353637383930&encoding=Hex' }, {}],
    ['KeeOTP with a counter', { otp: `key=${SECRET}&type=Hotp&counter=7` }, { type: 'hotp', counter: 7 }],
    ['KeeOTP with SHA-512', { otp: `key=${SECRET}&otpHashMode=Sha512` }, { algorithm: 'SHA512' }],
    ['KeePass 2', { 'TimeOtp-Secret-Base32': SECRET }, {}],
    ['KeePass 2 in UTF-8', { 'TimeOtp-Secret': '1234567890' }, {}],
    ['KeePass 2 in Base64', { 'TimeOtp-Secret-Base64': 'MTIzNDU2Nzg5MA==' }, {}],
    [
      'KeePass 2 with a counter',
      { 'HmacOtp-Secret-Hex': '31323334353637383930', 'HmacOtp-Counter': '3' },
      { type: 'hotp', counter: 3 },
    ],
    ['KeeTrayTOTP', { 'TOTP Seed': SECRET, 'TOTP Settings': '60;8;https://time' }, { digits: 8, periodSeconds: 60 }],
    ['KeeTrayTOTP without settings', { 'TOTP Seed': SECRET }, {}],
    ['KeeTrayTOTP for Steam', { 'TOTP Seed': SECRET, 'TOTP Settings': '30;S' }, { type: 'steam', digits: 5 }],
  ])('reads %s', (_, fields, expected) => expect(read(fields)).toEqual([{ ...base, ...expected }]))

  it('takes one spelling of several, and a counter beside it', () => {
    const fields = { otp: SECRET, 'TOTP Seed': 'AAAA', 'TimeOtp-Secret': 'x', 'HmacOtp-Secret': 'y' }
    expect(read(fields)).toMatchObject([{ type: 'totp', secret }, { type: 'hotp' }])
  })

  it('finds nothing in an entry without any', () => expect(read({ otp: ' ', Password: 'p' })).toEqual([]))

  it.each([
    [{ otp: 'key=0189' }, 'entry/secret-invalid'],
    [{ otp: `key=${SECRET}&encoding=rot13` }, 'entry/secret-invalid'],
    [{ otp: `key=${SECRET}&encoding=constructor` }, 'entry/secret-invalid'],
    [{ otp: `key=${SECRET}&type=Yubikey` }, 'entry/type-unsupported'],
    [{ 'TimeOtp-Secret-Hex': 'xyz' }, 'entry/secret-invalid'],
    [{ 'TimeOtp-Secret': 'x', 'TimeOtp-Algorithm': 'HMAC-MD4' }, 'entry/algorithm-unsupported'],
    [{ 'TOTP Seed': SECRET, 'TOTP Settings': '0;6' }, 'entry/period-invalid'],
  ])('refuses %j by name', (fields, code) => {
    expect(() => read(fields)).toThrow(expect.objectContaining({ code }))
  })
})

it('formatOtpField writes what is read as the same entry', () => {
  for (const entry of REFERENCE_ENTRIES) expect(parseOtpauthUri(formatOtpField(entry))).toEqual(entry)
})
