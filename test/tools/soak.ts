import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * The long runs: the seeded tests of the gate with many more cases, then every fault of the browsers and every race of a
 * fill as often as its requirement says, and every screen in every language, held against its picture. `SOAK` multiplies the number of cases (25),
 * `SEED` repeats one run; the seed is printed first. Tests that are named are run alone.
 */
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000)
const soak = process.env['SOAK'] ?? '25'
console.log(`SEED=${seed} SOAK=${soak}`)
const named = process.argv.slice(2)
const unit = ['run', '--testTimeout', '3600000', ...named]
const inBrowsers = ['faults', 'fill', 'memory', 'screens'].map((name) => `test/e2e/${name}.test.ts`)
const browsers = ['run', '--config', 'test/e2e/vitest.config.ts', ...inBrowsers]
const runs = named.length > 0 ? [unit] : [unit, browsers]
process.exit(Math.max(...runs.map(vitest)))

function vitest(args: readonly string[]): number {
  const { status } = spawnSync(join('node_modules', '.bin', 'vitest'), args, {
    stdio: 'inherit',
    env: { ...process.env, SEED: seed, SOAK: soak, FAULTS: 'full', PICTURES: 'compare' },
    shell: process.platform === 'win32',
  })
  return status ?? 1
}
