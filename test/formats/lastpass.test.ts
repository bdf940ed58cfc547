import { gzipSync, strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'

import { bytesToBase64 } from '../../src/core/bytes'
import { readJson, readText } from './read-as'

const row = (more: object = {}): object => ({
  issuerName: 'Acme',
  userName: 'a',
  secret: 'AAAAAAAA',
  timeStep: 30,
  digits: 6,
  algorithm: 'SHA1',
  ...more,
})

describe('an account', () => {
  it('is read with nothing but a secret and an issuer', async () => {
    const { format, entries } = await readJson({ accounts: [{ issuerName: '', secret: 'AAAAAAAA' }] })
    expect(format).toBe('lastpass')
    expect(entries).toMatchObject([
      { type: 'totp', issuer: '', label: '', digits: 6, periodSeconds: 30, algorithm: 'SHA1' },
    ])
  })

  it('is known by its seconds where the issuer is missing', async () => {
    const { format, entries } = await readJson({ accounts: [{ userName: 'a', secret: 'AAAAAAAA', timeStep: 60 }] })
    expect({ format, entries }).toMatchObject({ format: 'lastpass', entries: [{ label: 'a', periodSeconds: 60 }] })
  })

  it('has the folder it lies in; the one for favourites is a mark', async () => {
    const folders = [
      { id: 0, name: 'Other' },
      { id: 1, name: 'Favorites' },
      { id: 7, name: 'Work' },
    ]
    const accounts = [0, 1, 7, 9].map((folderId) => row({ userName: String(folderId), folderData: { folderId } }))
    const { entries } = await readJson({ accounts, folders })
    expect(entries.map(({ groups, favourite }) => [groups, favourite])).toEqual([
      [undefined, undefined],
      [undefined, true],
      [['Work'], undefined],
      [undefined, undefined],
    ])
  })

  it.each<[object, string]>([
    [{ digits: 0 }, 'entry/digits-invalid'],
    [{ timeStep: 0 }, 'entry/period-invalid'],
    [{ algorithm: 'MD5' }, 'entry/algorithm-unsupported'],
    [{ secret: '1' }, 'entry/secret-invalid'],
  ])('is refused by name with %j (INP-9)', async (more, reason) => {
    const { entries, problems } = await readJson({ accounts: [row({ userName: 'good' }), row(more)] })
    expect(entries.map(({ label }) => label)).toEqual(['good'])
    expect(problems).toEqual([{ row: 'Acme a', reason }])
  })
})

describe('a transfer', () => {
  const packed = (value: unknown): string => bytesToBase64(gzipSync(strToU8(JSON.stringify(value))))
  const address = (accounts: object[]): string =>
    `lpaauth-migration://offline?data=${encodeURIComponent(packed({ version: 3, content: packed({ a: accounts }) }))}`

  it('is read', async () => {
    const { entries } = await readText(address([{ a: 'SHA256', iN: 'Acme', s: 'AAAAAAAA', d: 8, uN: 'a', tS: 60 }]))
    expect(entries).toMatchObject([{ issuer: 'Acme', label: 'a', algorithm: 'SHA256', digits: 8, periodSeconds: 60 }])
  })

  it.each(['', 'AAAA', '%', packed('text'), packed({ content: 'AAAA' })])('is damaged with "%s"', async (data) => {
    const read = readText(`lpaauth-migration://offline?data=${encodeURIComponent(data)}`)
    await expect(read).rejects.toMatchObject({ code: 'format/damaged' })
  })
})
