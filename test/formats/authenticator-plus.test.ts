import { zipSync } from 'fflate'
import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

describeReader('authenticator-plus', [
  {
    file: 'authenticator-plus-1-encrypted.zip',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
  },
])

it('imports no account that stands in a comment', async () => {
  const list = '# otpauth://totp/Old?secret=MFRGGZDF\notpauth://totp/New?secret=JBSWY3DP\n'
  const { entries, problems } = await readImport(zipSync({ 'Accounts.txt': textToBytes(list) }))
  expect(entries.map(({ label }) => label)).toEqual(['New'])
  expect(problems).toEqual([])
})
