import { describe, expect, it } from 'vitest'
import { strToU8, zipSync } from 'fflate'

import { readImport } from '../../src/formats/index'
import { fixture } from './fixtures'
import { readJson } from './read-as'

const entry = (uri: unknown, name: unknown, more: object = {}): object => ({
  id: '1',
  content: { uri, entry_type: 'Totp', name },
  ...more,
})

describe('Proton Authenticator', () => {
  it.each([
    [
      'the name that the user sees',
      entry('otpauth://totp/Acme:old?secret=AAAA', 'new'),
      { issuer: 'Acme', label: 'new' },
    ],
    [
      'the label where there is no name',
      entry('otpauth://totp/Acme:old?secret=AAAA', null),
      { issuer: 'Acme', label: 'old' },
    ],
    [
      'Steam in any letter case',
      entry('STEAM://aaaa', 'gordon', { note: 'n' }),
      { type: 'steam', issuer: '', label: 'gordon', note: 'n' },
    ],
  ])('is read with %s', async (_what, row, expected) => {
    expect((await readJson({ version: 1, entries: [row] })).entries).toMatchObject([expected])
  })

  it('loses only the row that is broken', async () => {
    const rows = [
      entry('otpauth://totp/x?secret=0', 'bad'),
      entry('otpauth://totp/x?secret=AAAA', 'good'),
      entry(undefined, 'none'),
    ]
    const { entries, problems } = await readJson({ version: 1, entries: rows })
    expect(entries.map(({ label }) => label)).toEqual(['good'])
    expect(problems).toEqual([
      { row: 'bad', reason: 'entry/secret-invalid' },
      { row: 'none', reason: 'otpauth/not-otpauth' },
    ])
  })

  it('tells a file that was cut off from a wrong password', async () => {
    const file = JSON.parse(new TextDecoder().decode(fixture('proton/proton-authenticator-1-encrypted.json'))) as object
    for (const broken of [{ content: '' }, { content: 'AAAA' }, { content: '%' }, { salt: '%' }]) {
      await expect(readJson({ ...file, ...broken }, 'x')).rejects.toMatchObject({
        code: expect.stringMatching(/^format\/(damaged|unknown)$/) as string,
      })
    }
  })
})

describe('Proton Pass', () => {
  const zip = (files: Record<string, unknown>): Uint8Array =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, value]) => [name, strToU8(JSON.stringify(value))])))

  it('takes a bare secret by the names of its item, in whichever folder the data lies', async () => {
    const item = {
      state: 1,
      data: { metadata: { name: 'Acme' }, content: { itemEmail: 'a@x.example', totpUri: 'aaaa' } },
    }
    const bytes = zip({ 'export/Proton Pass/data.json': { vaults: { v: { name: 'Home', items: [item] } } } })
    const { format, entries } = await readImport(bytes)
    expect(format).toBe('proton-pass')
    expect(entries).toMatchObject([{ issuer: 'Acme', label: 'a@x.example', groups: ['Home'] }])
  })

  it.each([[{}], [{ vaults: [] }], [{ vaults: { v: { items: 'x' } } }]])(
    'with %j inside holds nothing',
    async (data) => {
      await expect(readImport(zip({ 'Proton Pass/data.json': data }))).rejects.toMatchObject({ code: 'format/empty' })
    },
  )

  it('with no JSON inside is damaged', async () => {
    const bytes = zipSync({ 'Proton Pass/data.json': strToU8('text') })
    await expect(readImport(bytes)).rejects.toMatchObject({ code: 'format/damaged' })
  })
})
