import type { CarriedEntry } from '../../src/rpc/transfer-calls'
import { type Below, type Scene, contentsOf } from './scene'
import { spanOf, stopDuring } from './stop'
import { type Tally, hit } from './tally'

const ROWS = 12
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The background is stopped at a random moment in which an import is written (INP-10). */
export async function stopWhileImporting(scene: Scene, times: number, below: Below): Promise<Tally> {
  const { ask } = scene.own
  const span = await spanOf(() => ask.importEntries(rows(below)))
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    const before = new Set((await contentsOf(scene)).entries.map(({ id }) => id))
    const afterMs = below(span)
    await stopDuring(scene, ask.importEntries(rows(below)), afterMs)
    const after = (await contentsOf(scene)).entries.map(({ id }) => id)
    const added = after.filter((id) => !before.has(id)).length
    hit(landed, `${added} of ${ROWS} rows`)
    const isWhole = added === 0 || added === ROWS
    if (!isWhole || after.length - added !== before.size) lost.push(`stopped after ${afterMs} ms: ${added} rows`)
    if ((await ask.entries()).length !== after.length) lost.push(`stopped after ${afterMs} ms: not all is shown`)
  }
  return { tried: times, lost, landed }
}

/** Rows of an import, with secrets that were never here before. */
export function rows(below: Below): CarriedEntry[] {
  const batch = randomSecret(below).slice(0, 8)
  return Array.from({ length: ROWS }, (_, row) => ({
    type: 'totp',
    issuer: 'Imported',
    label: `row ${row} of ${batch}`,
    secret: randomSecret(below),
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    sites: [],
  }))
}

/** 160 bits in Base32. */
export function randomSecret(below: Below): string {
  return Array.from({ length: 32 }, () => LETTERS[below(32)]).join('')
}
