import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'
import { entryById, storeEntry } from '../../../src/background/entries'
import * as health from '../../../src/background/vault/health'
import { vault, vaultKey } from '../../../src/background/vault/unlocked'
import type { Entry } from '../../../src/core/entry'
import { settings } from '../../../src/settings'
import type { Cell } from '../../../src/vault/record'
import type { StoredSnapshot } from '../../../src/vault/snapshots'
import { type Dump, dump, mirrorOf, newEntry, restore, snapshotsOf } from '../../vault/support'
import { PASSPHRASE, openEmptyVault } from '../open-vault'

const DAY = 86_400_000
const NAME = 'latchkey'

let whole: Dump

beforeEach(async () => {
  await openEmptyVault()
  whole = await dump(NAME)
  await settings.lastProof.set(null)
})

afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  // What a test has damaged is damaged for it alone.
  await restore(NAME, whole)
})

/** Accounts with these names, and a snapshot of them. */
async function keep(...labels: readonly string[]): Promise<Entry[]> {
  const entries = labels.map((label) => newEntry({ issuer: 'Heronbank', label }))
  await vault.change(await vaultKey(), () => ({ entries }))
  await vault.takeSnapshot(await vaultKey(), 'import')
  return entries
}

/** Turns over a bit of the record in both copies. */
async function damage(...ids: readonly string[]): Promise<void> {
  const content = await dump(NAME)
  const cells = [...content.rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
  for (const cell of cells) if (ids.includes(cell.id)) cell.sealed[20]! ^= 1
  await restore(NAME, content)
}

async function loseManifest(): Promise<void> {
  const content = await dump(NAME)
  content.head.delete('manifest')
  await restore(NAME, content)
}

/** Turns over a bit of the newest snapshot. */
async function damageNewestSnapshot(): Promise<void> {
  const stored = [...(await snapshotsOf(NAME)).values()] as StoredSnapshot[]
  const newest = stored.toSorted((a, b) => b.takenAt - a.takenAt)[0]!
  newest.sealed[13]! ^= 1
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(NAME)
    request.addEventListener('success', () => resolve(request.result))
  })
  const tx = db.transaction('snapshots', 'readwrite')
  tx.objectStore('snapshots').put(newest, newest.takenAt)
  await new Promise((resolve) => tx.addEventListener('complete', resolve))
  db.close()
}

describe('lostAccounts', () => {
  it('names what opens nowhere as a snapshot knows it, and brings that back (VLT-2, VLT-3)', async () => {
    const [first, second] = await keep('wader', 'marsh')
    await damage(first!.id)
    expect(await health.lostAccounts()).toEqual([
      { id: first!.id, names: { issuer: 'Heronbank', label: 'wader' }, snapshotAt: expect.any(Number) },
    ])
    expect(await health.bringBackLost()).toBe(1)
    expect(await entryById(first!.id)).toEqual(first)
    expect(await entryById(second!.id)).toEqual(second)
    expect(await health.lostAccounts()).toEqual([])
  })

  it('brings a binding back as one to be asked about (BND-3)', async () => {
    const binding = { serverId: 's', account: 'a', userId: 'a', phase: 'bound' } as const
    const [entry] = await keep('wader')
    await vault.change(await vaultKey(), () => ({ entries: [{ ...entry!, binding }] }))
    await vault.takeSnapshot(await vaultKey(), 'import')
    await damage(entry!.id)
    expect(await health.bringBackLost()).toBe(1)
    expect(await entryById(entry!.id)).toMatchObject({ binding: { ...binding, phase: 'confirming' } })
  })

  it('says that a record is nameless where no snapshot has it, and can let go of it', async () => {
    const entry = await storeEntry(newEntry({ label: 'since' }))
    await damage(entry.id)
    expect(await health.lostAccounts()).toEqual([{ id: entry.id, names: null, snapshotAt: null }])
    expect(await health.bringBackLost()).toBe(0)
    const before = (await vault.aside()).length
    expect(await health.letGoOfLost()).toBe(1)
    expect(await health.lostAccounts()).toEqual([])
    const aside = await vault.aside()
    expect(aside).toHaveLength(before + 1)
    // What lay there sealed is kept.
    expect(await health.exportAside(aside.at(-1)!)).toContain(entry.id)
  })

  it('has nothing to let go of in a whole vault, and writes nothing then', async () => {
    await keep('wader')
    const { generation } = await vault.read(await vaultKey())
    expect(await health.letGoOfLost()).toBe(0)
    expect(await health.bringBackLost()).toBe(0)
    expect((await vault.read(await vaultKey())).generation).toBe(generation)
  })
})

describe('snapshots', () => {
  it('say how many accounts they hold, those in the trash apart, and how much room they take', async () => {
    const [trashed] = await keep('wader', 'marsh')
    await vault.change(await vaultKey(), () => ({ entries: [{ ...trashed!, trashedAt: 1 }] }))
    await health.takeSnapshot(Date.now())
    const [newest, before] = await health.snapshots()
    expect(newest).toMatchObject({ reason: 'asked', accounts: 1 })
    expect(before).toMatchObject({ reason: 'import', accounts: 2 })
    expect(newest!.bytes).toBeGreaterThan(100)
  })

  it('say which of them does not open', async () => {
    await keep('wader')
    await damageNewestSnapshot()
    expect((await health.snapshots())[0]).toMatchObject({ accounts: null })
  })

  it('are gone back to, and from there here again', async () => {
    const [entry] = await keep('wader')
    const [snapshot] = await vault.snapshots()
    await vault.change(await vaultKey(), () => ({ entries: [{ ...entry!, label: 'renamed' }] }))
    const back = await health.restoreSnapshot(snapshot!.takenAt)
    expect(await entryById(entry!.id)).toMatchObject({ label: 'wader' })
    await health.restoreSnapshot(back)
    expect(await entryById(entry!.id)).toMatchObject({ label: 'renamed' })
  })
})

describe('the proof (VLT-14)', () => {
  it('is made at an unlock when the last one is 30 days old, and not before', async () => {
    await keep('wader')
    const key = await vaultKey()
    const now = Date.now()
    await health.lookAfter(key, now)
    expect(await settings.lastProof.get()).toMatchObject({ at: now, opened: true })
    await health.lookAfter(key, now + 30 * DAY - 1)
    expect((await settings.lastProof.get())?.at).toBe(now)
    await health.lookAfter(key, now + 30 * DAY)
    expect((await settings.lastProof.get())?.at).toBe(now + 30 * DAY)
  })

  it('says so where the newest snapshot does not open, until another one does', async () => {
    await keep('wader')
    await damageNewestSnapshot()
    expect(await health.proveSnapshot(Date.now())).toBe(false)
    expect(await settings.lastProof.get()).toMatchObject({ opened: false })
    await health.takeSnapshot(Date.now())
    expect(await settings.lastProof.get()).toMatchObject({ opened: true })
  })

  it('does not stand in the way of anything where the store does not answer', async () => {
    await keep('wader')
    const key = await vaultKey()
    await vault.close()
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('gone', 'UnknownError')
    })
    await expect(health.lookAfter(key, Date.now())).resolves.toBeUndefined()
  })
})

describe('keepBeforeUpdate (VLT-7)', () => {
  it('keeps a snapshot when another version opens the vault, once', async () => {
    await keep('wader')
    const key = await vaultKey()
    await health.keepBeforeUpdate(key)
    const version = vi.spyOn(browser.runtime, 'getManifest')
    version.mockReturnValue({ version: '9.9.9' } as ReturnType<typeof browser.runtime.getManifest>)
    const updates = async () => (await vault.snapshots()).filter(({ reason }) => reason === 'update').length
    const before = await updates()
    await health.keepBeforeUpdate(key)
    await health.keepBeforeUpdate(key)
    expect(await updates()).toBe(before + 1)
    expect(await settings.lastVersion.get()).toBe('9.9.9')
  })

  it('keeps no vault shut, and takes none where the version cannot be kept', async () => {
    await keep('wader')
    const key = await vaultKey()
    await settings.lastVersion.set('8.8.8')
    const before = (await vault.snapshots()).length
    const set = vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('full'))
    await expect(health.keepBeforeUpdate(key)).resolves.toBeUndefined()
    set.mockRestore()
    expect(await vault.snapshots()).toHaveLength(before)
  })
})

describe('a vault that does not open as one', () => {
  it('is looked into without a write, then rebuilt (VLT-3, VLT-4)', async () => {
    const [first] = await keep('wader', 'marsh', 'reed')
    await damage(first!.id)
    await loseManifest()
    const [before, mirror] = [await dump(NAME), await mirrorOf(NAME)]
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
    const found = await health.salvage({ passphrase: PASSPHRASE })
    expect(found).toMatchObject({ open: 2, inSnapshot: 1, exact: false })
    expect(found.lost).toEqual([{ issuer: 'Heronbank', label: 'wader' }])
    const { entries, damaged } = await health.exportRemains({ passphrase: PASSPHRASE })
    expect(entries.map(({ label }) => label).toSorted()).toEqual(['marsh', 'reed', 'wader'])
    expect(damaged).toBe(0)
    expect(JSON.parse(await health.exportRaw())).toMatchObject({ type: 'latchkey-raw', unreadable: [] })
    expect(await dump(NAME)).toEqual(before)
    expect(await mirrorOf(NAME)).toEqual(mirror)
    const key = await vault.rebuild({ passphrase: PASSPHRASE })
    const labels = (await vault.read(key)).entries.filter(({ trashedAt }) => !trashedAt).map(({ label }) => label)
    expect(labels.toSorted()).toEqual(['marsh', 'reed', 'wader'])
  })

  it('put aside, is opened again after a fresh start and its accounts brought in (KEY-10)', async () => {
    const [kept] = await keep('wader', 'marsh')
    await vault.change(await vaultKey(), () => ({ remove: [kept!.id] }))
    const lost = await storeEntry(newEntry({ label: 'since' }))
    await damage(lost.id)
    await health.letGoOfLost()
    const at = (await vault.aside()).at(-1)!
    expect((await vault.read(await vaultKey())).entries.map(({ label }) => label)).toEqual(['marsh'])
    await vault.change(await vaultKey(), ({ entries }) => ({ remove: entries.map(({ id }) => id) }))
    expect(await health.importAside(at, { passphrase: PASSPHRASE }, Date.now())).toMatchObject({ added: 1, skipped: 0 })
    expect((await vault.read(await vaultKey())).entries.map(({ label }) => label)).toEqual(['marsh'])
  })

  it('counts wrong passphrases like an unlock (KEY-3)', async () => {
    await settings.passphraseGuesses.set(null)
    await expect(health.salvage({ passphrase: 'not this one at all' })).rejects.toThrow('vault/wrong-passphrase')
    expect(await settings.passphraseGuesses.get()).toMatchObject({ wrong: 1 })
    await settings.passphraseGuesses.set(null)
  })
})
