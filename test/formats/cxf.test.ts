import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

const entries = REFERENCE_ENTRIES.filter(({ type }) => type === 'totp')
const beside = { first: { groups: ['Work'] }, all: { sites: ['https://example.com'] } }

describeReader('cxf', [
  { file: 'cxf-1-plain.json', entries, ...beside },
  { file: 'cxf-account-plain.json', entries, ...beside },
])

function read(...credentials: object[]): ReturnType<typeof readImport> {
  const items = [{ id: '1', title: 'Acme', credentials }]
  return readImport(textToBytes(JSON.stringify({ exporterRpId: 'x', accounts: [{ items }] })))
}

const totp = { type: 'totp', secret: 'JBSWY3DP', digits: 6, period: 30, algorithm: 'sha1' }

it('takes the item’s title and user name where the credential has none', async () => {
  const { entries: found } = await read({ type: 'basic-auth', username: { value: 'alice' } }, totp)
  expect(found).toMatchObject([{ issuer: 'Acme', label: 'alice' }])
})

it('takes them as well where the credential has two empty texts', async () => {
  const bare = { ...totp, issuer: '', username: '' }
  const { entries: found } = await read({ type: 'basic-auth', username: { value: 'alice' } }, bare)
  expect(found).toMatchObject([{ issuer: 'Acme', label: 'alice' }])
})

it('knows Steam by the algorithm, and names algorithms it does not know', async () => {
  const { entries: found, problems } = await read({ ...totp, algorithm: 'steam' }, { ...totp, algorithm: 'sha3-256' })
  expect(found).toMatchObject([{ type: 'steam', digits: 5 }])
  expect(problems).toEqual([{ row: 'Acme', reason: 'entry/algorithm-unsupported' }])
})

it('keeps the note and the tags of the item', async () => {
  const items = [
    { id: '1', title: 'Acme', tags: ['Work'], credentials: [totp, { type: 'note', content: { value: 'n' } }] },
  ]
  const { entries: found } = await readImport(textToBytes(JSON.stringify({ exporterRpId: 'x', accounts: [{ items }] })))
  expect(found).toMatchObject([{ issuer: 'Acme', groups: ['Work'], note: 'n' }])
})
