import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { FaultRow } from '../faults/tally'
import type { Findings } from './bench'

/** The tests that know faults, and how they are run: those without a browser, and those with the built extension. */
const SUITES: readonly (readonly string[])[] = [
  ['test/vault', 'test/mfa', '--testTimeout', '3600000'],
  ['--config', 'test/e2e/vitest.config.ts', 'test/e2e/faults.test.ts', 'test/e2e/profile.test.ts'],
]

/** Where the table stands in the README. */
const TABLE = /(?<=<!-- faults -->\n)[\s\S]*?(?=<!-- \/faults -->)/

/** Tries every fault as often as its requirement says, and writes what came of it into the README's table. */
export async function benchFaults(): Promise<Findings> {
  const rows = runSuites()
  await refreshReadme(rows, new Date())
  return {
    figures: Object.fromEntries(rows.map(({ fault, where, tried }) => [`${fault} (${where})`, tried])),
    goals: rows.map(({ fault, where, lost }) => ({ name: `lost: ${fault} (${where})`, figure: lost, most: 0 })),
  }
}

function runSuites(): FaultRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-faults-'))
  const file = join(folder, 'rows')
  build()
  for (const suite of SUITES) {
    spawnSync(join('node_modules', '.bin', 'vitest'), ['run', ...suite], {
      stdio: 'inherit',
      env: { ...process.env, FAULTS: 'full', FAULTS_FILE: file },
      shell: process.platform === 'win32',
    })
  }
  const rows = readRows(file)
  rmSync(folder, { recursive: true })
  return rows
}

function build(): void {
  for (const mode of ['chrome', 'firefox']) {
    spawnSync(join('node_modules', '.bin', 'vite'), ['build', '--mode', mode, '--logLevel', 'warn'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
  }
}

/** What the tests have left in the file; a fault that several of them try is one row. */
export function readRows(file: string): FaultRow[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  const rows = new Map<string, FaultRow>()
  for (const line of lines) {
    const row = JSON.parse(line) as FaultRow
    const name = `${row.fault} ${row.where}`
    const known = rows.get(name)
    rows.set(name, known ? { ...row, tried: row.tried + known.tried, lost: row.lost + known.lost } : row)
  }
  return [...rows.values()]
}

/** Puts the rows in place of the README's table. */
export async function refreshReadme(rows: readonly FaultRow[], at: Date): Promise<void> {
  if (rows.length === 0) throw new Error('no fault was tried')
  const path = 'README.md'
  const readme = readFileSync(path, 'utf8')
  const text = readme.replace(TABLE, () => `\n${tableOf(rows, at)}\n`)
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }))
}

function tableOf(rows: readonly FaultRow[], at: Date): string {
  const lines = rows.map(({ fault, tried, lost, where }) => `| ${fault} | ${tried} | ${lost} | ${where} |`)
  return [
    `Last run: ${at.toISOString().slice(0, 10)}.`,
    '',
    '| fault | tried | lost | browser |',
    '| --- | ---: | ---: | --- |',
    ...lines,
    '',
  ].join('\n')
}
