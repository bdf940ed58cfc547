import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

const entries = REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp')

describeReader('raivo', [
  { file: 'raivo-1.4-encrypted.zip', entries, first: { favourite: true } },
  { file: 'raivo-1.4-plain.zip', entries, first: { favourite: true } },
])

it('reads the list alone, and names its bad rows', async () => {
  const row = { kind: 'TOTP', timer: '30', digits: '6', secret: 'JBSWY3DP', issuer: 'a', account: 'b' }
  const rows = [row, { ...row, timer: '0' }, { ...row, digits: 'six' }, { ...row, kind: 'HOTP', counter: '-1' }]
  const { format, problems } = await readImport(textToBytes(JSON.stringify(rows)))
  expect(format).toBe('raivo')
  expect(problems).toEqual([
    { row: 'a b', reason: 'entry/period-invalid' },
    { row: 'a b', reason: 'entry/digits-invalid' },
    { row: 'a b', reason: 'entry/counter-invalid' },
  ])
})
