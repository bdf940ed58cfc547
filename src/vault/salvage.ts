import { type Bytes, bytesToBase64 } from '../core/bytes'
import type { Entry, Server } from '../core/entry'
import { AppError } from '../core/errors'
import { bothStored, readCopies } from './copies'
import { type Stored, generationOf } from './db'
import { type Header, readHeader, storeHeader } from './header'
import { type Opener, unlock } from './opening'
import { puttingAside } from './raw'
import { asFormer } from './restore'
import {
  type Cell,
  type Line,
  type Manifest,
  type VaultKeys,
  type VaultRecord,
  CELLS_PER_ROW,
  cellsOf,
  openRecord,
  sealManifest,
  sealRecord,
  unsealManifest,
  vaultKeys,
} from './record'
import { isSnapshot, newestFirst, openSnapshot } from './snapshots'
import { type Stores, follow, reopen } from './stores'

/** What is left of a vault that no longer opens as one. */
export interface Salvage {
  entries: readonly Entry[]
  servers: readonly Server[]
  /** Ids of records that are there, or were listed, and open nowhere. */
  lost: readonly string[]
  /** Those of `lost` that the newest snapshot still holds in a former state. */
  inSnapshot: readonly string[]
  /** The entries among them, as they were: they tell the names of what is lost. */
  former: readonly Entry[]
  /** Ids of records that the snapshot holds and the stores do not: deleted since, or lost. */
  onlyInSnapshot: readonly string[]
  /** The entries among those. */
  onlyFormer: readonly Entry[]
  /** Servers that the snapshot holds and that open nowhere, lost or deleted since. */
  formerServers: readonly Server[]
  /** Whether a list of all records could be opened; without one, a record that left no trace is not missed. */
  exact: boolean
}

interface Remains extends Salvage {
  vaultKey: Bytes
  header: Header
  keys: VaultKeys
  /** In order: what opens, then what the snapshot adds. */
  rebuilt: readonly VaultRecord[]
  generation: number
  database: Stored
}

/** Opens what opens, in whichever store, without regard to what belongs together. Writes nothing (VLT-4). */
export async function salvage(stores: Stores, opener: Opener): Promise<Salvage> {
  const { entries, servers, lost, inSnapshot, former, onlyInSnapshot, onlyFormer, formerServers, exact } =
    await findRemains(stores, opener)
  return { entries, servers, lost, inSnapshot, former, onlyInSnapshot, onlyFormer, formerServers, exact }
}

/**
 * Makes a whole vault of the remains: what opens, what the snapshot still has of the lost, and in the trash what is in the snapshot
 * alone. What was there is put aside first. A vault that opens as one is left as it is. Answers the key. Under the lock.
 */
export async function rebuild(stores: Stores, opener: Opener): Promise<string> {
  return (await unlockWhole(stores, opener)) ?? rebuildRemains(stores, opener)
}

/** Null where the vault does not open as one: then there is something to rebuild. */
async function unlockWhole(stores: Stores, opener: Opener): Promise<string | null> {
  try {
    return await unlock(stores, opener, (work) => work())
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault/damaged') return null
    throw error
  }
}

async function rebuildRemains(stores: Stores, opener: Opener): Promise<string> {
  const { vaultKey, header, keys, rebuilt, generation, database } = await findRemains(stores, opener)
  const stored = await storeHeader(header)
  const to = generation + 1
  const cells = await Promise.all(rebuilt.map((record) => sealRecord(keys, record, to)))
  const lines = cells.map(({ id, kind }, i): Line => ({ id, kind, generation: to, row: Math.floor(i / CELLS_PER_ROW) }))
  const rows = new Map<number, { cells: Cell[] }>()
  for (const [i, { row }] of lines.entries())
    rows.set(row, { cells: [...(rows.get(row)?.cells ?? []), ...cells.slice(i, i + 1)] })
  const manifest = { generation: to, header: bytesToBase64(stored.checksum), records: lines }
  const emptied = [...database.rows.keys()].filter((row) => !rows.has(row))
  const changes = { header: stored, manifest: await sealManifest(keys, manifest), rows, emptied }
  const isNothing = database.header === undefined && database.manifest === undefined && database.rows.size === 0
  const expected = isNothing ? null : generationOf(database.manifest)
  const written = await stores.db.write(expected, { ...changes, aside: await puttingAside(stores) })
  if (!written) throw new AppError('vault/storage-failed')
  const key = bytesToBase64(vaultKey)
  await reopen(stores, key, to)
  await follow(stores, null, changes)
  return key
}

async function findRemains(stores: Stores, opener: Opener): Promise<Remains> {
  const copies = await readCopies(stores.db, stores.mirror)
  const stored = bothStored(copies)
  const { header, vaultKey } = await openAnyHeader(stored, opener)
  const keys = await vaultKeys(vaultKey, header.vaultId)
  const manifest = await newestManifest(keys, stored)
  const cells = stored.flatMap(({ rows }) => [...rows.values()].flatMap((row) => cellsOf(row) ?? []))
  const found = await openNewest(keys, cells)
  const snapshot = await newestSnapshot(stores, vaultKey, header.vaultId)
  const traces = cells.length > 0 ? cells.map(({ id }) => id) : snapshot.map(({ value }) => value.id)
  const listed = manifest ? manifest.records.map(({ id }) => id) : [...new Set(traces)]
  const opened = listed.flatMap((id) => found.get(id)?.record ?? [])
  const lost = listed.filter((id) => !found.has(id))
  const known = new Set(listed)
  const former = snapshot.filter(({ value }) => lost.includes(value.id))
  const only = snapshot.filter(({ value }) => !known.has(value.id))
  return {
    ...split(opened),
    lost,
    inSnapshot: former.map(({ value }) => value.id),
    former: split(former).entries,
    onlyInSnapshot: only.map(({ value }) => value.id),
    onlyFormer: split(only).entries,
    formerServers: split([...former, ...only]).servers,
    exact: manifest !== null,
    vaultKey,
    header,
    keys,
    rebuilt: [...opened, ...former.map(formerRecord), ...only.map((record) => trashed(record, stores.now()))],
    generation: Math.max(0, manifest?.generation ?? 0, ...cells.map(({ generation }) => Number(generation) || 0)),
    database: stored[0],
  }
}

/** Throws what the last header's slots answer to the secret; `vault/damaged` where no header is whole. */
async function openAnyHeader(stored: readonly Stored[], opener: Opener): Promise<{ header: Header; vaultKey: Bytes }> {
  let failure = new AppError('vault/damaged')
  for (const copy of stored) {
    try {
      const { header } = await readHeader(copy.header)
      return { header, vaultKey: await opener(header) }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'vault/newer-format') throw error
      if (error.code !== 'vault/damaged') failure = error
    }
  }
  throw failure
}

/** Whatever header it was sealed for: it is believed for what it lists, not for who may open it. */
async function newestManifest(keys: VaultKeys, stored: readonly Stored[]): Promise<Manifest | null> {
  const manifests = await Promise.all(stored.map(({ manifest }) => unsealManifest(keys, manifest)))
  const known = manifests.filter((manifest) => manifest !== null)
  return known.toSorted((a, b) => b.generation - a.generation)[0] ?? null
}

/** For each id the newest cell that opens as what it says it is. */
async function openNewest(
  keys: VaultKeys,
  cells: readonly Cell[],
): Promise<ReadonlyMap<string, { generation: number; record: VaultRecord }>> {
  const newest = new Map<string, { generation: number; record: VaultRecord }>()
  for (const cell of cells) {
    const known = newest.get(cell.id)
    if (known && known.generation >= cell.generation) continue
    const record = await openRecord(keys, { ...cell, row: 0 }, cell)
    if (record) newest.set(cell.id, { generation: cell.generation, record })
  }
  return newest
}

async function newestSnapshot({ db }: Stores, vaultKey: Bytes, vaultId: string): Promise<readonly VaultRecord[]> {
  try {
    const stored = await db.readSnapshots(await db.snapshotTimes())
    for (const snapshot of [...stored.values()].filter(isSnapshot).toSorted(newestFirst)) {
      const records = await openSnapshot(vaultKey, vaultId, snapshot).catch(() => null)
      if (records) return records
    }
  } catch (error) {
    // No snapshots to be had: the remains are what they are.
    if (!(error instanceof AppError)) throw error
  }
  return []
}

function split(records: readonly VaultRecord[]): Pick<Salvage, 'entries' | 'servers'> {
  return {
    entries: records.flatMap((record) => (record.kind === 'entry' ? [record.value] : [])),
    servers: records.flatMap((record) => (record.kind === 'server' ? [record.value] : [])),
  }
}

function formerRecord(record: VaultRecord): VaultRecord {
  return record.kind === 'entry' ? { kind: 'entry', value: asFormer(record.value) } : record
}

/** In the trash, unless an MFA server may still ask for its codes (BND-7). */
function trashed(former: VaultRecord, now: number): VaultRecord {
  const record = formerRecord(former)
  if (record.kind !== 'entry' || isHeld(record.value)) return record
  return { kind: 'entry', value: { ...record.value, trashedAt: now } }
}

function isHeld({ binding }: Entry): boolean {
  return binding?.phase === 'confirming' || binding?.phase === 'unbinding'
}
