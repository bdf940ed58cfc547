import 'fake-indexeddb/auto'
import { serialize } from 'node:v8'
import browser from 'webextension-polyfill'
import { describe, expect, it } from 'vitest'

import { encodeBase32 } from '../../src/core/base32'
import { base64ToBytes } from '../../src/core/bytes'
import { newKey } from '../../src/crypto/keys'
import { cellsOf, openRecord, sealRecord, vaultKeys } from '../../src/vault/record'
import { PASSPHRASE, cheapVault, dump, freshName, newEntry } from './support'

const CANARIES = [
  'canary-issuer-qx7',
  'canary-label-vw2',
  'canary-recovery-zk9',
  'canary-user-jp4',
  'canary.site.hb1',
  'canary-app-mm3',
]
const SECRET = new TextEncoder().encode('canary-secret-ty5-20')

/** The forms in which bytes can lie on disk; Base64 in its three alignments. */
function forms(bytes: Uint8Array): Buffer[] {
  const raw = Buffer.from(bytes)
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), raw]).toString('base64')
    return text.slice(Math.ceil((shift * 8) / 6), -4)
  })
  const texts = [raw.toString('hex'), raw.toString('hex').toUpperCase(), encodeBase32(raw), ...base64]
  return [
    raw,
    Buffer.from(raw.toString('latin1'), 'utf16le'),
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]),
  ]
}

/** All that the vault put into the database in a life of create, add, edit, delete and change of passphrase. */
async function livedVault(): Promise<{ stored: Buffer[]; key: string; values: unknown[] }> {
  const name = freshName()
  const vault = cheapVault(name)
  const key = await vault.create(PASSPHRASE)
  const states = [await dump(name)]
  const entry = newEntry({
    issuer: CANARIES[0]!,
    label: CANARIES[1]!,
    secret: SECRET,
    recoveryCode: CANARIES[2]!,
    binding: { serverId: 's', account: CANARIES[3]!, userId: 'u', phase: 'bound' },
    sites: [`https://${CANARIES[4]}`],
  })
  const server = { id: 's', appHost: 'https://host.example', appId: CANARIES[5]! }
  for (const edit of [
    { entries: [entry], servers: [server] },
    { entries: [{ ...entry, usedAt: 1 }] },
    { remove: [entry.id] },
  ]) {
    await vault.change(key, () => edit)
    states.push(await dump(name))
  }
  await vault.changePassphrase(PASSPHRASE, 'canary-passphrase-rr8')
  states.push(await dump(name))
  const values = states.flatMap(({ head, rows }) => [...head.values(), ...rows.values()])
  return { stored: values.map((value) => serialize(value)), key, values }
}

describe('sealRecord and openRecord', () => {
  it('are inverse, and keep members that a later version added', async () => {
    const keys = await vaultKeys(newKey(), 'vault')
    for (const value of [newEntry(), { ...newEntry({}, 10), note: 'later' }]) {
      const cell = await sealRecord(keys, { kind: 'entry', value }, 7)
      expect(cell).toMatchObject({ id: value.id, kind: 'entry', generation: 7 })
      expect(await openRecord(keys, { ...cell, row: 0 }, cell)).toEqual({ kind: 'entry', value })
      expect(await openRecord(keys, { ...cell, row: 0 }, undefined)).toBeNull()
    }
  })
})

describe('cellsOf', () => {
  it('takes cells, passes over what is none, and is null for what is no row', () => {
    const cell = { id: 'a', kind: 'entry', generation: 1, sealed: new Uint8Array(1) }
    expect(cellsOf({ cells: [cell, null, 7, { ...cell, sealed: 'text' }, { ...cell, id: 7 }] })).toEqual([cell])
    for (const row of [undefined, null, 7, 'row', {}, { cells: 'none' }]) expect(cellsOf(row)).toBeNull()
  })
})

describe('what is stored', () => {
  it('holds no secret, name, passphrase or key in any form (VLT-10)', async () => {
    const { stored, key } = await livedVault()
    const texts = [...CANARIES, PASSPHRASE, 'canary-passphrase-rr8', key].map((text) => Buffer.from(text))
    const canaries = [...texts, SECRET, base64ToBytes(key)!]
    const hits = canaries.flatMap((canary) =>
      forms(canary).filter((form) => stored.some((value) => value.includes(form))),
    )
    expect(hits).toEqual([])
    // The search itself finds what is there: the ids beside the sealed records.
    expect(stored.some((value) => value.includes('passphrase'))).toBe(true)
    for (const shift of ['', 'x', 'xy']) {
      const carrier = Buffer.from(Buffer.from(`${shift}canary-issuer-qx7...`).toString('base64'))
      expect(forms(Buffer.from(CANARIES[0]!)).some((form) => carrier.includes(form))).toBe(true)
    }
  })

  it('is text, numbers and bytes: no CryptoKey (KEY-6)', async () => {
    const { values } = await livedVault()
    expect(values.length).toBeGreaterThan(8)
    const kinds = new Set<string>()
    const visit = (value: unknown): void => {
      kinds.add(typeof value === 'object' && value !== null ? value.constructor.name : typeof value)
      if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return
      for (const member of Object.values(value)) visit(member)
    }
    for (const value of values) visit(value)
    expect([...kinds].sort()).toEqual(['Array', 'Object', 'Uint8Array', 'number', 'string'])
  })

  it('is the sealed mirror and its sentinel in extension storage (VLT-10)', async () => {
    await browser.storage.local.clear()
    const { key } = await livedVault()
    const items = await browser.storage.local.get(null)
    expect(
      Object.keys(items)
        .map((name) => name.split(': ')[1])
        .sort(),
    ).toEqual(['header', 'manifest', 'row 0', 'sentinel'])
    const text = Buffer.from(JSON.stringify(items))
    const texts = [...CANARIES, PASSPHRASE, 'canary-passphrase-rr8', key].map((canary) => Buffer.from(canary))
    const canaries = [...texts, SECRET, base64ToBytes(key)!]
    expect(canaries.flatMap(forms).filter((form) => text.includes(form))).toEqual([])
  })
})
