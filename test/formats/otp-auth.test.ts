import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

const entries = REFERENCE_ENTRIES.filter(
  ({ type, algorithm }) => (type === 'totp' || type === 'hotp') && ['SHA1', 'SHA256', 'SHA512'].includes(algorithm),
)
const folder = { groups: ['Work'] }

describeReader('otp-auth', [
  { file: 'account-1.1-encrypted.otpauth', entries: entries.slice(0, 1) },
  { file: 'account-1.2-encrypted.otpauth', entries: entries.slice(0, 1) },
  { file: 'database-1.0-encrypted.otpauthdb', entries, all: folder },
  { file: 'database-1.1-encrypted.otpauthdb', entries, all: folder },
])
