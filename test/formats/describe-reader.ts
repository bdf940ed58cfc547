import { describe, expect, it } from 'vitest'

import { AppError } from '../../src/core/errors'
import type { ImportedEntry } from '../../src/formats/format'
import { readImport } from '../../src/formats/index'
import { seeded } from '../support/seeded'
import { FIXTURE_PASSWORD, fixture } from './fixtures'

/** A fixture and what is in it. */
export interface ReaderCase {
  file: string
  entries: readonly ImportedEntry[]
  /** What travels beside the first entry; `all` beside each. */
  first?: Partial<ImportedEntry>
  all?: Partial<ImportedEntry>
  problems?: readonly { row: string; reason: string }[]
  /** Fewer where each reading derives a key for long. */
  mutants?: number
}

const MUTANTS = 2000
const LONGEST_MS = 1000

/** Reads each fixture of a format, right and wrong, and then what is left of it after accidents. */
export function describeReader(format: string, cases: readonly ReaderCase[]): void {
  describe.each(cases)(
    '$file',
    ({ file, entries, first = {}, all = {}, problems = [], mutants = MUTANTS / cases.length }) => {
      const bytes = fixture(`${format}/${file}`)
      const encrypted = file.includes('encrypted')
      const options = encrypted ? { password: FIXTURE_PASSWORD } : {}

      it('gives back the reference entries (INP-9)', async () => {
        const expected = entries.map((entry, i) => ({ ...entry, ...all, ...(i === 0 ? first : {}) }))
        expect(await readImport(bytes, options)).toEqual({ format, entries: expected, problems })
      })

      it.runIf(encrypted)('asks for its password, and tells a wrong one from damage', async () => {
        await expect(readImport(bytes)).rejects.toMatchObject({ code: 'format/needs-password' })
        const wrong = readImport(bytes, { password: `${FIXTURE_PASSWORD} ` })
        await expect(wrong).rejects.toMatchObject({ code: 'format/wrong-password' })
      })

      it('ends in a value or a typed error whatever happens to the file (INP-1)', async () => {
        await survives(bytes, options, Math.ceil(mutants))
      }, 60_000)
    },
  )
}

/** Reads mutants of a file; none may take long or throw anything but ours. */
export async function survives(bytes: Uint8Array, options: { password?: string }, count: number): Promise<void> {
  const below = seeded(bytes.length)
  const members = Object.getOwnPropertyNames(Object.prototype).length
  for (let i = 0; i < count; i++) {
    const mutant = mutate(bytes, below)
    // On a busy machine anything may take a second once, but not twice.
    const soon = (await timeToRead(mutant, options)) < LONGEST_MS || (await timeToRead(mutant, options)) < LONGEST_MS
    expect(soon).toBe(true)
  }
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(members)
}

async function timeToRead(bytes: Uint8Array, options: { password?: string }): Promise<number> {
  const start = performance.now()
  await readImport(bytes, options).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
  })
  return performance.now() - start
}

const SPLINTERS = ['null', '{}', '[]', '-1', '1e999', '"__proto__"', '999999999999999999', '\u0000', '"', '<', '%'].map(
  (text) => new TextEncoder().encode(text),
)

/** Flips, cuts, doubles, overwrites: what disks, mail programs and attackers do. */
function mutate(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const at = below(bytes.length)
  const end = Math.min(bytes.length, at + below(16))
  const head = bytes.subarray(0, at)
  const tail = bytes.subarray(end)
  const splinter = SPLINTERS[below(SPLINTERS.length)] ?? new Uint8Array()
  const ways = [
    () => bytes.map((byte, i) => (i === at ? byte ^ (1 << below(8)) : byte)),
    () => bytes.map((byte, i) => (i === at ? below(256) : byte)),
    () => head,
    () => joined(head, tail),
    () => joined(head, bytes.subarray(at, end), bytes.subarray(at)),
    () => joined(head, splinter, tail),
  ]
  return (ways[below(ways.length)] ?? (() => bytes))()
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]))
}
