import { bytesToHex } from '../core/bytes'
import { entryName } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { openOwnFile } from './foreign-file'
import type { ImportedEntry, Problem, WriteOptions, Writing } from './format'
import { LOST_BESIDE, isAccountLost } from './holds'
import { FORMATS, writeExport } from './index'

/** What travels beside the codes, by the reason that says it does not. */
const BESIDE: Readonly<Record<(typeof LOST_BESIDE)[number], (entry: ImportedEntry) => unknown>> = {
  'format/groups-not-held': ({ groups }) => textsOf(groups),
  'format/sites-not-held': ({ sites }) => textsOf(sites),
  'format/note-not-held': ({ note = '' }) => note.trim().replace(/\r\n?/g, '\n'),
  'format/favourite-not-held': ({ favourite = false }) => favourite,
  'format/recovery-code-not-held': ({ recoveryCode = '' }) => recoveryCode,
}

/**
 * Writes a file and reads it again before anyone relies on it. An account that does not come back as it went in, and that the
 * format did not name itself, becomes a problem. Throws what `writeExport` throws.
 */
export async function writeProven(
  format: string,
  entries: readonly ImportedEntry[],
  options: WriteOptions,
): Promise<Writing> {
  const { bytes, problems } = await writeExport(format, entries, options)
  const back = await readBack(format, bytes, options)
  const named = reasonsByRow(problems)
  const backBut = new Map<string, ReadonlySet<string>>()
  const lost = [...entries.entries()].flatMap(([i, entry]): Problem[] => {
    const row = entryName(entry) || String(i + 1)
    const reasons = named.get(row) ?? []
    if (reasons.some(isAccountLost)) return []
    const key = reasons.join()
    const texts = backBut.get(key) ?? new Set(back.map((one) => textOf(one, reasons)))
    backBut.set(key, texts)
    return texts.has(textOf(entry, reasons)) ? [] : [{ row, reason: 'format/not-proven' }]
  })
  return { bytes, problems: [...problems, ...lost] }
}

function reasonsByRow(problems: readonly Problem[]): ReadonlyMap<string, readonly ErrorCode[]> {
  const named = new Map<string, ErrorCode[]>()
  for (const { row, reason } of problems) named.set(row, [...(named.get(row) ?? []), reason])
  return named
}

/** None where the file is not even known for what it should be, or does not open. */
async function readBack(name: string, bytes: Uint8Array, options: WriteOptions): Promise<readonly ImportedEntry[]> {
  const format = FORMATS.find((one) => one.name === name)
  try {
    const file = openOwnFile(bytes)
    return format?.recognise(file) ? (await format.read(file, options)).entries : []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return []
  }
}

/** All that the codes depend on, the names, and what travels beside, without what is said to be lost. */
function textOf(entry: ImportedEntry, lost: readonly ErrorCode[]): string {
  const { type, issuer, label, secret, algorithm, digits, periodSeconds, counter = '', pin = '' } = entry
  const period = type === 'hotp' ? '' : periodSeconds
  const beside = LOST_BESIDE.filter((reason) => !lost.includes(reason)).map((reason) => BESIDE[reason](entry))
  const names = [issuer, label].map((text) => text.trim())
  return JSON.stringify([type, ...names, bytesToHex(secret), algorithm, digits, period, counter, pin, ...beside])
}

/** Without blanks at the ends, which readers take off, and as a set: some formats have an order of their own. */
function textsOf(texts: readonly string[] = []): readonly string[] {
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '').toSorted()
}
