import { type Bytes, bytesToBase64 } from '../core/bytes'
import { AppError } from '../core/errors'
import type { Changes } from './db'
import type { StoredHeader } from './header'
import { type Cell, sealManifest, sealRecord, vaultKeys } from './record'
import { isSnapshot, openSnapshot, sealSnapshot } from './snapshots'
import type { OpenVault, Stores } from './stores'

/** Everything that lies under the vault key, sealed under another one: records in their rows, manifest, snapshots. */
export async function rekeyed(
  stores: Stores,
  { opened, records }: OpenVault,
  before: Bytes,
  next: Bytes,
  header: StoredHeader,
): Promise<Changes> {
  const { vaultId } = opened.header
  const keys = await vaultKeys(next, vaultId)
  const generation = opened.manifest.generation + 1
  const lines = opened.manifest.records.map((line) => ({ ...line, generation }))
  const rows = new Map<number, { cells: Cell[] }>()
  for (const { id, row } of lines) {
    const record = records.get(id)
    if (!record) throw new AppError('vault/record-damaged', { count: 1 })
    const cells = rows.get(row)?.cells ?? []
    rows.set(row, { cells: [...cells, await sealRecord(keys, record, generation)] })
  }
  const manifest = { ...opened.manifest, generation, header: bytesToBase64(header.checksum), records: lines }
  return {
    header,
    manifest: await sealManifest(keys, manifest),
    rows,
    emptied: [...opened.rows.keys()].filter((row) => !rows.has(row)),
    ...(await rekeyedSnapshots(stores, vaultId, before, next)),
  }
}

/** A snapshot that does not open is dropped: under the new key it never would. */
async function rekeyedSnapshots(
  { db }: Stores,
  vaultId: string,
  before: Bytes,
  next: Bytes,
): Promise<Pick<Changes, 'snapshots' | 'dropped'>> {
  const snapshots = new Map<number, unknown>()
  const dropped: number[] = []
  for (const [time, stored] of await db.readSnapshots(await db.snapshotTimes())) {
    try {
      const records = await openSnapshot(before, vaultId, stored)
      if (isSnapshot(stored)) snapshots.set(time, await sealSnapshot(next, vaultId, stored, records))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      dropped.push(time)
    }
  }
  return { snapshots, dropped }
}
