import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

describeReader('authenticator-plus', [
  {
    file: 'authenticator-plus-1-encrypted.zip',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
  },
])
