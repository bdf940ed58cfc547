import { createHash } from 'node:crypto'

import kdbxweb from 'kdbxweb'
import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { ENTRY_DEFAULTS } from '../../src/core/entry'
import type { ImportedEntry } from '../../src/formats/format'
import { readImport, writeExport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'
import { FIXTURE_PASSWORD, fixture } from './fixtures'
import { cpuMsOf } from '../support/effort'

const usual = REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp')
const base = { ...ENTRY_DEFAULTS.totp, type: 'totp', label: '', groups: ['Work'] } as const
const digits = textToBytes('1234567890')
const others: ImportedEntry[] = [
  { ...base, issuer: 'Other 0', secret: digits, algorithm: 'SHA256', digits: 8, periodSeconds: 60 },
  { ...base, ...ENTRY_DEFAULTS.steam, type: 'steam', issuer: 'Steam', secret: digits },
  { ...base, issuer: 'Other 2', secret: digits, algorithm: 'SHA512', digits: 8, periodSeconds: 45 },
  { ...base, type: 'hotp', issuer: 'Other 3', secret: digits, counter: 9 },
  { ...base, ...ENTRY_DEFAULTS.steam, type: 'steam', issuer: 'Other 4', secret: digits },
]
const problems = [{ row: 'Gone', reason: 'format/row-trashed' }]

describeReader('keepass', [
  { file: 'keepass-4-aes-encrypted.kdbx', entries: [...usual, ...others], problems },
  { file: 'keepass-4-argon2-encrypted.kdbx', entries: [...usual, ...others], problems },
  { file: 'keepass-3.1-encrypted.kdbx', entries: [...usual, ...others], problems },
])

const password = 'päss wörd '

it('gives back what it wrote, with folders, tags, notes and sites', async () => {
  const beside = {
    groups: ['Work', 'urgent'],
    note: 'a\nnote',
    favourite: true,
    sites: ['https://a.example', 'https://b.example'],
  }
  const entries = REFERENCE_ENTRIES.map((entry, i) =>
    i === REFERENCE_ENTRIES.length - 1 ? { ...entry, ...beside } : entry,
  )
  const { bytes, problems: lost } = await writeExport('keepass', entries, { password })
  expect(lost).toEqual([])
  expect(await readImport(bytes, { password })).toEqual({ format: 'keepass', entries, problems: [] })
}, 20_000)

it('writes what KeePassXC reads: KDBX 4, Argon2id, addresses in protected fields', async () => {
  const { bytes } = await writeExport('keepass', REFERENCE_ENTRIES, { password })
  const header = kdbxweb.KdbxHeader.read(
    new kdbxweb.BinaryStream(new Uint8Array(bytes).buffer),
    new kdbxweb.KdbxContext({ kdbx: new kdbxweb.Kdbx() }),
  )
  expect(header.versionMajor).toBe(4)
  expect(header.kdfParameters?.get('M')).toMatchObject({ lo: 64 * 1024 * 1024 })
  const credentials = new kdbxweb.Credentials(kdbxweb.ProtectedValue.fromString(password))
  const database = await kdbxweb.Kdbx.load(new Uint8Array(bytes).buffer, credentials)
  const steam = database.getDefaultGroup().entries.find((entry) => entry.fields.get('Title') === 'Steam')
  const otp = steam?.fields.get('otp')
  expect(otp).toBeInstanceOf(kdbxweb.ProtectedValue)
  expect((otp as kdbxweb.ProtectedValue).getText()).toMatch(/^otpauth:\/\/totp\/Steam:gordon\?.*&encoder=steam$/)
}, 20_000)

it('names a group that cannot be a tag, and asks for a password', async () => {
  const [entry] = REFERENCE_ENTRIES
  const written = await writeExport('keepass', [{ ...entry!, groups: ['a', 'b, c'] }], { password })
  expect(written.problems).toEqual([{ row: 'Acme alice@example.com', reason: 'format/groups-not-held' }])
  await expect(writeExport('keepass', REFERENCE_ENTRIES)).rejects.toMatchObject({ code: 'format/needs-password' })
}, 20_000)

/** A database of which only the header is whole: enough to say what opening it would cost. */
function withHeader(change: (header: kdbxweb.KdbxHeader) => void): Uint8Array {
  const database = kdbxweb.Kdbx.create(new kdbxweb.Credentials(kdbxweb.ProtectedValue.fromString(password)), 'x')
  database.header.generateSalts()
  change(database.header)
  const stream = new kdbxweb.BinaryStream()
  database.header.write(stream)
  const header = new Uint8Array(stream.getWrittenBytes())
  return new Uint8Array([...header, ...createHash('sha256').update(header).digest(), ...new Uint8Array(200)])
}

const { UInt32, UInt64 } = kdbxweb.VarDictionary.ValueType

it.each<[string, (header: kdbxweb.KdbxHeader) => void, string]>([
  ['4 GiB', ({ kdfParameters }) => kdfParameters?.set('M', UInt64, new kdbxweb.Int64(0, 1)), 'format/too-costly'],
  [
    '2^31 passes',
    ({ kdfParameters }) => kdfParameters?.set('I', UInt64, new kdbxweb.Int64(2 ** 31)),
    'format/too-costly',
  ],
  ['2^24 lanes', ({ kdfParameters }) => kdfParameters?.set('P', UInt32, 2 ** 24), 'format/too-costly'],
  [
    '2^63 passes',
    ({ kdfParameters }) => kdfParameters?.set('I', UInt64, new kdbxweb.Int64(0, 2 ** 31)),
    'format/damaged',
  ],
  ['no lane', ({ kdfParameters }) => kdfParameters?.set('P', UInt32, 0), 'format/damaged'],
  ['Argon2 1.0', ({ kdfParameters }) => kdfParameters?.set('V', UInt32, 0x10), 'format/not-possible'],
  [
    '2^40 rounds of AES',
    (header) => {
      header.setKdf(kdbxweb.Consts.KdfId.Aes)
      header.kdfParameters?.set('R', UInt64, new kdbxweb.Int64(0, 256))
    },
    'format/too-costly',
  ],
  [
    'Twofish',
    (header) => (header.dataCipherUuid = new kdbxweb.KdbxUuid('rWjyn1dvS7mjatR6+WU0bA==')),
    'format/not-possible',
  ],
])('refuses %s before anything is derived (INP-4)', async (_, change, code) => {
  const bytes = withHeader(change)
  const refused = () => expect(readImport(bytes, { password })).rejects.toMatchObject({ code })
  expect(await cpuMsOf(refused)).toBeLessThan(1_000)
})

it('stops at content that inflates without end (INP-5)', async () => {
  const database = kdbxweb.Kdbx.create(new kdbxweb.Credentials(kdbxweb.ProtectedValue.fromString(password)), 'x')
  database.setKdf(kdbxweb.Consts.KdfId.Aes)
  const entry = database.createEntry(database.getDefaultGroup())
  entry.fields.set('Notes', ' '.repeat(80 * 1024 * 1024))
  const bytes = new Uint8Array(await database.save())
  expect(bytes.length).toBeLessThan(1024 * 1024)
  await expect(readImport(bytes, { password })).rejects.toMatchObject({ code: 'format/too-costly' })
}, 30_000)

it('tells damage from a wrong password', async () => {
  const bytes = fixture('keepass/keepass-4-aes-encrypted.kdbx')
  bytes[bytes.length - 100]! ^= 1
  await expect(readImport(bytes, { password: FIXTURE_PASSWORD })).rejects.toMatchObject({ code: 'format/damaged' })
})
