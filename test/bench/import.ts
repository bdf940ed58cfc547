import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewEntry } from '../../src/core/entry'
import { FILE_LIMITS } from '../../src/formats/limits'
import { exportFormats, writeExport } from '../../src/formats/index'
import { EXPORT_CHOICES } from '../../src/ui/export-choices'
import type { Findings, Goal } from './bench'

const ENTRIES = 10_000
const PASSWORD = 'reeds in the wind'
/**
 * What the largest file may take, even on a busy machine: ten seconds, and a tenth of what a page may use. Three come nearest to it, by
 * what is not ours to hasten: our own backup by its key derivation, KeePass by that and the XML of its library, and the printed page
 * because its drawings leave room for a thousand accounts alone, which the start of the process outweighs.
 */
const LEAST_PER_SECOND = 1_000
const MOST_MIB = 400

/** What the child found: how long one reading took, how much memory it took beyond what was there, how many came out. */
export interface ImportFigures {
  readonly ms: number
  readonly mib: number
  readonly entries: number
}

/** Reads ten thousand accounts in each format that is written, each in a process of its own, so that memory can be told apart. */
export async function benchImport(): Promise<Findings> {
  const figures: Record<string, number> = {}
  const goals: Goal[] = []
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-import-'))
  for (const format of exportFormats) {
    const password = EXPORT_CHOICES.find((choice) => choice.format === format)?.password === 'always' ? PASSWORD : ''
    const found = await measure(format, password, join(folder, format))
    const perSecond = Math.round((1000 * found.entries) / found.ms)
    figures[`${format}: entries`] = found.entries
    figures[`${format}: entries per second`] = perSecond
    figures[`${format}: peak memory (MiB)`] = Math.round(found.mib)
    goals.push({ name: `${format}: entries per second`, figure: perSecond, least: LEAST_PER_SECOND })
    goals.push({ name: `${format}: peak memory (MiB)`, figure: Math.round(found.mib), most: MOST_MIB })
  }
  rmSync(folder, { recursive: true })
  return { figures, goals }
}

/** As many as the format fits into a file that is read at all. */
async function measure(format: string, password: string, path: string): Promise<ImportFigures> {
  const options = password === '' ? {} : { password }
  let entries = accounts(ENTRIES)
  let { bytes } = await writeExport(format, entries, options)
  while (bytes.length > FILE_LIMITS.fileBytes) {
    entries = entries.slice(0, Math.floor((0.9 * entries.length * FILE_LIMITS.fileBytes) / bytes.length))
    bytes = (await writeExport(format, entries, options)).bytes
  }
  writeFileSync(path, bytes)
  const child = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'test/bench/import-one.ts', path, password],
    { encoding: 'utf8' },
  )
  if (child.status !== 0) throw new Error(child.stderr)
  return JSON.parse(child.stdout) as ImportFigures
}

/** Accounts that every format holds, each with a secret of its own. */
function accounts(count: number): NewEntry[] {
  return Array.from({ length: count }, (_, i) => ({
    type: 'totp',
    issuer: `Issuer ${i % 500}`,
    label: `account-${i}@example.com`,
    secret: Uint8Array.from({ length: 20 }, (_byte, j) => (i * 31 + j * 17 + (i >> 8)) & 0xff),
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
  }))
}
