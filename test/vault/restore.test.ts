import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'

import type { Binding, Entry } from '../../src/core/entry'
import { restoring } from '../../src/vault/restore'
import type { StoredSnapshot } from '../../src/vault/snapshots'
import { type Vault, openVault } from '../../src/vault/vault'
import { CHEAP_KDF, PASSPHRASE, freshName, newEntry, newServer, snapshotsOf } from './support'

const DAY = 86_400_000
const START = 20_000 * DAY

let now = START

async function vaultWithClock(): Promise<{ vault: Vault; key: string; name: string }> {
  now = START
  const name = freshName()
  const vault = openVault({ databaseName: name, kdf: CHEAP_KDF, kdfFloor: CHEAP_KDF, now: () => now })
  return { vault, key: await vault.create(PASSPHRASE), name }
}

describe('snapshots of a vault', () => {
  it('are taken before the first change of each day, and the last five stay (VLT-7)', async () => {
    const { vault, key } = await vaultWithClock()
    for (let day = 0; day < 9; day++) {
      now = START + day * DAY
      await vault.change(key, () => ({ entries: [newEntry()] }))
      now += 5
      await vault.change(key, () => ({ entries: [newEntry()] }))
    }
    const snapshots = await vault.snapshots()
    expect(snapshots.map(({ takenAt }) => (takenAt - START) / DAY)).toEqual([8, 7, 6, 5, 4])
    expect(snapshots.map(({ records }) => records)).toEqual([16, 14, 12, 10, 8])
    expect(snapshots.every((snapshot) => !('sealed' in snapshot))).toBe(true)
    for (const { takenAt, records } of snapshots) expect(await vault.readSnapshot(key, takenAt)).toHaveLength(records)
  })

  it('are taken before a change of passphrase, and open with the new one', async () => {
    const { vault, key } = await vaultWithClock()
    await vault.change(key, () => ({ entries: [newEntry()] }))
    await vault.changePassphrase(PASSPHRASE, 'the next passphrase')
    const [snapshot] = await vault.snapshots()
    expect(snapshot).toMatchObject({ reason: 'passphrase', records: 1 })
    expect(await vault.readSnapshot(await vault.unlock('the next passphrase'), snapshot!.takenAt)).toHaveLength(1)
  })

  it('survive a change of the vault key', async () => {
    const { vault, key, name } = await vaultWithClock()
    const entry = newEntry()
    await vault.change(key, () => ({ entries: [entry] }))
    await vault.takeSnapshot(key, 'import')
    const before = await snapshotsOf(name)
    await vault.change(key, () => ({ remove: [entry.id] }))
    const next = await vault.changeKey(PASSPHRASE, PASSPHRASE)
    expect(await vault.readSnapshot(next, START)).toHaveLength(1)
    await expect(vault.readSnapshot(key, START)).rejects.toThrow('vault/damaged')
    expect(await snapshotsOf(name)).not.toEqual(before)
    expect((await vault.restoreSnapshot(next, START)).entries).toEqual([entry])
  })

  it('bring back what was, after keeping what is (VLT-7)', async () => {
    const { vault, key } = await vaultWithClock()
    const [kept, deleted, since] = [newEntry({ label: 'kept' }), newEntry(), newEntry()]
    await vault.change(key, () => ({ entries: [kept, deleted], servers: [newServer()] }))
    await vault.takeSnapshot(key, 'import')
    const before = await vault.read(key)
    await vault.change(key, () => ({ entries: [{ ...kept, label: 'renamed' }, since], remove: [deleted.id] }))
    now += 7
    const after = await vault.restoreSnapshot(key, START)
    expect(after.entries).toEqual([kept, deleted, { ...since, trashedAt: now }])
    expect(after.servers).toEqual(before.servers)
    const [undo] = await vault.snapshots()
    expect(undo).toMatchObject({ reason: 'restore', takenAt: now })
    const again = await vault.restoreSnapshot(key, undo!.takenAt)
    expect(again.entries.map(({ label }) => label)).toContain('renamed')
  })

  it('are named apart when they are taken at the same moment', async () => {
    const { vault, key } = await vaultWithClock()
    for (let i = 0; i < 3; i++) await vault.takeSnapshot(key, 'import')
    expect((await vault.snapshots()).map(({ takenAt }) => takenAt - START)).toEqual([2, 1, 0])
  })

  it('are kept before what they are for, though others are dated ahead of them (VLT-7)', async () => {
    const { vault, key } = await vaultWithClock()
    now = START + 5_000 * DAY
    await vault.change(key, () => ({ entries: [newEntry({ label: 'first' })] }))
    for (let i = 0; i < 4; i++) await vault.takeSnapshot(key, 'asked')
    now = START
    await vault.change(key, () => ({ entries: [newEntry({ label: 'since' })] }))
    await vault.takeSnapshot(key, 'import')
    const [newest, ahead] = await vault.snapshots()
    expect(newest).toMatchObject({ reason: 'import', takenAt: START + 1, records: 2 })
    await vault.restoreSnapshot(key, ahead!.takenAt)
    const [undo] = await vault.snapshots()
    expect(undo).toMatchObject({ reason: 'restore', records: 2 })
    const again = await vault.restoreSnapshot(key, undo!.takenAt)
    expect(again.entries.map(({ label, trashedAt }) => [label, trashedAt])).toContainEqual(['since', undefined])
  })

  it('say which is damaged or gone', async () => {
    const { vault, key, name } = await vaultWithClock()
    await vault.takeSnapshot(key, 'import')
    await expect(vault.readSnapshot(key, 5)).rejects.toThrow('vault/snapshot-missing')
    const stored = (await snapshotsOf(name)).get(START) as StoredSnapshot
    stored.sealed[13]! ^= 1
    await putSnapshot(name, stored)
    await expect(vault.readSnapshot(key, START)).rejects.toThrow('vault/snapshot-damaged')
    await expect(vault.restoreSnapshot(key, START)).rejects.toThrow('vault/snapshot-damaged')
  })
})

describe('restoring', () => {
  const binding: Binding = { serverId: 's', account: 'a', userId: 'u', phase: 'bound' }

  function restored(then: Entry, current: Entry): Entry {
    const contents = { entries: [current], servers: [], damaged: [], generation: 1 }
    return restoring([{ kind: 'entry', value: then }], contents, 9).entries![0]!
  }

  it('never goes back behind a counter or a step that was used (OTP-4, BND-10)', () => {
    const then = newEntry({ type: 'hotp', counter: 5, lastStepUsed: 7 })
    expect(restored(then, { ...then, counter: 8, lastStepUsed: 6 })).toMatchObject({ counter: 8, lastStepUsed: 7 })
    expect(restored(then, { ...then, counter: 3, lastStepUsed: 70 })).toMatchObject({ counter: 5, lastStepUsed: 70 })
  })

  it('leaves to the present what a server relies on (BND-3)', () => {
    const then = newEntry({ label: 'then', recoveryCode: 'old' })
    const current = { ...then, label: 'now', recoveryCode: 'new', binding, secret: new Uint8Array(20).fill(7) }
    expect(restored(then, current)).toEqual({ ...current, label: 'then' })
  })

  it('says of what is gone by now only that the server may have it bound (BND-3)', () => {
    const contents = { entries: [], servers: [], damaged: [], generation: 1 }
    const phaseOf = (phase: Binding['phase']): unknown => {
      const value = newEntry({ binding: { ...binding, phase } })
      return restoring([{ kind: 'entry', value }], contents, 9).entries![0]!.binding!.phase
    }
    expect(phaseOf('bound')).toBe('confirming')
    expect(phaseOf('associated')).toBe('associated')
    expect(phaseOf('unbound')).toBe('unbound')
  })

  it('moves nothing to the trash that is bound', () => {
    const since = newEntry({ binding })
    const contents = { entries: [since], servers: [], damaged: [], generation: 1 }
    expect(restoring([], contents, 9).entries).toEqual([since])
  })
})

async function putSnapshot(name: string, snapshot: StoredSnapshot): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(name)
    request.addEventListener('error', () => reject(new Error('no database')))
    request.addEventListener('success', () => {
      const tx = request.result.transaction('snapshots', 'readwrite')
      tx.objectStore('snapshots').put(snapshot, snapshot.takenAt)
      tx.addEventListener('complete', () => {
        request.result.close()
        resolve()
      })
    })
  })
}
