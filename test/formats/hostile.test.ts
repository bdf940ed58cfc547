import { describe, expect, it } from 'vitest'

import { AppError } from '../../src/core/errors'
import type { ImportedEntry } from '../../src/formats/format'
import { readToken } from '../../src/formats/freeotp-token'
import { importFormats, readImport } from '../../src/formats/index'
import { otpsIn } from '../../src/formats/keepass-otp'
import { readBackupRow, writeBackupRow } from '../../src/formats/latchkey-row'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { seeded } from '../support/seeded'
import { cpuTime } from './cpu-time'
import { FIXTURE_PASSWORD, fixture, fixtureNames } from './fixtures'
import { mutateBytes, mutateJson } from './mutate'

const LONG = process.env['SOAK'] !== undefined
const RUNS = Number(process.env['FUZZ_RUNS'] ?? (LONG ? 100_000 : 10_000))
const TIMEOUT_MS = LONG ? 3_600_000 : 180_000
const SEED = Number(process.env['SEED'] ?? 5)
const WITH_PASSWORD = 2

const formats = [...new Set(fixtureNames().map((name) => name.slice(0, name.indexOf('/'))))].filter((name) =>
  importFormats.includes(name),
)

/** A value, or a typed error that does not hide a mistake of ours; and how long it took. */
async function check(bytes: Uint8Array, options: { password?: string } = {}): Promise<number> {
  const start = cpuTime()
  try {
    await readImport(bytes, options)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (isOurMistake(error.cause)) throw error.cause
  }
  return cpuTime() - start
}

/** A program's error out of our own code, not out of a library's. */
function isOurMistake(cause: unknown): boolean {
  const [, place = ''] = cause instanceof Error ? (cause.stack ?? '').split(/\n\s+at /) : []
  return place.includes('/src/formats/') && !(cause instanceof AppError)
}

function mutated(source: Uint8Array, random: (limit: number) => number): Uint8Array {
  const text = new TextDecoder().decode(source)
  const json = /^[[{]/.test(text)
  return json && random(2) === 0 ? new TextEncoder().encode(mutateJson(text, random)) : mutateBytes(source, random)
}

const prototypes = (): string[] =>
  [Object.prototype, Array.prototype, String.prototype].flatMap((prototype) => Object.getOwnPropertyNames(prototype))

describe.each(formats)('reading mutated files of %s', (format) => {
  it(
    `ends ${RUNS} times in a value or a typed error, soon, and changes no prototype (INP-1)`,
    async () => {
      const sources = fixtureNames()
        .filter((name) => name.startsWith(`${format}/`))
        .map(fixture)
      const random = seeded(SEED)
      const before = prototypes()
      const times: number[] = []
      for (let i = 0; i < RUNS; i++)
        times.push(await check(mutated(sources[i % sources.length] ?? new Uint8Array(), random)))
      times.sort((a, b) => a - b)
      expect(prototypes()).toEqual(before)
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
      expect(times.at(-1)).toBeLessThan(1000)
      expect(times[Math.floor(times.length * 0.99)]).toBeLessThan(50)
    },
    TIMEOUT_MS,
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
    `of %s ends ${RUNS} times in a value or a typed error, and changes no prototype (INP-1)`,
    (_, row, read) => {
      const random = seeded(SEED)
      const before = prototypes()
      const text = JSON.stringify(row)
      for (let i = 0; i < RUNS; i++) {
        try {
          read(JSON.parse(mutateJson(text, random)))
        } catch (error) {
          if (!(error instanceof AppError)) throw error
        }
      }
      expect(prototypes()).toEqual(before)
    },
    TIMEOUT_MS,
  )
})

it('ends in a value or a typed error with a password, too (INP-1)', async () => {
  const random = seeded(SEED)
  for (const name of fixtureNames().filter((file) => file.includes('encrypted'))) {
    for (let i = 0; i < WITH_PASSWORD; i++) await check(mutated(fixture(name), random), { password: FIXTURE_PASSWORD })
  }
})
