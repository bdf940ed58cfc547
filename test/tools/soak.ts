import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * The long runs: the seeded tests of the gate with many more cases. `SOAK` multiplies their number (25), `SEED` repeats one
 * run; the seed is printed first.
 */
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000)
const soak = process.env['SOAK'] ?? '25'
console.log(`SEED=${seed} SOAK=${soak}`)
const { status } = spawnSync(
  join('node_modules', '.bin', 'vitest'),
  ['run', '--testTimeout', '3600000', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, SEED: seed, SOAK: soak },
    shell: process.platform === 'win32',
  },
)
process.exit(status ?? 1)
