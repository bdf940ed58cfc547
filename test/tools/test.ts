import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureBrowser } from './find-browser'
import { lintForStore } from './lint-for-store'

/** How many checks of a stage held, and how many did not. */
interface Tally {
  passed: number
  failed: number
}

const results = mkdtempSync(join(tmpdir(), 'latchkey-test-'))

const stages: readonly [name: string, run: () => Tally | Promise<Tally>][] = [
  [
    'browsers',
    async () => all(await Promise.all([works(() => ensureBrowser('chromium')), works(() => ensureBrowser('firefox'))])),
  ],
  ['types of src', () => command('tsc', '-p', 'tsconfig.json')],
  ['types of test', () => command('tsc', '-p', 'test/tsconfig.json')],
  ['lint', () => command('oxlint', '--deny-warnings')],
  ['format', () => command('prettier', '--check', '--log-level', 'warn', '.')],
  [
    'build',
    () =>
      all([
        command('vite', 'build', '--mode', 'chrome', '--logLevel', 'warn'),
        command('vite', 'build', '--mode', 'firefox', '--logLevel', 'warn'),
      ]),
  ],
  ['store linter', () => lintForStore(resolve('dist/firefox'))],
  ['unit', () => vitest('unit')],
  ['end to end', () => vitest('e2e', '--config', 'test/e2e/vitest.config.ts')],
]

const only = process.argv.slice(2)
const total: Tally = { passed: 0, failed: 0 }
for (const [name, run] of stages) {
  if (only.length > 0 && !only.includes(name)) continue
  const began = Date.now()
  const { passed, failed } = await run()
  total.passed += passed
  total.failed += failed
  console.log(
    `${failed === 0 ? 'ok' : 'FAILED'}  ${name}: ${passed} passed, ${failed} failed (${Math.round((Date.now() - began) / 1000)} s)`,
  )
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)

function command(tool: string, ...args: string[]): Tally {
  const { status } = spawnSync(join('node_modules', '.bin', tool), args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

function vitest(name: string, ...args: string[]): Tally {
  const outputFile = join(results, `${name}.json`)
  const { failed } = command(
    'vitest',
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
  )
  try {
    const report = JSON.parse(readFileSync(outputFile, 'utf8')) as { numPassedTests: number; numFailedTests: number }
    // A run can fail without a failing test: a file that does not load, an unhandled rejection.
    return { passed: report.numPassedTests, failed: Math.max(report.numFailedTests, failed) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

async function works(task: () => Promise<unknown>): Promise<Tally> {
  try {
    await task()
    return { passed: 1, failed: 0 }
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error))
    return { passed: 0, failed: 1 }
  }
}

function all(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }))
}
