import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

describeReader('2fauth', [
  {
    file: '2fauth-5-plain.json',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type !== 'motp' && type !== 'yandex'),
  },
])

it('takes nothing but the secret of a Steam account, and names kinds it does not know', async () => {
  const row = { otp_type: 'steamtotp', service: 'Steam', account: 'g', secret: 'JBSWY3DP', digits: 6, period: 60 }
  const rows = {
    app: '2fauth_v3',
    data: [
      { ...row, algorithm: 'md4' },
      { ...row, otp_type: 'yubico' },
    ],
  }
  const { entries, problems } = await readImport(textToBytes(JSON.stringify(rows)))
  expect(entries).toMatchObject([{ type: 'steam', digits: 5, periodSeconds: 30, algorithm: 'SHA1' }])
  expect(problems).toEqual([{ row: 'Steam g', reason: 'entry/type-unsupported' }])
})
