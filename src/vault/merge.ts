import { type Opened, cellName, findCells } from './contents'
import type { Stored } from './db'
import { type Items, rowName } from './mirror'
import { type Cell, type Line, type VaultRecord, cellsOf, openRecord } from './record'

/** Every listed record, null where it opens in neither copy, and the rows that hold them. */
export interface Merged {
  records: Map<string, VaultRecord | null>
  rows: Stored['rows']
}

/** Every listed record from the first copy in which it opens, and the rows as both copies should have them. */
export async function mergeRecords(
  opened: Opened,
  [database, mirror]: readonly [Stored, Stored],
  items: readonly [Items, Items],
): Promise<Merged> {
  const first = await openCells(opened, database)
  const same = ({ row }: Line): boolean => items[0].get(rowName(row)) === items[1].get(rowName(row))
  const copies = [first, await openCells(opened, mirror, (line) => (same(line) ? first.found.get(line.id) : undefined))]
  const records: Merged['records'] = new Map()
  const linesOf = new Map<number, Line[]>()
  for (const line of opened.manifest.records) {
    records.set(line.id, copies.map(({ found }) => found.get(line.id)?.record).find((record) => record) ?? null)
    const lines = linesOf.get(line.row)
    if (lines) lines.push(line)
    else linesOf.set(line.row, [line])
  }
  const rows = [...linesOf].map(([row, lines]) => [row, mergeRow(row, lines, copies)] as const)
  return { records, rows: new Map(rows.filter(([, { cells }]) => cells.length > 0)) }
}

/** One copy of the rows, and what opens in it: each listed record's cell, wherever it lies. */
interface OpenedCopy {
  rows: Stored['rows']
  found: ReadonlyMap<string, OpenedCell>
}

interface OpenedCell {
  cell: Cell
  record: VaultRecord
}

/** `known` answers what was opened already, from the very same bytes. */
async function openCells(
  { keys, manifest }: Opened,
  { rows }: Stored,
  known: (line: Line) => OpenedCell | undefined = () => undefined,
): Promise<OpenedCopy> {
  const cells = findCells(rows)
  const found = await Promise.all(
    manifest.records.map(async (line) => {
      const cell = cells.get(cellName(line))
      const record = known(line)?.record ?? (await openRecord(keys, line, cell))
      return cell && record ? ([[line.id, { cell, record }]] as const) : []
    }),
  )
  return { rows, found: new Map(found.flat()) }
}

/** The row as it lies in the first copy where it holds its records and nothing else; else put together from both. */
function mergeRow(row: number, lines: readonly Line[], copies: readonly OpenedCopy[]): { cells: readonly Cell[] } {
  for (const { rows, found } of copies) {
    const cells = cellsOf(rows.get(row)) ?? []
    const good = new Set(lines.map(({ id }) => found.get(id)?.cell))
    if (cells.length === lines.length && cells.every((cell) => good.has(cell))) return { cells }
  }
  const damaged = copies.flatMap(({ rows }) => cellsOf(rows.get(row)) ?? [])
  const cells = lines.map(({ id }) => {
    const good = copies.map(({ found }) => found.get(id)?.cell).find((cell) => cell)
    return good ?? damaged.find((cell) => cell.id === id)
  })
  return { cells: cells.filter((cell) => cell !== undefined) }
}
