import { bytesToHex } from '../core/bytes'
import { entryName } from '../core/entry'
import { AppError } from '../core/errors'
import { openOwnFile } from './foreign-file'
import type { ImportedEntry, Problem, WriteOptions, Writing } from './format'
import { FORMATS, writeExport } from './index'

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
  const named = new Set(problems.map(({ row }) => row))
  const back = new Set((await readBack(format, bytes, options)).map(textOf))
  const lost = [...entries.entries()].flatMap(([i, entry]): Problem[] => {
    const row = entryName(entry) || String(i + 1)
    return named.has(row) || back.has(textOf(entry)) ? [] : [{ row, reason: 'format/not-proven' }]
  })
  return { bytes, problems: [...problems, ...lost] }
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

/** All that the codes depend on, and the names. */
function textOf(entry: ImportedEntry): string {
  const { type, issuer, label, secret, algorithm, digits, periodSeconds, counter = '', pin = '' } = entry
  const period = type === 'hotp' ? '' : periodSeconds
  return JSON.stringify([
    type,
    issuer.trim(),
    label.trim(),
    bytesToHex(secret),
    algorithm,
    digits,
    period,
    counter,
    pin,
  ])
}
