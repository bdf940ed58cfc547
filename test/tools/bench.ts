import { writeFileSync } from 'node:fs'
import { register } from 'node:module'
import { isMet, type Bench, type Findings } from '../bench/bench'

// The address of a file is the bundler's affair; in Node the decoder reads its file from the package.
const addresses = `export const load = (url, context, next) => url.endsWith('?url')
  ? { format: 'module', source: 'export default ""', shortCircuit: true } : next(url, context)`
register(`data:text/javascript,${encodeURIComponent(addresses)}`)

const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  detect: async () => (await import('../bench/detect')).benchDetect,
  faults: async () => (await import('../bench/faults')).benchFaults,
  import: async () => (await import('../bench/import')).benchImport,
  popup: async () => (await import('../bench/popup')).benchPopup,
  scan: async () => (await import('../bench/scan')).benchScan,
  vault: async () => (await import('../bench/vault')).benchVault,
}

const named = process.argv.slice(2)
const unknown = named.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}

const results: Record<string, Findings> = {}
for (const [name, load] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(name)) continue
  console.log(`\n${name}`)
  const bench = await load()
  const found = await bench()
  results[name] = found
  console.table(found.figures)
  for (const goal of found.goals) {
    const bound = goal.most === undefined ? `at least ${goal.least ?? ''}` : `at most ${goal.most}`
    console.log(`${isMet(goal) ? 'met   ' : 'missed'} ${goal.name}: ${goal.figure} (${bound})`)
  }
}
writeFileSync('bench-results.json', `${JSON.stringify({ node: process.version, results }, null, 2)}\n`)
