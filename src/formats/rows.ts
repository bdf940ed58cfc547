import { decodeBase32 } from '../core/base32'
import {
  ENTRY_DEFAULTS,
  type EntryType,
  type NewEntry,
  checkParameters,
  checkTexts,
  entryName,
  parseAlgorithm,
} from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import type { ImportedEntry, Problem, Reading } from './format'
import { type Holds, lostBeside } from './holds'
import { numberOf, textOf } from './json'
import { checkRowCount } from './limits'

/** What most formats write down about an account, in whatever form they have it. */
export interface RawEntry {
  type: EntryType
  issuer?: unknown
  label?: unknown
  /** Base32 text, or bytes. */
  secret: unknown
  algorithm?: unknown
  digits?: unknown
  periodSeconds?: unknown
  counter?: unknown
  pin?: unknown
}

/**
 * Reads each row for itself. A row that throws an `AppError` becomes a problem under its name (or its number), null is
 * a row that is no account and says nothing. `warn` names what is worth knowing of a row that is read nevertheless.
 * Throws `format/too-costly` for too many rows.
 */
export function readRows<Row>(
  rows: readonly Row[],
  read: (row: Row, index: number, warn: (reason: ErrorCode) => void) => ImportedEntry | null,
  nameOf: (row: Row, index: number) => string,
): Reading {
  checkRowCount(rows.length)
  const reading: Reading = { entries: [], problems: [] }
  for (const [index, row] of rows.entries()) {
    const report = (reason: ErrorCode): void => {
      reading.problems.push({ row: nameOf(row, index) || String(index + 1), reason })
    }
    try {
      const entry = read(row, index, report)
      if (entry) reading.entries.push(entry)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      report(error.code)
    }
  }
  return reading
}

/** The entry that a row means: what is missing gets the type's default, what is wrong is refused by name. Throws `entry/…`. */
export function entryOf(raw: RawEntry): NewEntry {
  const { type } = raw
  const defaults = ENTRY_DEFAULTS[type]
  const fixed = type === 'steam' || type === 'yandex'
  const entry: NewEntry = {
    type,
    issuer: textOf(raw.issuer).trim(),
    label: textOf(raw.label).trim(),
    secret: raw.secret instanceof Uint8Array ? raw.secret : decodeBase32(textOf(raw.secret)),
    algorithm: fixed || type === 'motp' || !raw.algorithm ? defaults.algorithm : parseAlgorithm(textOf(raw.algorithm)),
    digits: fixed ? defaults.digits : numberOf(raw.digits, defaults.digits),
    periodSeconds: fixed || type === 'hotp' ? 30 : numberOf(raw.periodSeconds, defaults.periodSeconds),
    ...(type === 'hotp' ? { counter: numberOf(raw.counter, 0) } : {}),
    ...(type === 'motp' || type === 'yandex' ? pinOf(raw.pin) : {}),
  }
  checkParameters(entry)
  checkTexts(entry)
  return entry
}

/** How a format writes an account, and what it cannot hold of one. */
export interface RowWriter<Row> {
  readonly write: (entry: ImportedEntry, index: number) => Row
  readonly holds: Holds
  /** Why an account is left out; null where it is not. */
  readonly obstacle?: (entry: ImportedEntry) => ErrorCode | null
  /** What an account that is written loses besides what the format never holds. */
  readonly losses?: (entry: ImportedEntry) => readonly (ErrorCode | null)[]
}

/**
 * The entries that `write` makes something of. An entry with an `obstacle` is left out and becomes a problem with that reason;
 * where something is lost of one that is written, a problem says what.
 */
export function writeRows<Row>(
  entries: readonly ImportedEntry[],
  { write, holds, obstacle = () => null, losses = () => [] }: RowWriter<Row>,
): { rows: Row[]; problems: Problem[] } {
  const rows: Row[] = []
  const problems: Problem[] = []
  for (const [index, entry] of entries.entries()) {
    const report = (reason: ErrorCode | null): void => {
      if (reason) problems.push({ row: entryName(entry) || String(index + 1), reason })
    }
    const reason = obstacle(entry)
    report(reason)
    if (reason) continue
    try {
      rows.push(write(checked(entry), index))
      for (const lost of [...losses(entry), ...lostBeside(entry, holds)]) report(lost)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      report(error.code)
    }
  }
  return { rows, problems }
}

/** No file is written from which no code could be made. */
function checked(entry: ImportedEntry): ImportedEntry {
  checkParameters(entry)
  return entry
}

function pinOf(value: unknown): { pin?: string } {
  const pin = textOf(value)
  return pin === '' ? {} : { pin }
}
