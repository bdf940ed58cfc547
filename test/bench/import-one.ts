import { readFileSync } from 'node:fs'
import { readImport } from '../../src/formats/index'
import type { ImportFigures } from './import'

/** The child of the import benchmark: reads one file once, as a page does, and says what that took. */
const [path = '', password = ''] = process.argv.slice(2)
const bytes = new Uint8Array(readFileSync(path))
globalThis.gc?.()
const before = process.memoryUsage().rss
const start = performance.now()
const { entries } = await readImport(bytes, password === '' ? {} : { password })
const ms = performance.now() - start
const peak = process.resourceUsage().maxRSS * 1024
const figures: ImportFigures = { ms, mib: Math.max(0, peak - before) / 1024 ** 2, entries: entries.length }
process.stdout.write(JSON.stringify(figures))
