import { strToU8, zipSync } from 'fflate'
import { expect, it } from 'vitest'

import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

describeReader('1password', [
  {
    file: '1password-8-plain.1pux',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
    first: { favourite: true, note: 'a note' },
    all: { groups: ['Personal'], sites: ['https://example.com'] },
  },
])

it('reads several one-time passwords of one item, bare ones too, and names the broken', async () => {
  const fields = ['JBSWY3DP', 'otpauth://totp/Other:bob?secret=JBSWY3DP', '', 'not a secret!'].map((totp) => ({
    value: { totp },
  }))
  const details = { loginFields: [{ designation: 'username', value: 'alice' }], sections: [{ fields }] }
  const items = [{ overview: { title: 'Acme' }, details }]
  const content = JSON.stringify({ accounts: [{ vaults: [{ attrs: { name: '' }, items }] }] })
  const { entries, problems } = await readImport(zipSync({ 'export.data': strToU8(content) }))
  expect(entries).toMatchObject([
    { issuer: 'Acme', label: 'alice' },
    { issuer: 'Other', label: 'bob' },
  ])
  expect(problems).toEqual([{ row: 'Acme', reason: 'entry/secret-invalid' }])
})
