import { describe, expect, it } from 'vitest'

import { AppError } from '../../src/core/errors'
import type { ImportedEntry } from '../../src/formats/format'
import { readToken } from '../../src/formats/freeotp-token'
import { importFormats } from '../../src/formats/index'
import { otpsIn } from '../../src/formats/keepass-otp'
import { readBackupRow, writeBackupRow } from '../../src/formats/latchkey-row'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { seeded } from '../support/seeded'
import { fixture, fixtureNames } from './fixtures'
import { FUZZ_RUNS, FUZZ_SEED, FUZZ_TIMEOUT_MS, formatOf, mutated, prototypes, readAll } from './fuzz'
import { mutateJson } from './mutate'

/** Those behind a password have a test of their own. */
const files = fixtureNames().filter((name) => !name.includes('encrypted') && importFormats.includes(formatOf(name)))

describe.each([...new Set(files.map(formatOf))])('reading mutated files of %s', (format) => {
  it(
    `ends ${FUZZ_RUNS} times in a value or a typed error, soon, and changes no prototype (INP-1)`,
    async () => {
      const sources = files.filter((name) => formatOf(name) === format).map(fixture)
      const random = seeded(FUZZ_SEED)
      await readAll(FUZZ_RUNS, (i) => mutated(sources[i % sources.length] ?? new Uint8Array(), random))
    },
    FUZZ_TIMEOUT_MS,
  )
})

/** What lies behind a password, as it is once opened: the readers of rows, without deriving a key each time. */
describe('reading mutated rows out of encrypted files', () => {
  const token = { algo: 'SHA1', counter: 0, digits: 6, issuerExt: 'Acme', label: 'a', period: 30, type: 'TOTP' }
  const fields = {
    Title: 'Acme',
    UserName: 'a',
    otp: 'key=JBSWY3DP&step=30&size=6&type=Hotp&counter=5&otpHashMode=Sha256&encoding=Base32',
    'TimeOtp-Secret-Hex': '00ff',
    'HmacOtp-Secret': 'x',
    'HmacOtp-Counter': '7',
    'TOTP Seed': 'JBSWY3DP',
    'TOTP Settings': '30;S',
  }
  const own = {
    ...writeBackupRow(REFERENCE_ENTRIES[0] as ImportedEntry),
    createdAt: 1,
    binding: { appHost: 'https://a.example', appId: 'a', account: 'a', userId: 'u', phase: 'bound' },
  }
  const texts = (value: object): Map<string, string> =>
    new Map(Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? text : '']))

  it.each<[string, object, (row: unknown) => unknown]>([
    ['our own backup', own, readBackupRow],
    ['FreeOTP 2', { ...token, secret: [1, -2, 3] }, (row) => readToken(row)],
    ['KeePass', fields, (row) => otpsIn(texts(Object(row) as object)).map((read) => read())],
  ])(
    `of %s ends ${FUZZ_RUNS} times in a value or a typed error, and changes no prototype (INP-1)`,
    (_, row, read) => {
      const random = seeded(FUZZ_SEED)
      const before = prototypes()
      const text = JSON.stringify(row)
      for (let i = 0; i < FUZZ_RUNS; i++) {
        try {
          read(JSON.parse(mutateJson(text, random)))
        } catch (error) {
          if (!(error instanceof AppError)) throw error
        }
      }
      expect(prototypes()).toEqual(before)
    },
    FUZZ_TIMEOUT_MS,
  )
})
