import { type Bytes, base64ToBytes, bytesToBase64, bytesToText, textToBytes } from '../core/bytes'
import type { Entry, Server } from '../core/entry'
import { AppError } from '../core/errors'
import { purposeKey } from '../crypto/keys'
import { type Context, open, seal } from '../crypto/seal'
import { SEAL_VERSION } from './format'

/** How many records share a row: it is the number of rows that a read costs, and their size that a write does. */
export const CELLS_PER_ROW = 64

/** A record as the rest of the product knows it. */
export type VaultRecord = { kind: 'entry'; value: Entry } | { kind: 'server'; value: Server }

/** One line of the manifest: a record that must be there, the vault's generation when it was last written, and its row. */
export interface Line {
  id: string
  kind: VaultRecord['kind']
  generation: number
  row: number
}

/** What the vault holds, in the user's order; sealed, so that nothing can be added, left out or replayed (VLT-1). */
export interface Manifest {
  /** Rises by one with each write. */
  generation: number
  /** SHA-256 of the header's text in Base64: an older header, with an older passphrase, does not fit. */
  header: string
  records: readonly Line[]
}

export interface StoredManifest {
  generation: number
  sealed: Bytes
}

/** One sealed record. What stands in clear beside it is bound to it; it lets a record be opened when the manifest is lost. */
export interface Cell {
  id: string
  kind: VaultRecord['kind']
  generation: number
  sealed: Bytes
}

export interface StoredRow {
  cells: readonly Cell[]
}

/** The keys of an unlocked vault, in memory for one action. */
export interface VaultKeys {
  vaultId: string
  records: CryptoKey
  manifest: CryptoKey
}

export async function vaultKeys(vaultKey: Bytes, vaultId: string): Promise<VaultKeys> {
  const [records, manifest] = await Promise.all([
    purposeKey(vaultKey, vaultId, 'records'),
    purposeKey(vaultKey, vaultId, 'manifest'),
  ])
  return { vaultId, records, manifest }
}

export async function sealManifest(keys: VaultKeys, manifest: Manifest): Promise<StoredManifest> {
  const { generation } = manifest
  const plaintext = textToBytes(JSON.stringify(manifest))
  return { generation, sealed: await seal(keys.manifest, plaintext, manifestContext(keys.vaultId, generation)) }
}

/** Throws `vault/damaged` for a manifest that was not sealed with these keys and for the header of this `checksum`. */
export async function openManifest(keys: VaultKeys, stored: unknown, checksum: Bytes): Promise<Manifest> {
  const manifest = await unsealManifest(keys, stored)
  if (manifest?.header !== bytesToBase64(checksum)) throw new AppError('vault/damaged')
  return manifest
}

/** The manifest, whichever header it was made for; null where it was not sealed with these keys. */
export async function unsealManifest(keys: VaultKeys, stored: unknown): Promise<Manifest | null> {
  const { generation, sealed } = (stored ?? {}) as Partial<Record<keyof StoredManifest, unknown>>
  if (typeof generation !== 'number' || !isBytes(sealed)) return null
  const plaintext = await open(keys.manifest, sealed, manifestContext(keys.vaultId, generation))
  const text = plaintext && bytesToText(plaintext)
  return text ? (JSON.parse(text) as Manifest) : null
}

export async function sealRecord(keys: VaultKeys, record: VaultRecord, generation: number): Promise<Cell> {
  const cell = { id: record.value.id, kind: record.kind, generation }
  return {
    ...cell,
    sealed: await seal(keys.records, textToBytes(recordText(record)), recordContext(keys.vaultId, cell)),
  }
}

/** The record in a cell; null where the cell is not the very one that `line` speaks of. */
export async function openRecord(keys: VaultKeys, line: Line, cell: Cell | undefined): Promise<VaultRecord | null> {
  if (!cell) return null
  const plaintext = await open(keys.records, cell.sealed, recordContext(keys.vaultId, line))
  const text = plaintext && bytesToText(plaintext)
  return text ? parseRecord(line, text) : null
}

/** What is sealed: the record as JSON without its id, which is bound beside it. Equal texts mean equal records. */
export function recordText({ kind, value }: VaultRecord): string {
  const { id: _id, ...rest } = value
  return JSON.stringify(kind === 'entry' ? { ...rest, secret: bytesToBase64((value as Entry).secret) } : rest)
}

/** The cells of a stored row; null where it is no row at all. What is no cell in it is passed over. */
export function cellsOf(stored: unknown): readonly Cell[] | null {
  const { cells } = (stored ?? {}) as { cells?: unknown }
  return Array.isArray(cells) ? cells.filter(isCell) : null
}

/** The record again; null where it is none. */
export function parseRecord({ id, kind }: Pick<Line, 'id' | 'kind'>, text: string): VaultRecord | null {
  const parsed = JSON.parse(text) as Record<string, unknown>
  if (kind === 'server') return { kind, value: { ...parsed, id } as Server }
  const secret = typeof parsed['secret'] === 'string' ? base64ToBytes(parsed['secret']) : null
  return secret && { kind, value: { ...parsed, id, secret } as unknown as Entry }
}

function manifestContext(vaultId: string, generation: number): Context {
  return ['latchkey/manifest', SEAL_VERSION, vaultId, generation]
}

function recordContext(vaultId: string, { id, kind, generation }: Pick<Line, 'id' | 'kind' | 'generation'>): Context {
  return ['latchkey/record', SEAL_VERSION, vaultId, id, kind, generation]
}

function isCell(value: unknown): value is Cell {
  const { id, sealed } = (value ?? {}) as Partial<Record<keyof Cell, unknown>>
  return typeof id === 'string' && isBytes(sealed)
}

function isBytes(value: unknown): value is Bytes {
  return value instanceof Uint8Array
}
