import { describe, expect, it } from 'vitest'

import type { NewEntry } from '../../src/core/entry'
import { cpuTime } from './cpu-time'
import { aegisVault } from './other-programs'
import { readJson } from './read-as'

const plain = (entries: unknown[]): object => ({
  version: 1,
  header: { slots: null, params: null },
  db: { version: 3, entries },
})
const info = { secret: 'JBSWY3DPEHPK3PXP', algo: 'SHA1', digits: 6, period: 30 }
const row = (more: object, own: object = {}): object => ({
  type: 'totp',
  name: 'a',
  issuer: 'Acme',
  info: { ...info, ...more },
  ...own,
})

describe('an entry', () => {
  it.each<[string, object, Partial<NewEntry>]>([
    [
      'colons in its name',
      row({}, { name: 'example.com:me@x', issuer: null }),
      { issuer: '', label: 'example.com:me@x' },
    ],
    [
      'a full Yandex secret',
      row(
        { secret: 'LA2V6KMCGYMWWVEW64RNP3JA3IAAAAAAHTSG4HRZPI', pin: '7586', algo: 'SHA256', digits: 8 },
        { type: 'yandex' },
      ),
      { type: 'yandex', pin: '7586' },
    ],
    [
      'mOTP',
      row({ pin: '1234', digits: 6, period: 10, algo: 'MD5' }, { type: 'motp' }),
      { type: 'motp', algorithm: 'MD5', periodSeconds: 10, pin: '1234' },
    ],
    ['Steam', row({ digits: 5 }, { type: 'steam' }), { type: 'steam', digits: 5 }],
    ['Steam as 2FAuth calls it', row({ digits: 5 }, { type: 'steamtotp' }), { type: 'steam', digits: 5 }],
  ])('is read with %s', async (_what, entry, expected) => {
    const { entries, problems } = await readJson(plain([entry]))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([expected])
  })

  it('with MD5 is the SHA1 account that Aegis makes of it, and says so', async () => {
    const { entries, problems } = await readJson(plain([row({ algo: 'md5' })]))
    expect(entries).toMatchObject([{ algorithm: 'SHA1' }])
    expect(problems).toEqual([{ row: 'Acme a', reason: 'format/algorithm-replaced' }])
  })

  it.each<[string, object, string]>([
    ['digits 0', row({ digits: 0 }), 'entry/digits-invalid'],
    ['a period of 0', row({ period: 0 }), 'entry/period-invalid'],
    ['a negative counter', row({ counter: -1 }, { type: 'hotp' }), 'entry/counter-invalid'],
    ['an unknown type', row({}, { type: 'constructor' }), 'entry/type-unsupported'],
    ['an unknown algorithm', row({ algo: 'GOST' }), 'entry/algorithm-unsupported'],
    ['no info', { type: 'totp', issuer: 'Acme', name: 'a' }, 'entry/secret-empty'],
  ])('is refused by name with %s (INP-9)', async (_what, entry, reason) => {
    const { entries, problems } = await readJson(plain([row({}, { name: 'good' }), entry]))
    expect(entries.map(({ label }) => label)).toEqual(['good'])
    expect(problems).toEqual([{ row: 'Acme a', reason }])
  })
})

describe('an encrypted vault', () => {
  type Vault = { header: { slots: Record<string, unknown>[]; params: object }; db: string }
  const vault = (): Vault => aegisVault({ version: 3, entries: [row({})] }, 'right', 1024) as Vault

  it('opens with each of its passwords', async () => {
    for (const password of ['right', 'for the backup']) {
      expect((await readJson(vault(), password)).entries).toHaveLength(1)
    }
  })

  it('tells damage from a wrong password', async () => {
    const damaged = { ...vault(), db: `AAAA${vault().db.slice(4)}` }
    await expect(readJson(damaged, 'right')).rejects.toMatchObject({ code: 'format/damaged' })
    await expect(readJson(damaged, 'wrong')).rejects.toMatchObject({ code: 'format/wrong-password' })
  })

  it('that only a fingerprint opens is named, and asks for no password', async () => {
    const { header, ...rest } = vault()
    const file = { ...rest, header: { ...header, slots: header.slots.slice(0, 1) } }
    await expect(readJson(file)).rejects.toMatchObject({ code: 'format/not-possible', params: { app: 'Aegis' } })
  })

  it.each([
    ['n', 2 ** 30],
    ['n', 2 ** 20],
    ['r', 1000],
    ['p', 2 ** 24],
    ['n', 0],
    ['n', '32768'],
    ['r', -8],
    ['p', 0.5],
  ])('is refused at once with %s = %s (INP-4)', async (name, value) => {
    const file = vault()
    for (const slot of file.header.slots) slot[name] = value
    const start = cpuTime()
    await expect(readJson(file, 'right')).rejects.toMatchObject({
      code: expect.stringMatching(/^format\/(too-costly|damaged)$/) as string,
    })
    expect(cpuTime() - start).toBeLessThan(50)
  })
})
