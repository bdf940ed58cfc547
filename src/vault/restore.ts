import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { type Contents, keyBytes } from './contents'
import type { Edit } from './edit'
import { keepSnapshot } from './history'
import type { VaultRecord } from './record'
import { type SnapshotReason, openSnapshot } from './snapshots'
import { type Stores, openToWrite, openWith } from './stores'
import { change } from './writing'

/** Keeps what the vault holds now; under the lock. */
export async function takeSnapshot(stores: Stores, key: string, reason: SnapshotReason): Promise<void> {
  for (;;) {
    const vault = await openToWrite(stores, key)
    const kept = await keepSnapshot(stores, key, vault, reason)
    if (await stores.db.write(vault.opened.manifest.generation, { rows: new Map(), ...kept })) return
  }
}

/** Under the lock. Throws `vault/snapshot-damaged`, `vault/snapshot-missing`. */
export async function restoreSnapshot(stores: Stores, key: string, takenAt: number): Promise<Contents> {
  const records = await readSnapshot(stores, key, takenAt)
  await takeSnapshot(stores, key, 'restore')
  return change(stores, key, (contents) => restoring(records, contents, stores.now()))
}

/** Opens a snapshot in memory: all of it, or `vault/snapshot-damaged`, `vault/snapshot-missing`. */
export async function readSnapshot(stores: Stores, key: string, takenAt: number): Promise<readonly VaultRecord[]> {
  const { opened } = await openWith(stores, key)
  const stored = (await stores.db.readSnapshots([takenAt])).get(takenAt)
  if (stored === undefined) throw new AppError('vault/snapshot-missing')
  return openSnapshot(keyBytes(key), opened.header.vaultId, stored)
}

/**
 * What brings a snapshot back. Nothing is thrown away by it: entries made since go to the trash, and whatever the MFA server or a
 * counter has moved on since stays as it is now, since the server will not go back with us (BND-3, OTP-4).
 */
export function restoring(records: readonly VaultRecord[], contents: Contents, now: number): Edit {
  const current = new Map(contents.entries.map((entry) => [entry.id, entry]))
  const ids = new Set(records.map(({ value }) => value.id))
  const restored = records.flatMap((record) => (record.kind === 'entry' ? [record.value] : []))
  const since = contents.entries.filter(({ id, trashedAt }) => !ids.has(id) && trashedAt === undefined)
  return {
    entries: [
      ...restored.map((entry) => withPresent(entry, current.get(entry.id))),
      ...since.map((entry) => (entry.binding ? entry : { ...entry, trashedAt: now })),
    ],
    servers: records.flatMap((record) => (record.kind === 'server' ? [record.value] : [])),
    order: records.map(({ value }) => value.id),
  }
}

/**
 * An entry that only a former state holds. Whether the server still has it bound is for the server's list to say; until then it is
 * as unsure as one whose confirmation went unanswered (BND-3).
 */
export function asFormer(entry: Entry): Entry {
  return entry.binding?.phase === 'bound' ? { ...entry, binding: { ...entry.binding, phase: 'confirming' } } : entry
}

function withPresent(entry: Entry, now: Entry | undefined): Entry {
  if (!now) return asFormer(entry)
  if (now.binding) return { ...now, issuer: entry.issuer, label: entry.label, sites: entry.sites }
  const counter = entry.counter === undefined ? {} : { counter: Math.max(entry.counter, now.counter ?? 0) }
  const lastStepUsed = Math.max(entry.lastStepUsed ?? -1, now.lastStepUsed ?? -1)
  return { ...entry, ...counter, ...(lastStepUsed < 0 ? {} : { lastStepUsed }) }
}
