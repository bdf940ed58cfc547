import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

const entries = REFERENCE_ENTRIES.filter(
  ({ type, algorithm, digits, periodSeconds }) =>
    (type === 'totp' || type === 'hotp') && algorithm === 'SHA1' && digits === 6 && periodSeconds === 30,
)

describeReader('duo', [
  {
    file: 'duo-4-plain.json',
    entries: entries.map((entry) => ({ ...entry, issuer: '' })),
    problems: [{ row: 'Company', reason: 'format/row-not-possible' }],
  },
])
