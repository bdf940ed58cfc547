import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type NewEntry, entryName } from '../../src/core/entry'
import { AppError } from '../../src/core/errors'
import type { ImportedEntry } from '../../src/formats/format'
import { type Import, readImport, writeExport } from '../../src/formats/index'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import { anyEntries, entriesWithBeside } from './any-entry'

const PASSWORD = ' Prüf-Wort 42 '
const plain = [
  '2fas',
  'aegis',
  'authenticator',
  'bitwarden',
  'csv',
  'ente',
  'google',
  'html',
  'otpauth',
  'proton',
  'stratum',
]
/** With the runs that a slow derivation allows. */
const encrypted: [format: string, runs: number][] = [
  ['2fas', 10],
  ['aegis', 2],
  ['bitwarden', 2],
  ['ente', 1],
  ['keepass', 1],
  ['latchkey', 1],
  ['proton', 3],
  ['stratum', 1],
]

/** What comes back, nothing where the format could hold none of it. */
async function readBack(
  bytes: Uint8Array,
  options: { password?: string },
): Promise<Pick<Import, 'entries' | 'problems'>> {
  try {
    return await readImport(bytes, options)
  } catch (error) {
    if (error instanceof AppError && ['format/empty', 'format/unknown'].includes(error.code))
      return { entries: [], problems: [] }
    throw error
  }
}

/** Each entry comes back as it was and in its place, or is named with the reason. */
async function checkRoundTrip(
  format: string,
  entries: readonly NewEntry[],
  options: { password?: string },
): Promise<void> {
  const { bytes, problems } = await writeExport(format, entries, options)
  const named = new Set(problems.map(({ row }) => row))
  const kept = entries.filter((entry) => !named.has(entryName(entry)))
  const back = await readBack(bytes, options)
  const untouched = back.entries.filter(({ label }) => kept.some((entry) => entry.label === label))
  expect(problems.every(({ reason }) => /^format\/.*-not-held$/.test(reason))).toBe(true)
  expect(back.problems).toEqual([])
  expect(untouched).toEqual(kept)
  expect(back.entries.length).toBeLessThanOrEqual(entries.length)
}

/** What travels beside an entry comes back as it was and in its place, or is named. */
async function checkBeside(
  format: string,
  entries: readonly ImportedEntry[],
  options: { password?: string },
): Promise<void> {
  const { bytes, problems } = await writeExport(format, entries, options)
  const back = await readBack(bytes, options)
  const lostOf = (entry: ImportedEntry): readonly string[] =>
    problems.filter(({ row }) => row === entryName(entry)).map(({ reason }) => reason)
  const isWhole = (entry: ImportedEntry): boolean => lostOf(entry).every((reason) => reason in BESIDE)
  const kept = entries.filter(isWhole)
  const found = back.entries.filter(({ label }) => kept.some((entry) => entry.label === label))
  expect(found.map(({ label }) => label)).toEqual(kept.map(({ label }) => label))
  for (const [i, entry] of kept.entries()) {
    for (const [reason, read] of Object.entries(BESIDE)) {
      if (!lostOf(entry).includes(reason)) expect(read(found[i]!), `${format} ${reason}`).toEqual(read(entry))
    }
  }
}

const BESIDE: Readonly<Record<string, (entry: ImportedEntry) => unknown>> = {
  'format/groups-not-held': ({ groups = [] }) => groups.toSorted(),
  'format/sites-not-held': ({ sites }) => sites,
  'format/note-not-held': ({ note }) => note,
  'format/favourite-not-held': ({ favourite }) => favourite,
  'format/recovery-code-not-held': ({ recoveryCode }) => recoveryCode,
}

describe('reading what was written (INP-9)', () => {
  it.each(plain)('gives every entry back from %s, or names it', async (format) => {
    await fc.assert(
      fc.asyncProperty(anyEntries, (entries) => checkRoundTrip(format, entries, {})),
      // Drawing a QR code takes as long as reading a hundred entries.
      { numRuns: format === 'html' ? 20 : 250 },
    )
  })

  it.each(encrypted)('gives every entry back from encrypted %s, or names it', async (format, runs) => {
    const options = { password: PASSWORD }
    await fc.assert(
      fc.asyncProperty(anyEntries, (entries) => checkRoundTrip(format, entries, options)),
      { numRuns: runs },
    )
  })

  it.each(plain)('leaves nothing out of %s that the format can hold', async (format) => {
    const usual = REFERENCE_ENTRIES.filter(
      ({ type, algorithm, digits }) => type === 'totp' && algorithm === 'SHA1' && digits === 6,
    )
    const { bytes, problems } = await writeExport(format, usual)
    expect(problems).toEqual([])
    expect((await readImport(bytes)).entries).toEqual(usual)
  })

  it.each(plain)('gives back from %s what travels beside an entry, in order, or names it', async (format) => {
    await fc.assert(
      fc.asyncProperty(entriesWithBeside, (entries) => checkBeside(format, entries, {})),
      { numRuns: format === 'html' ? 20 : 150 },
    )
  })

  it.each(['keepass', 'latchkey'])(
    'gives back from encrypted %s what travels beside an entry, or names it',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(entriesWithBeside, (entries) => checkBeside(format, entries, { password: PASSWORD })),
        { numRuns: 1 },
      )
    },
  )

  it.each<[string, readonly string[]]>([
    ['2fas', ['groups', 'sites', 'note', 'favourite', 'recovery-code']],
    ['aegis', ['sites', 'recovery-code']],
    ['authenticator', ['groups', 'sites', 'note', 'recovery-code']],
    ['bitwarden', ['groups', 'recovery-code']],
    ['csv', ['recovery-code']],
    ['ente', ['sites', 'recovery-code']],
    ['google', ['groups', 'sites', 'note', 'favourite', 'recovery-code']],
    ['html', ['recovery-code']],
    ['otpauth', ['groups', 'sites', 'note', 'favourite', 'recovery-code']],
    ['proton', ['groups', 'sites', 'favourite', 'recovery-code']],
    ['stratum', ['sites', 'note', 'favourite', 'recovery-code']],
  ])('names what %s cannot hold, and no more', async (format, lost) => {
    const [entry] = REFERENCE_ENTRIES
    const sites = ['https://a.example', 'https://b.example']
    const full = { ...entry!, groups: ['Work', 'Home'], note: 'n', favourite: true, sites, recoveryCode: 'r' }
    const { problems } = await writeExport(format, [full, ...REFERENCE_ENTRIES.slice(1, 2)])
    const row = 'Acme alice@example.com'
    expect(problems.filter((one) => one.row === row)).toEqual(
      lost.map((what) => ({ row, reason: `format/${what}-not-held` })),
    )
  })

  it('keeps everything in our own backup, and asks for its password', async () => {
    const beside = {
      groups: ['Work '],
      note: ' a note ',
      favourite: true,
      sites: ['https://a.example'],
      recoveryCode: 'r',
    }
    const entries = REFERENCE_ENTRIES.map((entry) => ({ ...entry, label: ` ${entry.label}`, ...beside }))
    const { bytes, problems } = await writeExport('latchkey', entries, { password: PASSWORD })
    expect(problems).toEqual([])
    expect((await readImport(bytes, { password: PASSWORD })).entries).toEqual(entries)
    await expect(readImport(bytes)).rejects.toMatchObject({ code: 'format/needs-password' })
    await expect(readImport(bytes, { password: 'another' })).rejects.toMatchObject({ code: 'format/wrong-password' })
    await expect(writeExport('latchkey', entries)).rejects.toMatchObject({ code: 'format/needs-password' })
  })
})

describe('writeExport', () => {
  it.each(['refused', 'lastpass', '__proto__', ''])('knows no format to write named "%s"', async (format) => {
    await expect(writeExport(format, [])).rejects.toMatchObject({ code: 'format/unknown' })
  })

  it.each(plain)('names an entry in %s that no code can be made from', async (format) => {
    const [entry] = REFERENCE_ENTRIES
    if (!entry) throw new Error('no reference entry')
    const { problems } = await writeExport(format, [{ ...entry, secret: new Uint8Array() }])
    expect(problems).toEqual([{ row: 'Acme alice@example.com', reason: 'entry/secret-empty' }])
  })
})
