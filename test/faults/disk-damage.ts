import { existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserName } from '../tools/find-browser'
import type { Below } from './scene'

/** The two places in a profile where a copy of the vault lies. */
export type StoreName = 'database' | 'storage'

/** What a failing disk does to the folder of one store. */
export interface Damage {
  run(folder: string, below: Below): void
  /**
   * Afterwards the browser serves an older state, or none, and says nothing of it. With both stores hit like this, nobody can
   * know what was there (accepted risks R1 and R6 of the threat model).
   */
  readonly leavesNoTrace?: true
}

const LOG = /\.(log|ldb)$/
const SQLITE = /\.sqlite$/

/** The faults that each browser is known to meet: Chromium keeps LevelDB folders, Firefox SQLite files. */
export const DAMAGES: Readonly<Record<BrowserName, Readonly<Record<string, Damage>>>> = {
  chromium: {
    'a byte of the log flipped': { run: (folder, below) => flip(largest(folder, LOG), below) },
    'the MANIFEST overwritten': { run: (folder, below) => overwrite(largest(folder, /^MANIFEST-/), () => below(256)) },
    'CURRENT overwritten': { run: (folder, below) => overwrite(largest(folder, /^CURRENT$/), () => below(256)) },
    'the log cut in half': { run: (folder) => halve(largest(folder, LOG)), leavesNoTrace: true },
    'the log zeroed': { run: (folder) => overwrite(largest(folder, LOG), () => 0), leavesNoTrace: true },
    'the folder deleted': { run: (folder) => rmSync(folder, { recursive: true }), leavesNoTrace: true },
  },
  firefox: {
    'a byte flipped': { run: (folder, below) => flip(largest(folder, SQLITE), below) },
    'the file cut in half': { run: (folder) => halve(largest(folder, SQLITE)), leavesNoTrace: true },
    'the file zeroed': { run: (folder) => overwrite(largest(folder, SQLITE), () => 0), leavesNoTrace: true },
    'the file overwritten': {
      run: (folder, below) => overwrite(largest(folder, SQLITE), () => below(256)),
      leavesNoTrace: true,
    },
    'the file deleted': { run: (folder) => rmSync(largest(folder, SQLITE)), leavesNoTrace: true },
  },
}

/** Where a store of the extension lies in the profile. */
export function folderOf(name: BrowserName, profile: string, store: StoreName): string {
  if (name === 'chromium') {
    const parent = join(profile, 'Default', store === 'database' ? 'IndexedDB' : 'Local Extension Settings')
    return only(parent, store === 'database' ? /^chrome-extension_.*\.leveldb$/ : /./)
  }
  const parent = join(profile, 'storage', 'default')
  return join(only(parent, store === 'database' ? /^moz-extension[^^]*$/ : /^moz-extension.*\^userContextId/), 'idb')
}

function only(parent: string, pattern: RegExp): string {
  const [found] = existsSync(parent) ? readdirSync(parent).filter((name) => pattern.test(name)) : []
  if (!found) throw new Error(`there is no such store in ${parent}`)
  return join(parent, found)
}

function largest(folder: string, pattern: RegExp): string {
  const files = readdirSync(folder).filter((name) => pattern.test(name))
  const [found] = files.map((name) => join(folder, name)).toSorted((a, b) => statSync(b).size - statSync(a).size)
  if (!found) throw new Error(`there is nothing to damage in ${folder}`)
  return found
}

function flip(file: string, below: Below): void {
  const bytes = readFileSync(file)
  const at = below(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
  writeFileSync(file, bytes)
}

function halve(file: string): void {
  truncateSync(file, Math.floor(statSync(file).size / 2))
}

function overwrite(file: string, byte: () => number): void {
  writeFileSync(
    file,
    Buffer.from(readFileSync(file)).map(() => byte()),
  )
}
