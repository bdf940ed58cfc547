import { describe, expect, it } from 'vitest'

import { hexToBytes } from '../../src/core/bytes'
import type { ImportedEntry } from '../../src/formats/format'
import { FIXTURE_PASSWORD, fixture } from './fixtures'
import { cryptoJs, phc } from './other-programs'
import { readJson } from './read-as'

const secret = 'JBSWY3DPEHPK3PXP'
const row = (more: object = {}): object => ({ hash: 'h', index: 0, type: 'totp', secret, account: 'a', ...more })
const load = (name: string): Record<string, Record<string, unknown>> =>
  JSON.parse(new TextDecoder().decode(fixture(`authenticator/${name}`))) as Record<string, Record<string, unknown>>

describe('an entry', () => {
  it.each<[string, object, Partial<ImportedEntry>]>([
    [
      'nothing but a secret and a hash',
      { hash: 'h', secret },
      { type: 'totp', algorithm: 'SHA1', digits: 6, periodSeconds: 30 },
    ],
    [
      'blanks and padding in the secret',
      row({ secret: 'jbsw y3dp ehpk 3pxp====' }),
      { secret: hexToBytes('48656c6c6f21deadbeef') ?? new Uint8Array() },
    ],
    ['a site behind its issuer', row({ issuer: 'Acme::acme.example' }), { issuer: 'Acme', sites: ['acme.example'] }],
    ['hex', row({ type: 'hex', secret: '00ff10' }), { type: 'totp', secret: Uint8Array.of(0, 255, 16) }],
    [
      'hhex',
      row({ type: 'hhex', secret: '00FF10', counter: 4 }),
      { type: 'hotp', counter: 4, secret: Uint8Array.of(0, 255, 16) },
    ],
    [
      'hex under the wrong type',
      row({ secret: '0189abcd' }),
      { type: 'totp', secret: Uint8Array.of(1, 0x89, 0xab, 0xcd) },
    ],
    ['battle', row({ type: 'battle', digits: 6 }), { type: 'totp', digits: 8 }],
    ['an old mark of Battle.net', row({ secret: `blz-${secret}`, type: undefined }), { type: 'totp', digits: 8 }],
    ['another old mark of Battle.net', row({ secret: `bliz-${secret}` }), { type: 'totp', digits: 8 }],
    ['an old mark of Steam', row({ secret: `stm-${secret}` }), { type: 'steam', digits: 5 }],
    ['Steam', row({ type: 'steam', digits: 6 }), { type: 'steam', digits: 5, periodSeconds: 30 }],
  ])('is read with %s', async (_what, entry, expected) => {
    const { format, entries, problems } = await readJson({ h: entry })
    expect(format).toBe('authenticator')
    expect(problems).toEqual([])
    expect(entries).toMatchObject([expected])
  })

  it.each<[string, object, string]>([
    ['GOST', row({ algorithm: 'GOST3411_2012_256' }), 'entry/algorithm-unsupported'],
    ['an unknown type', row({ type: 'toString' }), 'entry/type-unsupported'],
    ['a period of 0', row({ period: 0 }), 'entry/period-invalid'],
    ['a secret that is neither', row({ secret: 'xyz!' }), 'entry/secret-invalid'],
  ])('is refused by name with %s (INP-9)', async (_what, entry, reason) => {
    const { entries, problems } = await readJson({ good: row({ account: 'good' }), bad: entry })
    expect(entries.map(({ label }) => label)).toEqual(['good'])
    expect(problems).toEqual([{ row: 'a', reason }])
  })

  it('stands where its index says', async () => {
    const { entries } = await readJson({
      x: row({ index: 2, account: 'c' }),
      y: row({ index: 0, account: 'a' }),
      z: row({ index: 1, account: 'b' }),
    })
    expect(entries.map(({ label }) => label).join('')).toBe('abc')
  })
})

describe('entries of all generations in one file', () => {
  const mixed = (): Record<string, unknown> => {
    const { key, ...second } = load('extension-7-encrypted.json')
    const third = load('extension-8-encrypted.json')
    const again = Object.entries(second).map(([hash, value]) => [`2-${hash}`, { ...value, account: 'v2' }])
    return {
      ...third,
      ...Object.fromEntries(again),
      key,
      first: row({ encrypted: true, account: 'v1', secret: cryptoJs(secret, FIXTURE_PASSWORD, 'v1') }),
      plain: row({ account: 'plain' }),
      other: row({ encrypted: true, account: 'other', secret: cryptoJs(secret, 'another password', 'other') }),
      lost: { dataType: 'EncOTPStorage', keyId: 'no such key', data: cryptoJs('{}', 'x', 'lost'), index: 99 },
      rubbish: {
        dataType: 'EncOTPStorage',
        keyId: Object.values(third).find(({ keyId }) => keyId)?.['keyId'],
        data: 'AAAA',
        index: 98,
      },
    }
  }

  it('are read each in its way, and those that stay closed are named', async () => {
    const { entries, problems } = await readJson(mixed(), FIXTURE_PASSWORD)
    const labels = entries.map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(['alice@example.com', 'v2', 'v1', 'plain']))
    expect(problems.map(({ reason }) => reason).toSorted()).toEqual([
      'format/row-damaged',
      'format/row-locked',
      'format/row-locked',
    ])
    expect(problems.map(({ row: name }) => name)).toContain('other')
  })

  it('give nothing, not even the plain ones, with a wrong password', async () => {
    await expect(readJson(mixed(), 'wrong')).rejects.toMatchObject({ code: 'format/wrong-password' })
  })
})

describe('a password', () => {
  it('that the check value proves right makes broken rows damage', async () => {
    const file = load('extension-7-encrypted.json')
    for (const value of Object.values(file)) if (value['secret']) value['secret'] = 'AAAA'
    await expect(readJson(file, FIXTURE_PASSWORD)).rejects.toMatchObject({ code: 'format/damaged' })
  })

  it('opens v3 keys that have lost their check value', async () => {
    const file = load('extension-8-encrypted.json')
    for (const value of Object.values(file)) delete value['hash']
    expect((await readJson(file, FIXTURE_PASSWORD)).entries).toHaveLength(8)
    await expect(readJson(file, 'wrong')).rejects.toMatchObject({
      code: expect.stringMatching(/wrong-password|damaged/) as string,
    })
  })

  it('is checked at no cost that the file chooses beyond the limits (INP-4)', async () => {
    const file = load('extension-8-encrypted.json')
    const bomb = phc('x', 16, 1, 32).replace('m=16', 'm=4294967295')
    for (const value of Object.values(file)) if (value['hash']) value['hash'] = bomb
    await expect(readJson(file, FIXTURE_PASSWORD)).rejects.toMatchObject({ code: 'format/too-costly' })
  })
})

it('is not what other objects of objects are', async () => {
  for (const file of [{ a: { secret } }, { a: { type: 'totp', secret: 5 } }, { a: { hash: 'x' } }, [row()], {}]) {
    await expect(readJson(file)).rejects.toMatchObject({ code: 'format/unknown' })
  }
})

it('reads the numbers that version 8 wrote for its words', async () => {
  const rows = {
    a: row({ type: 2, algorithm: 2, counter: 7 }),
    b: row({ type: 4 }),
    c: row({ type: '3', algorithm: '1' }),
  }
  const { entries, problems } = await readJson(rows)
  expect(problems).toEqual([])
  expect(entries).toMatchObject([
    { type: 'hotp', algorithm: 'SHA256', counter: 7 },
    { type: 'steam' },
    { type: 'totp', digits: 8, algorithm: 'SHA1' },
  ])
})

it('names rows that it cannot compute, and rows that have lost their secret', async () => {
  const rows = {
    a: row({}),
    b: row({ algorithm: 4, account: 'gost' }),
    c: row({ type: 7, account: 'seven' }),
    d: { type: 'totp', account: 'gone', secret: null },
    UserSettings: { zoom: '100' },
  }
  const { entries, problems } = await readJson(rows)
  expect(entries).toHaveLength(1)
  expect(problems.map(({ row: name, reason }) => [name.split(' ').at(-1), reason])).toEqual([
    ['gost', 'entry/algorithm-unsupported'],
    ['seven', 'entry/type-unsupported'],
    ['gone', 'entry/secret-empty'],
  ])
})
