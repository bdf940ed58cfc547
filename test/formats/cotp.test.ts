import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { describeReader } from './describe-reader'

describeReader('cotp', [
  { file: 'cotp-1.4-plain.json', entries: REFERENCE_ENTRIES },
  {
    file: 'otpclient-4-plain.json',
    entries: REFERENCE_ENTRIES.filter(({ type }) => type === 'totp' || type === 'hotp'),
  },
])
