import { describe, expect, it } from 'vitest'

import type { ImportedEntry } from '../../src/formats/format'
import { readImport } from '../../src/formats/index'
import { FIXTURE_PASSWORD, fixture } from './fixtures'

/** A fixture and what is in it. */
export interface ReaderCase {
  file: string
  entries: readonly ImportedEntry[]
  /** What travels beside the first entry; `all` beside each. */
  first?: Partial<ImportedEntry>
  all?: Partial<ImportedEntry>
  problems?: readonly { row: string; reason: string }[]
}

/** Reads each fixture of a format, right and wrong. What accidents leave of them is read in `hostile`. */
export function describeReader(format: string, cases: readonly ReaderCase[]): void {
  describe.each(cases)('$file', ({ file, entries, first = {}, all = {}, problems = [] }) => {
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
  })
}
