import { bytesToBase64 } from '../core/bytes'
import type { Entry, Server } from '../core/entry'
import { AppError } from '../core/errors'
import { type Opened, openRecords } from './contents'
import type { Changes } from './db'
import {
  CELLS_PER_ROW,
  type Cell,
  type Line,
  type Manifest,
  type VaultRecord,
  cellsOf,
  recordText,
  sealManifest,
  sealRecord,
} from './record'

/** What to change, all in one write. Whatever is not named stays as it is. */
export interface Edit {
  /** Entries to add (a new id goes to the end) or to replace (a known id keeps its place). */
  entries?: readonly Entry[]
  servers?: readonly Server[]
  /** Ids of records to remove. */
  remove?: readonly string[]
  /** The new order, by id. Records not named follow behind in their old order. */
  order?: readonly string[]
}

/** A write that is ready: what goes to the store, and what must be found there afterwards. */
export interface Plan {
  changes: Changes
  manifest: Manifest
  written: readonly VaultRecord[]
  /** The rows that are touched. */
  rows: readonly number[]
}

/** Seals what is new and lays it out in rows; touches no row that it need not. */
export async function planWrite(opened: Opened, edit: Edit): Promise<Plan> {
  const generation = opened.manifest.generation + 1
  const written = writtenRecords(edit)
  const gone = new Set(edit.remove)
  const lines = layOut(opened, written, gone, generation)
  const manifest: Manifest = {
    generation,
    header: bytesToBase64(opened.checksum),
    records: inOrder(lines, edit.order ?? []),
  }
  const cells = await Promise.all(written.map((record) => sealRecord(opened.keys, record, generation)))
  const rows = touchedRows(opened, manifest, cells, gone)
  const changes = { manifest: await sealManifest(opened.keys, manifest), ...splitRows(rows) }
  return { changes, manifest, written, rows: [...rows.keys()] }
}

/**
 * The written records as they are opened from the store again (BND-1). Throws `vault/storage-failed` where the store
 * does not hold what it said it holds; a record that somebody else has changed since is theirs to check.
 */
export async function readBack(reopened: Opened, plan: Plan): Promise<Map<string, VaultRecord | null>> {
  const ids = new Set(plan.written.map(({ value }) => value.id))
  const records = await openRecords(reopened, ids)
  const lines = new Map(reopened.manifest.records.map((line) => [line.id, line]))
  const superseded = reopened.manifest.generation > plan.manifest.generation
  for (const record of plan.written) {
    const { id } = record.value
    if (superseded && lines.get(id)?.generation !== plan.manifest.generation) records.set(id, record)
    const found = records.get(id)
    if (!found || recordText(found) !== recordText(record)) throw new AppError('vault/storage-failed')
  }
  return records
}

function writtenRecords({ entries = [], servers = [] }: Edit): VaultRecord[] {
  const records = [
    ...entries.map((value) => ({ kind: 'entry', value }) as const),
    ...servers.map((value) => ({ kind: 'server', value }) as const),
  ]
  return [...new Map(records.map((record) => [record.value.id, record])).values()]
}

/** The manifest's lines after the edit: known records keep their row, new ones go where there is room. */
function layOut(
  { manifest, rows }: Opened,
  written: readonly VaultRecord[],
  gone: ReadonlySet<string>,
  generation: number,
): Line[] {
  const lines = new Map(manifest.records.filter(({ id }) => !gone.has(id)).map((line) => [line.id, line]))
  const nextRow = rowsWithRoom(rows, gone)
  for (const { kind, value } of written) {
    const row = lines.get(value.id)?.row ?? nextRow.next().value
    lines.set(value.id, { id: value.id, kind, generation, row })
  }
  return [...lines.values()]
}

/** One row number for each free cell, lowest row first, new rows after the last. A row that is damaged as a whole gets nothing. */
function* rowsWithRoom(rows: Opened['rows'], gone: ReadonlySet<string>): Generator<number, never> {
  for (let row = 0; ; row++) {
    const cells = rows.has(row) ? cellsOf(rows.get(row)) : []
    const taken = cells ? cells.filter(({ id }) => !gone.has(id)).length : CELLS_PER_ROW
    for (let free = taken; free < CELLS_PER_ROW; free++) yield row
  }
}

function inOrder(lines: readonly Line[], order: readonly string[]): Line[] {
  const places = new Map(order.map((id, place) => [id, place]))
  const placeOf = ({ id }: Line): number => places.get(id) ?? order.length
  return lines.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** Each row that gains, changes or loses a cell, with the cells it will hold. Cells nobody named stay as they lie, open or not. */
function touchedRows(
  { rows }: Opened,
  manifest: Manifest,
  cells: readonly Cell[],
  gone: ReadonlySet<string>,
): Map<number, readonly Cell[]> {
  const replaced = new Set([...gone, ...cells.map(({ id }) => id)])
  const rowOf = new Map(manifest.records.map(({ id, row }) => [id, row]))
  const touched = new Map<number, readonly Cell[]>()
  for (const row of new Set([...rows.keys(), ...rowOf.values()])) {
    const before = cellsOf(rows.get(row)) ?? []
    const kept = before.filter(({ id }) => !replaced.has(id))
    const added = cells.filter(({ id }) => rowOf.get(id) === row)
    if (added.length > 0 || kept.length < before.length) touched.set(row, [...kept, ...added])
  }
  return touched
}

function splitRows(rows: ReadonlyMap<number, readonly Cell[]>): Pick<Changes, 'rows' | 'emptied'> {
  const filled = [...rows].filter(([, cells]) => cells.length > 0)
  return {
    rows: new Map(filled.map(([row, cells]) => [row, { cells }])),
    emptied: [...rows].filter(([, cells]) => cells.length === 0).map(([row]) => row),
  }
}
