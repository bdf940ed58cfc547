import { describe, expect, it } from 'vitest'

import type { NewEntry } from '../../src/core/entry'
import type { ImportedEntry } from '../../src/formats/format'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { FIXTURE_PASSWORD, fixture, inEnte, inGoogle, inTheExtension, inTwoFas, plainTotp } from './fixtures'
import { hkdfAgrees } from './other-programs'
import { readJson } from './read-as'

const withoutHotp = inEnte(REFERENCE_ENTRIES).filter(({ type }) => type !== 'hotp')
const totpOnly = withoutHotp.filter(({ type }) => type === 'totp')
const inStratum = REFERENCE_ENTRIES.filter(
  ({ type, algorithm, issuer }) => issuer && (type === 'motp' || ['SHA1', 'SHA256', 'SHA512'].includes(algorithm)),
)
const first = { groups: ['Work'], note: 'first', favourite: true }
const site = { sites: ['https://example.com'] }

/** A fixture, what stands in it, what travels beside its first entry, and the rows that are named. */
type Case = [file: string, entries: readonly NewEntry[], beside?: Partial<ImportedEntry>, problems?: string[]]

const cases: Case[] = [
  ['2fas/android-schema-1-plain.2fas', plainTotp(REFERENCE_ENTRIES)],
  ['2fas/android-schema-4-plain.2fas', inTwoFas(REFERENCE_ENTRIES), { groups: ['Work'] }],
  ['2fas/android-schema-4-encrypted.2fas', inTwoFas(REFERENCE_ENTRIES), { groups: ['Work'] }],
  ['aegis/aegis-1-plain.json', REFERENCE_ENTRIES, { note: 'first', favourite: true }],
  ['aegis/aegis-2-plain.json', REFERENCE_ENTRIES, first],
  ['aegis/aegis-3-plain.json', REFERENCE_ENTRIES, first],
  ['aegis/aegis-3-encrypted.json', REFERENCE_ENTRIES, first],
  ...['1-encrypted', '7-plain', '7-encrypted', '7-encrypted-unwrapped', '8-encrypted'].map((version): Case => [
    `authenticator/extension-${version}.json`,
    inTheExtension(REFERENCE_ENTRIES),
    { favourite: true, sites: ['example.com'] },
  ]),
  ['otpauth/extension-8-list.txt', inTheExtension(REFERENCE_ENTRIES)],
  ['google/google-5-one.txt', inGoogle(REFERENCE_ENTRIES)],
  ['google/google-5-two-parts.txt', inGoogle(REFERENCE_ENTRIES)],
  ['google/google-7-one.txt', inGoogle(REFERENCE_ENTRIES)],
  ['google/google-5-part-missing.txt', inGoogle(REFERENCE_ENTRIES).slice(2), {}, ['1/2']],
  ...['plain', 'encrypted-pbkdf2', 'encrypted-argon2'].map((kind): Case => [
    `bitwarden/bitwarden-2026-${kind}.json`,
    withoutHotp,
    { ...first, ...site },
    ['gone'],
  ]),
  ['bitwarden/bitwarden-2026-plain.csv', withoutHotp, { ...first, ...site }],
  ['bitwarden/bitwarden-authenticator-2026-plain.json', withoutHotp],
  ['bitwarden/bitwarden-authenticator-2026-plain.csv', totpOnly],
  ...['plain', 'encrypted-message', 'encrypted-final'].map((kind): Case => [
    `ente/ente-4-${kind}.txt`,
    inEnte(REFERENCE_ENTRIES),
    { groups: ['Work'], note: 'a note', favourite: true },
    ['gone'],
  ]),
  // An address for Steam has no issuer of its own.
  ...['plain', 'encrypted'].map((kind): Case => [
    `proton/proton-authenticator-1-${kind}.json`,
    withoutHotp.map((entry) => (entry.type === 'steam' ? { ...entry, issuer: '' } : entry)),
    { note: 'first' },
  ]),
  ['stratum/stratum-1-plain.json', inStratum, { groups: ['Work'] }],
  ['stratum/stratum-1-encrypted.stratum', inStratum, { groups: ['Work'] }],
  ['stratum/authenticator-pro-1-encrypted.authpro', inStratum, { groups: ['Work'] }],
  ['latchkey/latchkey-1-encrypted.json', REFERENCE_ENTRIES, { ...first, ...site, recoveryCode: 'r' }],
  ['lastpass/lastpass-3-android-plain.json', totpOnly, { groups: ['Work'], favourite: true }],
  ['lastpass/lastpass-1-ios-plain.json', totpOnly],
]

const isEncrypted = ([file]: Case): boolean => file.includes('encrypted')
const formatOf = (file: string): string => file.slice(0, file.indexOf('/'))

describe('a fixture', () => {
  it.each(cases)('%s gives the reference entries, and names what it leaves out (INP-9)', async (...one) => {
    const [file, entries, beside = {}, problems = []] = one
    const read = await readImport(fixture(file), isEncrypted(one) ? { password: FIXTURE_PASSWORD } : {})
    expect(read.format).toBe(formatOf(file))
    expect(read.problems.map(({ row }) => row)).toEqual(problems)
    expect(read.entries).toEqual(entries.map((entry, i) => (i === 0 ? { ...entry, ...beside } : entry)))
  })

  it.each(cases.filter(isEncrypted))('%s asks for its password', async (file) => {
    await expect(readImport(fixture(file))).rejects.toMatchObject({ code: 'format/needs-password' })
  })

  it.each(cases.filter(isEncrypted))('%s tells a wrong password from damage', async (file) => {
    const read = readImport(fixture(file), { password: `${FIXTURE_PASSWORD} ` })
    await expect(read).rejects.toMatchObject({ code: 'format/wrong-password' })
  })
})

describe('proton-pass/proton-pass-1-plain.zip', () => {
  it('gives every one-time password of every item', async () => {
    const { format, entries, problems } = await readImport(fixture('proton-pass/proton-pass-1-plain.zip'))
    expect(format).toBe('proton-pass')
    expect(entries).toEqual(totpOnly.map((entry) => ({ ...entry, groups: ['Work'], ...site })))
    expect(problems).toEqual([
      { row: 'gone', reason: 'format/row-trashed' },
      { row: 'broken', reason: 'entry/secret-invalid' },
    ])
  })
})

it('reads the JSON of Proton Pass out of its zip', async () => {
  const item = (totpUri: string, state = 1): object => ({
    state,
    data: { metadata: { name: 'Acme' }, type: 'login', content: { username: 'a', totpUri } },
  })
  const vaults = { v: { name: 'Work', items: [item('JBSWY3DP'), item(''), item('JBSWY3DP', 2)] } }
  const { format, entries, problems } = await readJson({ version: '1.3.0', encrypted: false, vaults })
  expect({ format, entries }).toMatchObject({ format: 'proton-pass', entries: [{ issuer: 'Acme', label: 'a' }] })
  expect(problems).toEqual([{ row: 'Acme', reason: 'format/row-trashed' }])
})

it.each(['bitwarden/bitwarden-2026-account-restricted.json', 'proton-pass/proton-pass-1-pgp.zip'])(
  'says that %s cannot be read, with or without a password',
  async (file) => {
    const refused = { code: 'format/not-possible' }
    await expect(readImport(fixture(file))).rejects.toMatchObject(refused)
    await expect(readImport(fixture(file), { password: 'x' })).rejects.toMatchObject(refused)
  },
)

it('was made with the same key expansion as Node has', () => {
  expect(hkdfAgrees()).toBe(true)
})
