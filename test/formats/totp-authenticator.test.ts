import { expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { readImport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

const entries = REFERENCE_ENTRIES.filter(({ type, algorithm }) => type === 'totp' && algorithm === 'SHA1')
const first = { favourite: true }

describeReader('totp-authenticator', [
  { file: 'totp-authenticator-1-plain.xml', entries, first },
  { file: 'totp-authenticator-1-encrypted.encrypt', entries, first },
  { file: 'totp-authenticator-1-default-password.encrypt', entries, first },
])

it('does not take a bare secret for a backup', async () => {
  await expect(readImport(textToBytes('JBSWY3DPEHPK3PXP'))).rejects.toMatchObject({ code: 'format/unknown' })
})
