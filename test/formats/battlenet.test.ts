import { createHash } from 'node:crypto'

import { ENTRY_DEFAULTS } from '../../src/core/entry'
import { describeReader } from './describe-reader'

const secret = new Uint8Array(createHash('sha512').update('battlenet').digest().subarray(0, 20))
const label = 'EU-1234-5678-9012'
const entries = [{ ...ENTRY_DEFAULTS.totp, type: 'totp', issuer: 'Battle.net', label, secret, digits: 8 }] as const

describeReader('battlenet', [
  { file: 'battlenet-old-plain.xml', entries },
  { file: 'battlenet-new-plain.xml', entries },
])
