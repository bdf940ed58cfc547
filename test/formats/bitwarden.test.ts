import { describe, expect, it } from 'vitest'

import { bytesToText } from '../../src/core/bytes'
import type { ImportedEntry } from '../../src/formats/format'
import { writeExport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { cpuTime } from './cpu-time'
import { bitwardenProtected } from './other-programs'
import { readJson, readText } from './read-as'

const secret = 'JBSWY3DPEHPK3PXP'
const plain = (items: unknown[]): object => ({ encrypted: false, items })
const item = (totp: unknown, more: object = {}): object => ({
  type: 1,
  name: 'Acme',
  login: { username: 'alice', totp },
  ...more,
})

describe('an item', () => {
  it.each<[string, object, Partial<ImportedEntry>]>([
    [
      'a bare secret',
      item(secret),
      { issuer: 'Acme', label: 'alice', digits: 6, algorithm: 'SHA1', periodSeconds: 30 },
    ],
    ['a bare secret with blanks', item('jbsw y3dp ehpk 3pxp'), { issuer: 'Acme', label: 'alice' }],
    ['a Steam address', item(`steam://${secret}`), { type: 'steam', issuer: 'Acme', label: 'alice' }],
    [
      'an address with names',
      item(`otpauth://totp/Own:bob?secret=${secret}&issuer=Own`),
      { issuer: 'Own', label: 'bob' },
    ],
    [
      'an address without a label',
      item(`otpauth://totp/?secret=${secret}&issuer=Own`),
      { issuer: 'Own', label: 'alice' },
    ],
    ['an address without any name', item(`otpauth://totp/?secret=${secret}`), { issuer: 'Acme', label: 'alice' }],
    ['an address without an issuer', item(`otpauth://totp/bob?secret=${secret}`), { issuer: 'Acme', label: 'bob' }],
    ['escaped padding', item(`otpauth://totp/x?secret=AAAA%3D%3D%3D%3D`), { secret: new Uint8Array(2) }],
    ['no user name', item(secret, { login: { totp: secret, username: null } }), { issuer: 'Acme', label: '' }],
  ])('is read with %s', async (_what, own, expected) => {
    const { entries, problems } = await readJson(plain([own]))
    expect(problems).toEqual([])
    expect(entries).toMatchObject([expected])
  })

  it('of an export from before 2021 is known without a word on encryption', async () => {
    const { format, entries } = await readJson({ folders: [], items: [item(secret)] })
    expect({ format, entries }).toMatchObject({ format: 'bitwarden', entries: [{ issuer: 'Acme', label: 'alice' }] })
  })

  it('of an organisation has its collections for groups', async () => {
    const collections = [{ id: 'c', organizationId: 'o', name: 'Work', externalId: null }]
    const { entries } = await readJson({ ...plain([item(secret, { collectionIds: ['c', null, 'd'] })]), collections })
    expect(entries).toMatchObject([{ issuer: 'Acme', groups: ['Work'] }])
  })

  it('without a one-time password is silently none', async () => {
    const others = [item(null), item(''), { type: 2, name: 'note', secureNote: {} }, item(undefined), { type: 3 }]
    const { entries, problems } = await readJson(plain([...others, item(secret)]))
    expect([entries.length, problems]).toEqual([1, []])
    await expect(readJson(plain(others))).rejects.toMatchObject({ code: 'format/empty' })
  })

  it('with characters that do not belong into a secret is refused, where Bitwarden itself drops them', async () => {
    const { problems } = await readJson(plain([item(secret), item('JBSW0189', { name: 'broken' })]))
    expect(problems).toEqual([{ row: 'broken', reason: 'entry/secret-invalid' }])
  })
})

describe('a protected export', () => {
  const file = bitwardenProtected(plain([item(secret)]), 'right', 'pbkdf2') as Record<string, unknown>

  it('tells damage from a wrong password', async () => {
    const data = String(file['data'])
    const damaged = { ...file, data: data.replace(/\|(.)/, (_, first: string) => `|${first === 'A' ? 'B' : 'A'}`) }
    await expect(readJson(damaged, 'right')).rejects.toMatchObject({ code: 'format/damaged' })
    await expect(readJson(damaged, 'wrong')).rejects.toMatchObject({ code: 'format/wrong-password' })
    await expect(readJson({ ...file, data: 'text' }, 'right')).rejects.toMatchObject({ code: 'format/damaged' })
  })

  it.each([
    [{ kdfIterations: 10_000_001 }, 'format/too-costly'],
    [{ kdfIterations: 2 ** 53 }, 'format/too-costly'],
    [{ kdfIterations: 0 }, 'format/damaged'],
    [{ kdfIterations: '600000' }, 'format/damaged'],
    [{ kdfType: 2 }, 'format/damaged'],
    [{ kdfType: 1, kdfIterations: 3, kdfMemory: 2 ** 22, kdfParallelism: 4 }, 'format/too-costly'],
    [{ kdfType: 1, kdfIterations: 3, kdfMemory: 64, kdfParallelism: 1000 }, 'format/too-costly'],
    [{ kdfType: 1, kdfIterations: 3, kdfMemory: null, kdfParallelism: 4 }, 'format/damaged'],
  ])('with %j is refused at once (INP-4)', async (numbers, code) => {
    const start = cpuTime()
    await expect(readJson({ ...file, ...numbers }, 'right')).rejects.toMatchObject({ code })
    expect(cpuTime() - start).toBeLessThan(50)
  })
})

describe('a CSV export', () => {
  const header = 'folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp'

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('is read with %s', async (_name, end) => {
    const { format, entries } = await readText(
      [header, `,,login,Acme,,,0,,alice,p,${secret}`, `,,1,Two,,,0,,bob,p,${secret}`].join(end),
    )
    expect([format, entries.map(({ label }) => label)]).toEqual(['bitwarden', ['alice', 'bob']])
  })

  it('is read with quotes, line ends in cells, blank lines and cells beyond the header', async () => {
    const rows = [
      '',
      `"a, ""b""",1,login,"two\nlines",,,0,"https://a.example,https://b.example",alice,p,${secret},extra,30,6`,
      '',
      ',,note,only,,,,,,,',
    ]
    const { entries } = await readText([header, ...rows].join('\r\n'))
    expect(entries).toMatchObject([
      { issuer: 'two\nlines', groups: ['a, "b"'], favourite: true, sites: ['https://a.example', 'https://b.example'] },
    ])
  })

  it('of Bitwarden Authenticator is read whatever stands in its unquoted names', async () => {
    const names = ['Acme, Inc.', '"A" and B', 'a "b" c', '"Quoted, once"']
    const rows = names.map((name, i) => `,1,1,${name},,otpauth://totp/n${i}?secret=${secret},${name},60,8`)
    const text = ['folder,favorite,type,name,login_uri,login_totp', ...rows].join('\n')
    const { entries, problems } = await readText(text)
    expect(entries.map(({ issuer, label }) => [issuer, label])).toEqual([
      ['Acme, Inc.', 'n0'],
      ['"A" and B', 'n1'],
      ['a "b" c', 'n2'],
      ['Quoted, once', 'n3'],
    ])
    expect(problems).toEqual([])
  })

  it('loses only the row that is broken', async () => {
    const { entries, problems } = await readText(
      [header, ',,login,Bad,,,0,,x,p,0189', `,,login,Acme,,,0,,a,p,${secret}`].join('\n'),
    )
    expect([entries.length, problems]).toEqual([1, [{ row: 'Bad', reason: 'entry/secret-invalid' }]])
  })
})

describe('writing', () => {
  it('gives Bitwarden what it computes itself, and nothing in clear with a password', async () => {
    const { bytes } = await writeExport('bitwarden', REFERENCE_ENTRIES)
    const { items } = JSON.parse(bytesToText(bytes) ?? '') as { items: { type: number; login: { totp: string } }[] }
    expect(items.every(({ type }) => type === 1)).toBe(true)
    expect(items.map(({ login }) => login.totp.replace(/[/?].*/, ''))).toEqual([
      'otpauth:',
      'otpauth:',
      'otpauth:',
      'otpauth:',
      'otpauth:',
      'steam:',
    ])
    const sealed = await writeExport('bitwarden', REFERENCE_ENTRIES, { password: 'x' })
    expect(bytesToText(sealed.bytes)).not.toMatch(/Acme|JBSWY/)
    expect(JSON.parse(bytesToText(sealed.bytes) ?? '')).toMatchObject({
      encrypted: true,
      passwordProtected: true,
      kdfType: 0,
      kdfIterations: 600_000,
    })
  })
})
