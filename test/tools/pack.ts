import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Zippable, zipSync } from 'fflate'

/** Makes the archives that go to the stores: both packages and the source they were built from. */

const FOLDER = 'dist/pack'
/** The same time on every clock: zip keeps local time, and the same commit has to give the same bytes (SUP-2). */
const EPOCH = new Date(2000, 0, 1)

const { version } = JSON.parse(readFileSync('manifest.json', 'utf8')) as { version: string }
mkdirSync(FOLDER, { recursive: true })
pack('chrome', filesBelow('dist/chrome'), withoutKey)
pack('firefox', filesBelow('dist/firefox'))
pack('source', sourceFiles())

/** Writes one archive and prints its name and sum. */
function pack(
  name: string,
  files: readonly [path: string, file: string][],
  edit = (_path: string, bytes: Buffer) => bytes,
): void {
  const members: Zippable = {}
  for (const [path, file] of files.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    members[path] = [edit(path, readFileSync(file)), { mtime: EPOCH, level: 9 }]
  }
  const archive = zipSync(members)
  const file = join(FOLDER, `latchkey-${version}-${name}.zip`)
  writeFileSync(file, archive)
  console.log(`${createHash('sha256').update(archive).digest('hex')}  ${file}`)
}

function filesBelow(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path.replaceAll('\\', '/'), join(folder, path)])
}

function sourceFiles(): [string, string][] {
  const listed = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
  return listed.split('\0').flatMap((path) => (path === '' ? [] : [[path, path]]))
}

/** The store has its own key; ours only keeps the unpacked extension's id. */
function withoutKey(path: string, bytes: Buffer): Buffer {
  if (path !== 'manifest.json') return bytes
  const { key: _key, ...manifest } = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
  return Buffer.from(JSON.stringify(manifest, null, 2))
}
