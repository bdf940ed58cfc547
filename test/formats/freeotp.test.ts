import { expect, it } from 'vitest'

import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'
import { FIXTURE_PASSWORD, fixture } from './fixtures'

const entries = REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp')

describeReader('freeotp', [
  { file: 'freeotp-1.5-plain.xml', entries },
  { file: 'freeotp-2-sha512-encrypted.xml', entries },
  { file: 'freeotp-2-sha1-encrypted.xml', entries },
])

it('names a token whose key is gone, and keeps the others', async () => {
  const text = Buffer.from(fixture('freeotp/freeotp-2-sha512-encrypted.xml')).toString('latin1')
  const key = text.indexOf('\x00\x04id-3') + 2
  const bytes = Buffer.from(`${text.slice(0, key)}xx-3${text.slice(key + 4)}`, 'latin1')
  const read = await readImport(new Uint8Array(bytes), { password: FIXTURE_PASSWORD })
  expect(read.entries).toHaveLength(entries.length - 1)
  expect(read.problems.map(({ reason }) => reason)).toEqual(['format/row-damaged', 'format/row-damaged'])
})
