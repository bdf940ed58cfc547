import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'
import { fixture } from './fixtures'

/** The app does not keep the PIN of an mOTP account. */
const held = REFERENCE_ENTRIES.filter(({ type }) => type !== 'yandex').map((entry) => {
  const kept = { ...entry }
  delete kept.pin
  return kept
})
const [first] = REFERENCE_ENTRIES
const names = [
  { issuer: 'Acme', label: 'alice' },
  { issuer: '', label: 'bob' },
]

describeReader('andotp', [
  { file: 'andotp-0.9-plain.json', entries: held, first: { groups: ['Work'] } },
  { file: 'andotp-0.5-plain.json', entries: names.map((name) => ({ ...held[0]!, ...name })) },
  { file: 'andotp-0.6.2-encrypted.json.aes', entries: held, first: { groups: ['Work'] } },
])

it('opens the current encryption, 150,000 passes, as well', async () => {
  const { entries } = await readImport(fixture('andotp/andotp-0.9-encrypted.json.aes'), { password: 'Prüf-Wort 42' })
  expect(entries[0]).toEqual({ ...first, groups: ['Work'] })
  expect(entries).toHaveLength(held.length)
})

it('tells a wrong password of the current encryption', async () => {
  const read = readImport(fixture('andotp/andotp-0.9-encrypted.json.aes'), { password: 'x' })
  await expect(read).rejects.toMatchObject({ code: 'format/wrong-password' })
})

it('reads what the first versions wrote: a secret and a label', async () => {
  const rows = [{ secret: 'JBSWY3DP', label: 'Acme - Acme:alice' }]
  const { format, entries } = await readImport(textToBytes(JSON.stringify(rows)))
  expect(format).toBe('andotp')
  expect(entries).toMatchObject([{ type: 'totp', issuer: 'Acme', label: 'alice', digits: 6, periodSeconds: 30 }])
})

it('names the rows that cannot be read, and keeps the others', async () => {
  const row = { secret: 'JBSWY3DPEHPK3PXP', label: 'a', issuer: 'b', type: 'TOTP', thumbnail: 'Default' }
  const rows = [
    row,
    { ...row, secret: 'JBSW0' },
    { ...row, type: 'PUSH' },
    { ...row, digits: 0 },
    { ...row, period: -1 },
    7,
  ]
  const { entries, problems } = await readImport(textToBytes(JSON.stringify(rows)))
  expect(entries).toHaveLength(1)
  expect(problems.map(({ reason }) => reason)).toEqual([
    'entry/secret-invalid',
    'entry/type-unsupported',
    'entry/digits-invalid',
    'entry/period-invalid',
    'format/row-damaged',
  ])
  expect(problems[0]?.row).toBe('b a')
})

it.each([
  ['a picture', [0x89, 0x50, 0x4e, 0x47], 400],
  ['a few bytes', [], 20],
])('does not ask for a password for %s', async (_, start, length) => {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  bytes.set(start)
  bytes[length - 1] = 0xff
  await expect(readImport(bytes)).rejects.toMatchObject({ code: 'format/unknown' })
})
