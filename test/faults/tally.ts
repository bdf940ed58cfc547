import { appendFileSync } from 'node:fs'

/** What came of one fault. */
export interface Tally {
  tried: number
  /** Each loss, by what was found wrong. */
  lost: readonly string[]
  /** What the fault hit, and how often: whether it was spread over all there is to hit. */
  landed?: ReadonlyMap<string, number>
}

/** A line of the fault bench's table. */
export interface FaultRow {
  fault: string
  tried: number
  lost: number
  /** Where it was tried: a browser's name, or `Node`. */
  where: string
}

/** `FAULTS=full` asks for the figures of the requirements, else a sample is enough. */
export const FULL = process.env['FAULTS'] === 'full'

/** `SEED` repeats the random choices of a run. */
export const SEED = Number(process.env['SEED'] ?? 20261121)

/** Counts one more of `what`. */
export function hit(landed: Map<string, number>, what: string): void {
  landed.set(what, (landed.get(what) ?? 0) + 1)
}

/** Prints `fault, tried, lost`, and leaves the row for the bench in the file that `FAULTS_FILE` names. */
export function note(row: FaultRow, landed: Tally['landed'] = new Map()): void {
  process.stdout.write(`${row.fault}, ${row.tried}, ${row.lost} (${row.where})\n`)
  if (landed.size > 0)
    process.stdout.write(`  hit: ${[...landed].map(([what, often]) => `${what} ${often}`).join(', ')}\n`)
  const file = process.env['FAULTS_FILE']
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`)
}
