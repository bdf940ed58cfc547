import { bytesToHex } from '../core/bytes'
import { entryName } from '../core/entry'
import { AppError } from '../core/errors'
import type { ImportedEntry, Problem, WriteOptions, Writing } from './format'
import { readImport, writeExport } from './index'

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
  const back = new Set((await readBack(bytes, options)).map(textOf))
  const lost = [...entries.entries()].flatMap(([i, entry]): Problem[] => {
    const row = entryName(entry) || String(i + 1)
    return named.has(row) || back.has(textOf(entry)) ? [] : [{ row, reason: 'format/not-proven' }]
  })
  return { bytes, problems: [...problems, ...lost] }
}

async function readBack(bytes: Uint8Array, options: WriteOptions): Promise<readonly ImportedEntry[]> {
  try {
    return (await readImport(bytes, options)).entries
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // A file without a single account: whatever is not in it is named.
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
