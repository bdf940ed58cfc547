import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'

import { openStored } from '../../src/vault/contents'
import { type Header, type StoredHeader, readHeader, storeHeader } from '../../src/vault/header'
import { sealManifest } from '../../src/vault/record'
import { openVault } from '../../src/vault/vault'
import { type Dump, PASSPHRASE, cheapVault, dump, filledVault, freshName, newEntry, restore } from './support'
import { cpuMsOf } from '../support/effort'

let fresh: Dump
let key: string
let name: string

beforeAll(async () => {
  ;({ key, name } = await filledVault(3))
  fresh = await dump(name)
})

/** A deep copy to damage. */
function copy(): Dump {
  return structuredClone(fresh)
}

describe('the header', () => {
  it('tells damage from a wrong passphrase at every character (KEY-2)', async () => {
    const { body, checksum } = fresh.head.get('header') as StoredHeader
    for (let i = 0; i < body.length; i++) {
      const flipped = body.slice(0, i) + String.fromCharCode(body.charCodeAt(i) ^ 1) + body.slice(i + 1)
      await expect(readHeader({ body: flipped, checksum })).rejects.toThrow('vault/damaged')
    }
    const damaged = copy()
    ;(damaged.head.get('header') as { checksum: Uint8Array }).checksum[0]! ^= 1
    const damagedName = await store(damaged)
    await expect(cheapVault(damagedName).unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
  })

  it('is refused below the floor, before anything is derived (KEY-1)', async () => {
    await expect(openVault({ databaseName: name }).unlock(PASSPHRASE)).rejects.toThrow('vault/key-derivation-too-weak')
  })

  it.each([
    ['memoryKib', 128],
    ['passes', 2],
    ['lanes', 2],
    ['salt', 'AAAAAAAAAAAAAAAAAAAAAA=='],
    ['id', '0'.repeat(32)],
  ])('does not open with another %s, though its checksum fits', async (member, value) => {
    const { name: changed } = await withSlot((slot) => {
      Object.assign(member in slot ? slot : (slot['kdf'] as object), { [member]: value })
    })
    await expect(cheapVault(changed).unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
  })

  it.each([
    ['memoryKib', 2 ** 31],
    ['passes', 2 ** 31],
    ['lanes', 0],
    ['algorithm', 'pbkdf2'],
    ['salt', 'AA=='],
    ['salt', '!'],
    ['wrappedKey', '!'],
  ])('that asks for %s %s is damaged, and is refused at once (INP-4)', async (member, value) => {
    const { name: changed } = await withSlot((slot) => {
      Object.assign(member in slot ? slot : (slot['kdf'] as object), { [member]: value })
    })
    const unlock = () => cheapVault(changed).unlock(PASSPHRASE)
    expect(await cpuMsOf(() => expect(unlock()).rejects.toThrow('vault/damaged'))).toBeLessThan(1_000)
  })

  it('of a newer format is left alone (VLT-7)', async () => {
    const { name: newer } = await withHeader((header) => Object.assign(header, { format: 2, slots: 'another layout' }))
    const before = await dump(newer)
    const vault = cheapVault(newer)
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/newer-format')
    await expect(vault.read(key)).rejects.toThrow('vault/newer-format')
    await expect(vault.change(key, () => ({ entries: [newEntry()] }))).rejects.toThrow('vault/newer-format')
    await expect(vault.changePassphrase(PASSPHRASE, 'the next passphrase')).rejects.toThrow('vault/newer-format')
    await expect(vault.create(PASSPHRASE)).rejects.toThrow('vault/already-exists')
    expect(await dump(newer)).toEqual(before)
  })

  it('keeps slots it does not know when the passphrase changes', async () => {
    const filled = await filledVault(1)
    const { vault, key: theirKey } = filled
    const passkey = { kind: 'passkey', credential: 'abc' }
    // As a later version would add it: header and manifest together.
    const { head } = await dump(filled.name)
    const header = JSON.parse((head.get('header') as { body: string }).body) as Header
    expect(header.slots).toHaveLength(1)
    const opened = await openStored(
      { header: head.get('header'), manifest: head.get('manifest'), rows: new Map() },
      theirKey,
    )
    const stored = await storeHeader({ ...header, slots: [passkey, ...header.slots] })
    const checksum = Buffer.from(stored.checksum).toString('base64')
    const rows = (await dump(filled.name)).rows
    const manifest = await sealManifest(opened.keys, { ...opened.manifest, header: checksum })
    await restore(filled.name, {
      head: new Map<string, unknown>([
        ['header', stored],
        ['manifest', manifest],
      ]),
      rows,
    })
    await vault.changePassphrase(PASSPHRASE, 'the next passphrase')
    expect(await vault.unlock('the next passphrase')).toBe(theirKey)
    const after = (await dump(filled.name)).head.get('header') as { body: string }
    expect((JSON.parse(after.body) as Header).slots).toContainEqual(passkey)
  })
})

describe('a vault of which only a part is left', () => {
  it.each([['header'], ['manifest'], ['both']])(
    'without %s is damaged, not absent, and nothing is created over it (VLT-4)',
    async (part) => {
      const damaged = copy()
      for (const gone of part === 'both' ? ['header', 'manifest'] : [part]) damaged.head.delete(gone)
      const left = await store(damaged)
      const vault = cheapVault(left)
      expect(await vault.status()).toBe(part === 'manifest' ? 'present' : 'damaged')
      await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
      await expect(vault.create(PASSPHRASE)).rejects.toThrow('vault/already-exists')
      expect(await dump(left)).toEqual(damaged)
    },
  )
})

async function store(content: Dump): Promise<string> {
  const target = freshName()
  const vault = cheapVault(target)
  await vault.status()
  await restore(target, content)
  return target
}

/** The vault with another header, whose checksum fits. */
async function withHeader(change: (header: Record<string, unknown>) => void): Promise<{ name: string }> {
  const changed = copy()
  const header = JSON.parse((fresh.head.get('header') as { body: string }).body) as Record<string, unknown>
  change(header)
  changed.head.set('header', await storeHeader(header as unknown as Header))
  return { name: await store(changed) }
}

function withSlot(change: (slot: Record<string, unknown>) => void): Promise<{ name: string }> {
  return withHeader((header) => change((header['slots'] as Record<string, unknown>[])[0]!))
}
