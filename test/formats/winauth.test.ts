import { zipSync } from 'fflate'
import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

const entries = REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp')
const address = 'otpauth://totp/Authenticator?secret=JBSWY3DP'

describeReader('winauth', [
  { file: 'winauth-3-encrypted.zip', entries },
  { file: 'winauth-3-plain.zip', entries },
])

it('knows Steam accounts by what Steam wants to know about the device', async () => {
  const steam = 'otpauth://totp/Steam:gordon?secret=JBSWY3DP&digits=5&issuer=Steam&deviceid=android%3A1&data=%7B%7D'
  const { entries: read } = await readImport(zipSync({ 'a.txt': textToBytes(`${address}\r\n${steam}`) }))
  expect(read).toMatchObject([
    { type: 'totp', issuer: '', label: 'Authenticator' },
    { type: 'steam', label: 'gordon' },
  ])
})

it('imports no account that stands in a comment', async () => {
  const { entries: read, problems } = await readImport(zipSync({ 'a.txt': textToBytes(`# ${address}old\n${address}`) }))
  expect(read.map(({ label }) => label)).toEqual(['Authenticator'])
  expect(problems).toEqual([])
})

it.each([
  ['without a file', {}, 'format/unknown'],
  ['with an empty list', { 'a.txt': textToBytes('') }, 'format/empty'],
  ['with a text that is no list', { 'readme.txt': textToBytes('Hello\nworld') }, 'format/unknown'],
  ['with two texts', { 'a.txt': textToBytes(address), 'b.txt': textToBytes(address) }, 'format/unknown'],
])('refuses a zip %s', async (_, files, code) => {
  await expect(readImport(zipSync(files))).rejects.toMatchObject({ code })
})
