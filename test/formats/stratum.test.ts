import { describe, expect, it } from 'vitest'

import { bytesToText } from '../../src/core/bytes'
import type { NewEntry } from '../../src/core/entry'
import { readImport, writeExport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { FIXTURE_PASSWORD, fixture } from './fixtures'
import { readJson } from './read-as'

const row = (more: object = {}): object => ({
  Type: 2,
  Issuer: 'Acme',
  Username: null,
  Secret: 'AAAAAAAA',
  Algorithm: 0,
  Digits: 6,
  Period: 30,
  Counter: 0,
  Ranking: 0,
  ...more,
})
const backup = (...rows: object[]): object => ({
  Authenticators: rows,
  Categories: [],
  AuthenticatorCategories: [],
  CustomIcons: [],
})

describe('an authenticator', () => {
  it.each<[string, object, Partial<NewEntry>]>([
    ['no user name', row(), { issuer: 'Acme', label: '' }],
    ['ten digits', row({ Digits: 10 }), { digits: 10 }],
    ['HOTP', row({ Type: 1, Counter: 5, Period: 30 }), { type: 'hotp', counter: 5 }],
    [
      'mOTP and its hexadecimal secret',
      row({ Type: 3, Secret: '0AFF', Period: 10, Pin: '12' }),
      { type: 'motp', secret: Uint8Array.of(10, 255), pin: '12' },
    ],
    ['Steam', row({ Type: 4, Digits: 5 }), { type: 'steam', digits: 5 }],
    ['SHA512', row({ Algorithm: 2 }), { algorithm: 'SHA512' }],
  ])('is read with %s', async (_what, own, expected) => {
    const { entries, problems } = await readJson(backup(own))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([expected])
  })

  it.each<[object, string]>([
    [{ Type: 6 }, 'entry/type-unsupported'],
    [{ Type: 0 }, 'entry/type-unsupported'],
    [{ Algorithm: 3 }, 'entry/algorithm-unsupported'],
    [{ Digits: 0 }, 'entry/digits-invalid'],
    [{ Period: 0 }, 'entry/period-invalid'],
    [{ Secret: '' }, 'entry/secret-empty'],
    [{ Type: 3, Secret: 'xyz' }, 'entry/secret-invalid'],
  ])('is refused by name with %j (INP-9)', async (more, reason) => {
    const { entries, problems } = await readJson(backup(row({ Issuer: 'good' }), row(more)))
    expect(entries.map(({ issuer }) => issuer)).toEqual(['good'])
    expect(problems).toEqual([{ row: 'Acme', reason }])
  })

  it('shares its categories with those that have the same secret', async () => {
    const file = {
      ...backup(row({ Issuer: 'a' }), row({ Issuer: 'b' }), row({ Issuer: 'c', Secret: 'BBBBBBBB' })),
      Categories: [{ Id: 'x', Name: 'Work' }],
      AuthenticatorCategories: [{ CategoryId: 'x', AuthenticatorSecret: 'AAAAAAAA' }],
    }
    expect((await readJson(file)).entries.map(({ groups }) => groups)).toEqual([['Work'], ['Work'], undefined])
  })
})

describe('an encrypted backup', () => {
  it.each(['stratum/stratum-1-encrypted.stratum', 'stratum/authenticator-pro-1-encrypted.authpro'])(
    '%s is damaged where it was cut off',
    async (name) => {
      for (const length of [16, 17, 40, 50]) {
        const read = readImport(fixture(name).slice(0, length), { password: FIXTURE_PASSWORD })
        await expect(read).rejects.toMatchObject({ code: 'format/damaged' })
      }
    },
  )
})

it('writes an issuer for those without, which Stratum insists on, and says so', async () => {
  const [entry] = REFERENCE_ENTRIES
  const { bytes, problems } = await writeExport('stratum', [{ ...(entry as NewEntry), issuer: '' }])
  expect(problems).toEqual([{ row: 'alice@example.com', reason: 'format/text-not-held' }])
  expect(JSON.parse(bytesToText(bytes) ?? '')).toMatchObject({
    Authenticators: [{ Issuer: 'alice@example.com', Username: '' }],
  })
})
