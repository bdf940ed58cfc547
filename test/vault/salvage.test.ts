import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'

import type { Entry } from '../../src/core/entry'
import type { Cell } from '../../src/vault/record'
import { type Vault, openVault } from '../../src/vault/vault'
import { type Dump, CHEAP_KDF, PASSPHRASE, dump, freshName, mirrorOf, newEntry, newServer, restore } from './support'

const DAY = 86_400_000
const START = 20_000 * DAY
const secret = { passphrase: PASSPHRASE }

let now: number
let name: string
let vault: Vault
let key: string
let entries: Entry[]

beforeEach(async () => {
  now = START
  name = freshName()
  vault = openVault({ databaseName: name, kdf: CHEAP_KDF, kdfFloor: CHEAP_KDF, now: () => now })
  key = await vault.create(PASSPHRASE)
  entries = Array.from({ length: 5 }, (_, i) => newEntry({ label: `account ${i}` }))
  await vault.change(key, () => ({ entries, servers: [newServer()] }))
  now += DAY
  // A snapshot of the five is taken here.
  await vault.change(key, () => ({ entries: [newEntry({ label: 'later' })], remove: [entries[4]!.id] }))
})

async function without(part: 'header' | 'manifest', ...damagedLabels: number[]): Promise<Dump> {
  const content = await dump(name)
  content.head.delete(part)
  const cells = [...content.rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
  for (const label of damagedLabels) cells.find(({ id }) => id === entries[label]!.id)!.sealed[40]! ^= 1
  await restore(name, content)
  return content
}

describe('salvage', () => {
  it('opens what opens without a manifest, names what does not, and writes nothing (VLT-3, VLT-4)', async () => {
    const left = await without('manifest', 1)
    const items = await mirrorOf(name)
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
    const found = await vault.salvage(secret)
    expect(found).toMatchObject({
      lost: [entries[1]!.id],
      inSnapshot: [entries[1]!.id],
      onlyInSnapshot: [entries[4]!.id],
      exact: false,
    })
    expect(found.entries.map(({ label }) => label).sort()).toEqual(['account 0', 'account 2', 'account 3', 'later'])
    expect(found.servers).toHaveLength(1)
    expect(await dump(name)).toEqual(left)
    expect(await mirrorOf(name)).toEqual(items)
  })

  it('is exact where a manifest opens, though its header is another', async () => {
    const before = await dump(name)
    await vault.changePassphrase(PASSPHRASE, 'the next passphrase')
    const { head, rows } = await dump(name)
    await restore(name, { head: new Map([...head, ['header', before.head.get('header')]]), rows })
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
    expect(await vault.salvage(secret)).toMatchObject({ exact: true, lost: [] })
  })

  it('names a record that left no trace, where it is listed', async () => {
    const before = await dump(name)
    await vault.changePassphrase(PASSPHRASE, 'the next passphrase')
    const { head } = await dump(name)
    const rows = structuredClone(before.rows) as Map<number, { cells: Cell[] }>
    rows.get(0)!.cells = rows.get(0)!.cells.filter(({ id }) => id !== entries[2]!.id)
    await restore(name, { head: new Map([...head, ['header', before.head.get('header')]]), rows })
    expect(await vault.salvage(secret)).toMatchObject({ exact: true, lost: [entries[2]!.id] })
  })

  it('needs a secret, and a header to open with it', async () => {
    await without('manifest')
    await expect(vault.salvage({ passphrase: 'wrong passphrase' })).rejects.toThrow('vault/wrong-passphrase')
    await without('header')
    await expect(vault.salvage(secret)).rejects.toThrow('vault/damaged')
  })
})

describe('rebuild', () => {
  it('makes a vault of what is left and of the snapshot, and puts aside what was there', async () => {
    await without('manifest', 1)
    const raw = await vault.exportRaw()
    now += DAY
    expect(await vault.rebuild(secret)).toBe(key)
    expect(await vault.unlock(PASSPHRASE)).toBe(key)
    const after = await vault.read(key)
    expect(after.damaged).toEqual([])
    const labels = after.entries.map(({ label, trashedAt }) => `${label}${trashedAt === now ? ' (trash)' : ''}`)
    expect(labels.sort()).toEqual(['account 0', 'account 1', 'account 2', 'account 3', 'account 4 (trash)', 'later'])
    expect(after.entries.find(({ id }) => id === entries[1]!.id)).toEqual(entries[1])
    expect(await vault.aside()).toEqual([now])
    expect(await vault.exportAside(now)).toEqual(raw)
    await vault.change(key, () => ({ entries: [newEntry()] }))
  })

  it('leaves a vault that opens as it is', async () => {
    const before = await dump(name)
    const items = await mirrorOf(name)
    expect(await vault.rebuild(secret)).toBe(key)
    expect(await dump(name)).toEqual(before)
    expect(await mirrorOf(name)).toEqual(items)
    expect(await vault.aside()).toEqual([])
  })

  it('keeps out of the trash what a server may still ask for, and says no more of it (BND-7)', async () => {
    const binding = { serverId: 's', account: 'a', userId: 'a', phase: 'bound' } as const
    const bound = newEntry({ label: 'bound', binding })
    await vault.change(key, () => ({ entries: [bound] }))
    await vault.takeSnapshot(key, 'asked')
    await vault.change(key, () => ({ remove: [bound.id] }))
    await without('manifest')
    await vault.rebuild(secret)
    const found = (await vault.read(key)).entries.find(({ id }) => id === bound.id)
    expect(found).toEqual({ ...bound, binding: { ...binding, phase: 'confirming' } })
  })

  it('takes the newest snapshot by what it holds, not by its date', async () => {
    const day = now
    now = day + 5_000 * DAY
    await vault.takeSnapshot(key, 'asked')
    now = day + 2
    await vault.change(key, () => ({ entries: [{ ...entries[1]!, label: 'renamed' }] }))
    await vault.takeSnapshot(key, 'asked')
    await without('manifest', 1)
    expect((await vault.salvage(secret)).former.map(({ label }) => label)).toEqual(['renamed'])
  })

  it('goes by the recovery sheet as well', async () => {
    const sheet = await vault.addSheet(key)
    await without('manifest')
    expect(await vault.rebuild({ sheet })).toBe(key)
  })

  it('spreads over rows', async () => {
    await vault.change(key, () => ({ entries: Array.from({ length: 150 }, () => newEntry()) }))
    await without('manifest')
    await vault.rebuild(secret)
    expect((await vault.read(key)).entries).toHaveLength(156)
    expect([...(await dump(name)).rows.keys()]).toEqual([0, 1, 2])
  })
})
