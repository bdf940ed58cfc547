// The first step of every command: plain Node, so that it runs on a fresh clone. It installs what the lock file names,
// unless that has been done, and says so only then.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const mark = join(root, 'node_modules', '.latchkey-lock')
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
  console.error('Installing dependencies …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
  writeFileSync(mark, lock)
}
