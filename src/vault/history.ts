import { keyBytes } from './contents'
import type { Changes } from './db'
import {
  type SnapshotInfo,
  type SnapshotReason,
  type StoredSnapshot,
  isDue,
  isSnapshot,
  newestFirst,
  nextSequence,
  sealSnapshot,
  tooMany,
} from './snapshots'
import type { OpenVault, Stores } from './stores'

/** The part of a write that keeps a snapshot of the state before it. */
export type Keeping = Pick<Changes, 'snapshots' | 'dropped'>

/** A snapshot as it lies there: what is said of it, and how much room it takes. */
export interface KeptSnapshot extends SnapshotInfo {
  bytes: number
}

/** What is kept, newest first. Needs no key. */
export async function listSnapshots(stores: Stores): Promise<readonly KeptSnapshot[]> {
  const stored = await allSnapshots(stores)
  const kept = stored.map(({ sealed, ...info }) => ({ ...info, bytes: sealed.length }))
  return kept.toSorted(newestFirst)
}

/** Keeps the state from before the first change of a day. */
export async function dailySnapshot(stores: Stores, key: string, vault: OpenVault): Promise<Keeping> {
  if (vault.records.size === 0 || !isDue(await stores.db.snapshotTimes(), stores.now())) return {}
  return keepSnapshot(stores, key, vault, 'daily')
}

/** Seals what the vault holds, and says which older snapshots make room for it. */
export async function keepSnapshot(
  stores: Stores,
  key: string,
  { opened, records }: OpenVault,
  reason: SnapshotReason,
): Promise<Keeping> {
  const before = await allSnapshots(stores)
  const times = new Set(before.map(({ takenAt }) => takenAt))
  let takenAt = stores.now()
  while (times.has(takenAt)) takenAt++
  const inOrder = opened.manifest.records.flatMap(({ id }) => records.get(id) ?? [])
  const { generation } = opened.manifest
  const vaultKey = keyBytes(key)
  const named = { takenAt, reason, generation, sequence: nextSequence(before) }
  const snapshot = await sealSnapshot(vaultKey, opened.header.vaultId, named, inOrder)
  vaultKey.fill(0)
  return { snapshots: new Map([[takenAt, snapshot]]), dropped: tooMany(before, snapshot) }
}

async function allSnapshots({ db }: Stores): Promise<readonly StoredSnapshot[]> {
  const stored = await db.readSnapshots(await db.snapshotTimes())
  return [...stored.values()].filter(isSnapshot)
}
