import { type Bytes, base64ToBytes } from '../core/bytes'
import type { Entry, Server } from '../core/entry'
import { AppError } from '../core/errors'
import type { Stored } from './db'
import { KEY_BYTES } from '../crypto/keys'
import { type Header, readHeader } from './header'
import {
  type Cell,
  type Manifest,
  type VaultKeys,
  type VaultRecord,
  cellsOf,
  openManifest,
  openRecord,
  vaultKeys,
} from './record'

/** What the vault holds. Entries and servers are in the user's order. */
export interface Contents {
  entries: readonly Entry[]
  servers: readonly Server[]
  /** Ids of records that should be there and do not open; the others are not touched by it (VLT-2). */
  damaged: readonly string[]
  /** Rises by one with each write. */
  generation: number
}

/** A vault read in one transaction and found to belong together: what a write goes by. */
export interface Opened {
  keys: VaultKeys
  header: Header
  checksum: Bytes
  manifest: Manifest
  rows: Stored['rows']
}

/** Checks header and manifest, opens no record yet. Throws `vault/damaged`, `vault/newer-format`. */
export async function openStored(stored: Stored, key: string): Promise<Opened> {
  const { header, checksum } = await readHeader(stored.header)
  const vaultKey = keyBytes(key)
  const keys = await vaultKeys(vaultKey, header.vaultId)
  vaultKey.fill(0)
  const manifest = await openManifest(keys, stored.manifest, checksum)
  return { keys, header, checksum, manifest, rows: stored.rows }
}

/** The vault key from its text. Throws `vault/locked` for a text that is none. */
export function keyBytes(key: string): Bytes {
  const bytes = base64ToBytes(key)
  if (bytes?.length !== KEY_BYTES) throw new AppError('vault/locked')
  return bytes
}

/** The records named in the manifest (those of `ids`, or all), opened side by side; null for one that does not open. */
export async function openRecords(
  { keys, manifest, rows }: Opened,
  ids?: ReadonlySet<string>,
): Promise<Map<string, VaultRecord | null>> {
  const cells = findCells(rows)
  const lines = ids ? manifest.records.filter(({ id }) => ids.has(id)) : manifest.records
  const records = await Promise.all(lines.map((line) => openRecord(keys, line, cells.get(cellName(line)))))
  return new Map(lines.map(({ id }, i) => [id, records[i] ?? null]))
}

/** The manifest's order with the records in it. */
export function toContents(manifest: Manifest, records: ReadonlyMap<string, VaultRecord | null>): Contents {
  const entries: Entry[] = []
  const servers: Server[] = []
  const damaged: string[] = []
  for (const { id } of manifest.records) {
    const record = records.get(id)
    if (record?.kind === 'entry') entries.push(record.value)
    else if (record?.kind === 'server') servers.push(record.value)
    else damaged.push(id)
  }
  return { entries, servers, damaged, generation: manifest.generation }
}

/** By id, kind and generation, wherever they lie: a stale copy in another row is not taken for the record. */
export function findCells(rows: Stored['rows']): ReadonlyMap<string, Cell> {
  const cells = [...rows.values()].flatMap((row) => cellsOf(row) ?? [])
  return new Map(cells.map((cell) => [cellName(cell), cell]))
}

/** What a line of the manifest and its cell have in common. */
export function cellName({ id, kind, generation }: Omit<Cell, 'sealed'>): string {
  return `${id} ${kind} ${generation}`
}
