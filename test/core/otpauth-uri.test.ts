import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decodeBase32 } from '../../src/core/base32'
import { ENTRY_DEFAULTS, type EntryType, type NewEntry } from '../../src/core/entry'
import { AppError } from '../../src/core/errors'
import { formatOtpauthUri, parseOtpauthUri } from '../../src/core/otpauth-uri'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { seeded } from '../support/seeded'

const SECRET = 'JBSWY3DPEHPK3PXP'
const bytes = decodeBase32(SECRET)
const totp: NewEntry = { type: 'totp', issuer: '', label: '', secret: bytes, ...ENTRY_DEFAULTS.totp }

describe('parseOtpauthUri', () => {
  it.each<[string, Partial<NewEntry>]>([
    [`otpauth://totp/Acme:alice?secret=${SECRET}`, { issuer: 'Acme', label: 'alice' }],
    [`  OTPAUTH://TOTP/Acme:alice?SECRET=${SECRET}\r\n`, { issuer: 'Acme', label: 'alice' }],
    [`\ufeffotpauth://totp/alice?secret=${SECRET}`, { label: 'alice' }],
    [`otpauth://totp/?secret=${SECRET}`, {}],
    [`otpauth://totp?secret=${SECRET}`, {}],
    [`otpauth://totp/Acme%3Aalice?secret=${SECRET}`, { issuer: 'Acme', label: 'alice' }],
    [`otpauth://totp/Acme:%20%20alice%20?secret=${SECRET}`, { issuer: 'Acme', label: 'alice' }],
    [`otpauth://totp/:alice?secret=${SECRET}`, { label: 'alice' }],
    [`otpauth://totp/Acme:alice@host:443?secret=${SECRET}`, { issuer: 'Acme', label: 'alice@host:443' }],
    [`otpauth://totp/Matrix:@user:matrix.org?secret=${SECRET}`, { issuer: 'Matrix', label: '@user:matrix.org' }],
    [`otpauth://totp/host:443:root?secret=${SECRET}&issuer=host:443`, { issuer: 'host:443', label: 'root' }],
    [
      `otpauth://totp/Contoso:a@contoso.com?secret=${SECRET}&issuer=Microsoft`,
      { issuer: 'Microsoft', label: 'a@contoso.com' },
    ],
    [`otpauth://totp/Acme:alice?secret=${SECRET}&issuer=`, { issuer: 'Acme', label: 'alice' }],
    [`otpauth://totp/Acme:alice?secret=${SECRET}&issuer`, { issuer: 'Acme', label: 'alice' }],
    [`otpauth://totp/a+b@example.com?secret=${SECRET}&issuer=My+Code`, { issuer: 'My Code', label: 'a+b@example.com' }],
    [`otpauth://totp/x?secret=${SECRET}&issuer=C%2B%2B`, { issuer: 'C++', label: 'x' }],
    [`otpauth://totp/name#EXT#@tenant?secret=${SECRET}`, { label: 'name#EXT#@tenant' }],
    [`otpauth://totp/100%?secret=${SECRET}&issuer=50%25%`, { issuer: '50%25%', label: '100%' }],
    [`otpauth://totp/%FF?secret=${SECRET}`, { label: '%FF' }],
    [`otpauth://totp/x?secret=${SECRET}&issuer=a&issuer=b&Secret=AAAA`, { issuer: 'a', label: 'x' }],
    [`otpauth://totp/x?issuer=a%3Db%26c&secret=${SECRET}======`, { issuer: 'a=b&c', label: 'x' }],
    [`otpauth://totp/x?secret=jbsw y3dp-ehpk+3pxp`, { label: 'x' }],
    [`otpauth://totp/x?secret=${SECRET}&lock=1&image=https%3A%2F%2Fe.example%2Fi.png&algo=SHA512`, { label: 'x' }],
    [`otpauth://totp/x?secret=${SECRET}&digits=&period=&algorithm=`, { label: 'x' }],
    [`otpauth://totp/x?secret=${SECRET}&counter=nonsense`, { label: 'x' }],
    [
      `otpauth://totp/x?secret=${SECRET}&algorithm=hmac-sha-512&digits=10&period=3600`,
      { label: 'x', algorithm: 'SHA512', digits: 10, periodSeconds: 3600 },
    ],
    [`otpauth://totp/a/b/c?secret=${SECRET}`, { label: 'a/b/c' }],
    [`otpauth://totp/%E6%B5%8B%E8%AF%95:%F0%9F%94%91?secret=${SECRET}`, { issuer: '测试', label: '🔑' }],
    [`otpauth://hotp/x?secret=${SECRET}`, { type: 'hotp', label: 'x', counter: 0 }],
    [
      `otpauth://hotp/x?secret=${SECRET}&counter=9007199254740991&period=0`,
      { type: 'hotp', label: 'x', counter: 2 ** 53 - 1 },
    ],
    [`otpauth://steam/Steam:g?secret=${SECRET}`, { type: 'steam', issuer: 'Steam', label: 'g', digits: 5 }],
    [
      `otpauth://totp/Steam:g?secret=${SECRET}&encoder=STEAM&digits=5`,
      { type: 'steam', issuer: 'Steam', label: 'g', digits: 5 },
    ],
    // As KeePassXC before 2.7 wrote it: the encoder has the last word.
    [
      `otpauth://totp/Valve:g?secret=${SECRET}&period=30&digits=6&issuer=Valve&encoder=steam`,
      { type: 'steam', issuer: 'Valve', label: 'g', digits: 5 },
    ],
    [
      `otpauth://totp/Acme:a?secret=${SECRET}&amp;digits=8&amp;period=60&amp;issuer=Acme`,
      { issuer: 'Acme', label: 'a', digits: 8, periodSeconds: 60 },
    ],
    [`otpauth://totp/Steam:g?secret=${SECRET}&digits=5`, { issuer: 'Steam', label: 'g', digits: 5 }],
    [`steam://${SECRET}`, { type: 'steam', digits: 5 }],
    [`STEAM://${SECRET.toLowerCase()}/`, { type: 'steam', digits: 5 }],
    [
      `motp://VPN:carol?secret=0aFF`,
      { type: 'motp', issuer: 'VPN', label: 'carol', secret: Uint8Array.of(10, 255), ...ENTRY_DEFAULTS.motp },
    ],
    // As Aegis writes it: Android leaves out the slashes of a host that is not there.
    [
      `motp:/VPN%3Acarol?secret=0aff&issuer=VPN`,
      { type: 'motp', issuer: 'VPN', label: 'carol', secret: Uint8Array.of(10, 255), ...ENTRY_DEFAULTS.motp },
    ],
    [
      `otpauth://motp/VPN:carol?secret=0aff&pin=12%2B4`,
      {
        type: 'motp',
        issuer: 'VPN',
        label: 'carol',
        secret: Uint8Array.of(10, 255),
        ...ENTRY_DEFAULTS.motp,
        pin: '12+4',
      },
    ],
    [`apple-otpauth://totp/Acme:a?secret=${SECRET}`, { issuer: 'Acme', label: 'a' }],
    [`otpauth://totp/Valve:g?secret=${SECRET}&steam`, { type: 'steam', issuer: 'Valve', label: 'g', digits: 5 }],
    [`otpauth://totp/Valve:g?secret=${SECRET}&steam=no`, { issuer: 'Valve', label: 'g' }],
  ])('reads %s', (text, parts) => {
    expect(parseOtpauthUri(text)).toEqual({ ...totp, ...parts })
  })

  it.each(['5239', 'GUZDGOI'])('reads a Yandex PIN written as %s', (pin) => {
    const secret = '6SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY'
    const entry = parseOtpauthUri(`otpauth://yaotp/dave?secret=${secret}&pin=${pin}`)
    expect(entry).toMatchObject({ type: 'yandex', algorithm: 'SHA256', digits: 8, periodSeconds: 30, pin: '5239' })
  })

  it.each([
    ['otpauth://yaotp/?name=dave', 'dave'],
    ['otpauth://yaotp/erin?name=dave', 'erin'],
  ])('takes the name in %s from the label first', (start, label) => {
    const secret = '6SB2IKNM6OBZPAVBVTOHDKS4FAAAAAAADFUTQMBTRY'
    expect(parseOtpauthUri(`${start}&secret=${secret}`)).toMatchObject({ type: 'yandex', label })
  })

  it.each<readonly [string, string]>([
    ['', 'otpauth/not-otpauth'],
    ['https://example.com/', 'otpauth/not-otpauth'],
    ['otpauth:totp/x', 'otpauth/not-otpauth'],
    ['otpauth-migration://offline?data=AA', 'otpauth/not-otpauth'],
    ['phonefactor://activate_account?code=1', 'otpauth/not-otpauth'],
    [`x otpauth://totp/x?secret=${SECRET}`, 'otpauth/not-otpauth'],
    ['otpauth://', 'otpauth/malformed'],
    [`otpauth:///totp/x?secret=${SECRET}`, 'otpauth/malformed'],
    [`otpauth://?secret=${SECRET}`, 'otpauth/malformed'],
    [`otpauth://sms/x?secret=${SECRET}`, 'entry/type-unsupported'],
    [`otpauth://constructor/x?secret=${SECRET}`, 'entry/type-unsupported'],
    ['otpauth://totp/x', 'entry/secret-empty'],
    ['otpauth://totp/x?secret=', 'entry/secret-empty'],
    ['otpauth://totp/x?secret===', 'entry/secret-empty'],
    ['steam://', 'entry/secret-empty'],
    ['otpauth://totp/x?secret=ABCDEFG1', 'entry/secret-invalid'],
    ['otpauth://totp/x?secret=%%%', 'entry/secret-invalid'],
    ['motp://x?secret=0', 'entry/secret-invalid'],
    ['motp://x?secret=ZZ', 'entry/secret-invalid'],
    [`otpauth://totp/x?secret=${'A'.repeat(412)}`, 'entry/secret-too-long'],
    ...['0', '4', '11', '-6', '6.0', '1e1', 'six', '６'].map(
      (digits) => [`otpauth://totp/x?secret=${SECRET}&digits=${digits}`, 'entry/digits-invalid'] as const,
    ),
    ...['0', '3601', '-30', '30s', '0x1e'].map(
      (period) => [`otpauth://totp/x?secret=${SECRET}&period=${period}`, 'entry/period-invalid'] as const,
    ),
    ...['-1', '9007199254740992', '9007199254740993', '1.5', 'x'].map(
      (counter) => [`otpauth://hotp/x?secret=${SECRET}&counter=${counter}`, 'entry/counter-invalid'] as const,
    ),
    ...['MD5', 'SHA2', 'GOST', 'SHA3-256'].map(
      (algorithm) =>
        [`otpauth://totp/x?secret=${SECRET}&algorithm=${algorithm}`, 'entry/algorithm-unsupported'] as const,
    ),
    [`otpauth://steam/x?secret=${SECRET}&digits=6`, 'entry/digits-invalid'],
    [`otpauth://yaotp/x?secret=${SECRET}`, 'entry/secret-invalid'],
  ])('refuses %s by name (INP-9)', (text, code) => {
    expect(() => parseOtpauthUri(text)).toThrow(code)
  })

  it('reads 4,096 bytes and refuses 4,097; reads 1,024 bytes of label and refuses 1,025 (INP-2)', () => {
    const address = `otpauth://totp/x?secret=${SECRET}&image=`
    expect(parseOtpauthUri(address.padEnd(4096, 'x'))).toEqual({ ...totp, label: 'x' })
    expect(() => parseOtpauthUri(address.padEnd(4097, 'x'))).toThrow('otpauth/too-long')
    expect(parseOtpauthUri(`otpauth://totp/${'x'.repeat(1024)}?secret=${SECRET}`).label).toHaveLength(1024)
    expect(() => parseOtpauthUri(`otpauth://totp/${'x'.repeat(1025)}?secret=${SECRET}`)).toThrow('entry/text-too-long')
  })

  it('ends 10,000 mutated addresses in an entry or a typed error (INP-1)', () => {
    const below = seeded(7)
    const seeds = [
      ...REFERENCE_ENTRIES.map(formatOtpauthUri),
      `steam://${SECRET}`,
      'otpauth://hotp/%3A:%?secret=&counter=',
    ]
    const marks = [
      ...':/?&=%#+ \0\ud800',
      '%3A',
      '%00',
      '%ff',
      '__proto__',
      'secret=',
      'encoder=steam',
      '9'.repeat(20),
      '-1',
      '测',
    ]
    let entries = 0
    for (let i = 0; i < 10_000; i++) {
      let text = seeds[below(seeds.length)] ?? ''
      for (let n = 1 + below(4); n > 0; n--) {
        const at = below(text.length + 1)
        text = text.slice(0, at) + (marks[below(marks.length)] ?? '') + text.slice(at + below(4))
      }
      if (endsWell(text)) entries++
    }
    expect(entries).toBeGreaterThan(1000)
    expect(entries).toBeLessThan(9900)
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

/** True for an entry, false for a typed error; anything else is thrown on. What was read must also be written and read back. */
function endsWell(text: string): boolean {
  try {
    const entry = parseOtpauthUri(text)
    const written = formatOtpauthUri(entry)
    if (written.length <= 4096) parseOtpauthUri(written)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unexpected') return false
    throw error
  }
}

describe('formatOtpauthUri', () => {
  it.each<[Partial<NewEntry>, string]>([
    [
      { issuer: 'Acme & Co', label: 'alice@example.com' },
      `otpauth://totp/Acme%20%26%20Co:alice%40example.com?secret=${SECRET}&issuer=Acme%20%26%20Co&algorithm=SHA1&digits=6&period=30`,
    ],
    [{ label: 'a+b' }, `otpauth://totp/a%2Bb?secret=${SECRET}&algorithm=SHA1&digits=6&period=30`],
    [
      { issuer: 'host:443', label: 'root' },
      `otpauth://totp/root?secret=${SECRET}&issuer=host%3A443&algorithm=SHA1&digits=6&period=30`,
    ],
    [
      { type: 'hotp', label: 'x', counter: 5, algorithm: 'SHA256' },
      `otpauth://hotp/x?secret=${SECRET}&algorithm=SHA256&digits=6&counter=5`,
    ],
    [
      { type: 'steam', issuer: 'Steam', label: 'g', digits: 5 },
      `otpauth://steam/Steam:g?secret=${SECRET}&issuer=Steam&algorithm=SHA1&digits=5&period=30`,
    ],
  ])('writes %j', (parts, uri) => expect(formatOtpauthUri({ ...totp, ...parts })).toBe(uri))

  it('is read back as the same entry for each reference entry', () => {
    for (const entry of REFERENCE_ENTRIES) expect(parseOtpauthUri(formatOtpauthUri(entry))).toEqual(entry)
  })

  it('is read back as the same entry, whatever the entry (INP-9)', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...':/?&=%#+@ aZ9é测🔑\n"\''), maxLength: 40 })
      .map((text) => text.trim())
    const names = fc.oneof(
      name,
      fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.trim()),
    )
    const entries = fc
      .record({
        type: fc.constantFrom<EntryType>('totp', 'hotp', 'steam', 'motp', 'yandex'),
        issuer: names,
        label: names,
        secret: fc.uint8Array({ minLength: 16, maxLength: 256, size: 'max' }),
        algorithm: fc.constantFrom('SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'),
        digits: fc.integer({ min: 5, max: 10 }),
        periodSeconds: fc.integer({ min: 1, max: 3600 }),
        counter: fc.maxSafeNat(),
        pin: fc.stringMatching(/^[0-9]{1,16}$/),
      })
      .map(({ counter, pin, ...parts }): NewEntry => {
        if (parts.type === 'totp') return { ...parts } as NewEntry
        if (parts.type === 'hotp') return { ...parts, periodSeconds: 30, counter } as NewEntry
        if (parts.type === 'steam') return { ...parts, ...ENTRY_DEFAULTS.steam }
        return { ...parts, ...ENTRY_DEFAULTS[parts.type], pin }
      })
    fc.assert(
      fc.property(entries, (entry) => {
        expect(parseOtpauthUri(formatOtpauthUri(entry))).toEqual({ ...entry, secret: new Uint8Array(entry.secret) })
      }),
      { seed: 3, numRuns: 5000 },
    )
  })

  it('refuses what no address can carry', () => {
    expect(() => formatOtpauthUri({ ...totp, digits: 4 })).toThrow('entry/digits-invalid')
  })
})
