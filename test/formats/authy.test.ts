import { expect, it } from 'vitest'

import { hexToBytes, textToBytes } from '../../src/core/bytes'
import { ENTRY_DEFAULTS } from '../../src/core/entry'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'
import { FIXTURE_PASSWORD, fixture } from './fixtures'
import { cpuMsOf } from '../support/effort'

const entries = REFERENCE_ENTRIES.filter(
  ({ type, algorithm, periodSeconds }) => type === 'totp' && algorithm === 'SHA1' && periodSeconds === 30,
)
const secret = hexToBytes('00112233445566778899aabbccddeeff') ?? new Uint8Array()
const own = {
  ...ENTRY_DEFAULTS.totp,
  type: 'totp',
  issuer: '',
  label: 'Own',
  secret,
  digits: 7,
  periodSeconds: 10,
} as const

describeReader('authy', [
  { file: 'authy-24-plain.xml', entries: [...entries, own] },
  { file: 'authy-24-encrypted.xml', entries },
  { file: 'authy-script-encrypted.json', entries },
])

it.each([
  [{ name: 'Acme: alice', originalIssuer: 'Acme' }, 'Acme', 'alice'],
  [{ name: 'My work', originalIssuer: 'Acme', originalName: 'Acme:alice' }, 'Acme', 'My work'],
  [{ name: 'Acme:alice' }, 'Acme', 'alice'],
  [{ name: 'Acme - alice' }, 'Acme', 'alice'],
  [{ name: '', original_name: 'Acme:alice' }, 'Acme', 'alice'],
  [{ name: 'alice' }, '', 'alice'],
  [{ name: 'Work', original_name: 'Acme:alice' }, 'Acme', 'Work'],
])('reads the names in %j', async (names, issuer, label) => {
  const rows = [{ ...names, decryptedSecret: 'JBSWY3DP', digits: 6 }]
  expect((await readImport(textToBytes(JSON.stringify(rows)))).entries).toMatchObject([{ issuer, label }])
})

it('names a row that another password closed, and keeps the others', async () => {
  const file = JSON.parse(Buffer.from(fixture('authy/authy-script-encrypted.json')).toString()) as {
    authenticator_tokens: { salt: string }[]
  }
  file.authenticator_tokens[0]!.salt += 'x'
  const read = await readImport(textToBytes(JSON.stringify(file)), { password: FIXTURE_PASSWORD })
  expect(read.entries).toHaveLength(entries.length - 1)
  expect(read.problems).toEqual([{ row: 'Acme alice@example.com', reason: 'format/row-locked' }])
})

it.each([10_000_001, 1e9, 2 ** 53])('refuses %d passes before they are made (INP-4)', async (passes) => {
  const row = { name: 'a', salt: 's', encrypted_seed: 'AAAAAAAAAAAAAAAAAAAAAA==', key_derivation_iterations: passes }
  const read = () => readImport(textToBytes(JSON.stringify({ authenticator_tokens: [row] })), { password: 'x' })
  const refused = () => expect(read()).rejects.toMatchObject({ code: 'format/too-costly' })
  expect(await cpuMsOf(refused)).toBeLessThan(500)
})
