import { decodeBase32, encodeBase32 } from '../../core/base32'
import { bytesToHex, hexToBytes } from '../../core/bytes'
import { entryName } from '../../core/entry'
import { AppError } from '../../core/errors'
import type { ImportedEntry } from '../../formats/format'
import { text } from '../../i18n/text'
import type { CarriedEntry } from '../../rpc/transfer-calls'

/** An account of a file as the background takes it. One without any name gets its number, so that it is not lost. */
export function carriedOf({ secret, sites = [], ...entry }: ImportedEntry, number: number): CarriedEntry {
  return {
    ...entry,
    label: entryName(entry) === '' ? text('import_unnamed', { number }) : entry.label,
    secret: entry.type === 'motp' ? bytesToHex(secret) : encodeBase32(secret),
    sites,
  }
}

/** An account of the vault as a file takes it. */
export function importedOf({ secret, ...entry }: CarriedEntry): ImportedEntry {
  const bytes = entry.type === 'motp' ? hexToBytes(secret) : decodeBase32(secret)
  if (!bytes) throw new AppError('entry/secret-invalid')
  return { ...entry, secret: bytes }
}
