import { type Bytes, base64ToBytes, bytesToBase64, bytesToText, equalBytes, textToBytes } from '../core/bytes'
import { type EntryType, type NewEntry, entryName } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { randomBytes } from '../crypto/file-sealing'
import type { Format, ImportedEntry, Problem, Reading } from './format'
import { linesOf, readAddresses } from './otpauth'
import { percentDecode } from './percent'
import { type Field, readFields, writeFields } from './protobuf'
import { entryOf, readRows, writeRows } from './rows'

const TRANSFER = /^[ \t]*otpauth-migration:\/\//im
const MOST_PAYLOAD_BYTES = 64 * 1024
const MOST_PARTS = 100
const ENTRIES_PER_PART = 10

const TYPES: readonly EntryType[] = ['totp', 'hotp', 'totp']
const ALGORITHMS = ['SHA1', 'SHA1', 'SHA256', 'SHA512', 'MD5']
const DIGITS = [6, 6, 8]

/** One QR code of a transfer: which part of which export, and its entries, each a message of its own. */
interface Part {
  readonly payload: Bytes
  readonly rows: readonly Bytes[]
  readonly version: number
  readonly parts: number
  readonly index: number
  readonly batch: bigint
}

/** The transfer QR codes of Google Authenticator, as text: one `otpauth-migration://` address a line, in any order. */
export const google: Format = {
  name: 'google',

  recognise: ({ json, text }) => json === undefined && TRANSFER.test(text ?? ''),

  async read(file) {
    const lines = linesOf(file)
    const sets = inSets(lines.filter((line) => TRANSFER.test(line)))
    const single = readAddresses(lines.filter((line) => !TRANSFER.test(line)))
    const readings = [...sets.known.map(readSet), sets.broken, single]
    return {
      entries: readings.flatMap(({ entries }) => entries),
      problems: readings.flatMap(({ problems }) => problems),
    }
  },

  async write(entries) {
    const { rows, problems } = writeRows(entries, { write: writeRow, holds: {}, obstacle })
    const batches = chunks(rows, MOST_PARTS * ENTRIES_PER_PART)
    const lines = batches.flatMap((batch) => writeBatch(chunks(batch, ENTRIES_PER_PART)))
    return { bytes: textToBytes(lines.map((line) => `${line}\n`).join('')), problems }
  },
}

/** The parts of each export together; parts of two exports are never counted as one. */
function inSets(addresses: readonly string[]): { known: Part[][]; broken: Reading } {
  const known: Part[][] = []
  const broken: Reading = { entries: [], problems: [] }
  for (const [i, address] of addresses.entries()) {
    const part = readPart(address)
    const set = part && known.find((parts) => parts.every((other) => belongTogether(part, other)))
    if (!part) broken.problems.push({ row: String(i + 1), reason: 'format/row-damaged' })
    else if (!set) known.push([part])
    else if (!set.some(({ index }) => index === part.index)) set.push(part)
  }
  if (known.length === 0) throw new AppError('format/damaged')
  return { known, broken }
}

function belongTogether(a: Part, b: Part): boolean {
  if (a.index === b.index) return equalBytes(a.payload, b.payload)
  if (a.batch !== 0n && b.batch !== 0n) return a.batch === b.batch && a.parts === b.parts
  return a.version === b.version && a.parts === b.parts
}

/** Null where the address holds no transfer that can be read. */
function readPart(address: string): Part | null {
  for (const payload of payloadsIn(address)) {
    if (payload.length > MOST_PAYLOAD_BYTES) throw new AppError('format/too-costly')
    try {
      const part = partOf(payload)
      if (part.parts <= MOST_PARTS && part.index < part.parts) return part
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return null
}

/** A blank may have been a plus, which forms turn into blanks, or have come in by copying. */
function payloadsIn(address: string): Bytes[] {
  const decoded = percentDecode(/[?&]data=([^&#]*)/i.exec(address)?.[1] ?? '')
  const readings = [base64ToBytes(decoded.trim().replaceAll(' ', '+')), base64ToBytes(decoded)]
  return readings.filter((bytes) => bytes !== null && bytes.length > 0) as Bytes[]
}

function partOf(payload: Bytes): Part {
  const fields = readFields(payload)
  const rows = fields.filter(({ number }) => number === 1).map(({ value }) => bytesOf(value))
  const [version, parts, index] = [2, 3, 4].map((number) => Number(varintIn(fields, number)))
  return { payload, rows, version: version || 1, parts: parts || 1, index: index || 0, batch: varintIn(fields, 5) }
}

function readSet(set: readonly Part[]): Reading {
  const ordered = set.toSorted((a, b) => a.index - b.index)
  const rows = ordered.flatMap((part) => part.rows)
  const reading = readRows(rows, readRow, rowName)
  return { entries: reading.entries, problems: [...reading.problems, ...missingParts(ordered)] }
}

function missingParts(set: readonly Part[]): Problem[] {
  const parts = set[0]?.parts ?? 0
  const there = new Set(set.map(({ index }) => index))
  const missing = Array.from({ length: parts }, (_, i) => i).filter((i) => !there.has(i))
  if (missing.length === 0) return []
  return [{ row: missing.map((i) => `${i + 1}/${parts}`).join(', '), reason: 'format/parts-missing' }]
}

function readRow(row: Bytes): NewEntry {
  const fields = readFields(row)
  const type = TYPES[Number(varintIn(fields, 6))]
  const algorithm = ALGORITHMS[Number(varintIn(fields, 4))]
  if (!type) throw new AppError('entry/type-unsupported')
  if (!algorithm) throw new AppError('entry/algorithm-unsupported')
  return entryOf({
    type,
    ...namesIn(fields),
    secret: bytesOf(lastOf(fields, 1) ?? new Uint8Array()),
    algorithm,
    digits: DIGITS[Number(varintIn(fields, 5))] ?? Number.NaN,
    counter: Number(varintIn(fields, 7)),
  })
}

/** The name often repeats the issuer; without an issuer it may hold one. */
function namesIn(fields: readonly Field[]): Pick<NewEntry, 'issuer' | 'label'> {
  const name = textIn(fields, 2)
  const issuer = textIn(fields, 3).trim()
  if (issuer !== '') return { issuer, label: name.startsWith(`${issuer}:`) ? name.slice(issuer.length + 1) : name }
  const colon = name.indexOf(':')
  return colon < 0 ? { issuer, label: name } : { issuer: name.slice(0, colon), label: name.slice(colon + 1) }
}

function rowName(row: Bytes): string {
  try {
    return entryName(namesIn(readFields(row)))
  } catch {
    // So broken that it has no name.
    return ''
  }
}

function lastOf(fields: readonly Field[], number: number): Field['value'] | undefined {
  return fields.findLast((field) => field.number === number)?.value
}

function varintIn(fields: readonly Field[], number: number): bigint {
  const value = lastOf(fields, number) ?? 0n
  if (typeof value !== 'bigint') throw new AppError('format/row-damaged')
  return value
}

function bytesOf(value: Field['value']): Bytes {
  if (typeof value === 'bigint') throw new AppError('format/row-damaged')
  return value
}

function textIn(fields: readonly Field[], number: number): string {
  const text = bytesToText(bytesOf(lastOf(fields, number) ?? new Uint8Array()))
  if (text === null) throw new AppError('format/row-damaged')
  return text
}

function obstacle(entry: ImportedEntry): ErrorCode | null {
  if (entry.type !== 'totp' && entry.type !== 'hotp') return 'format/type-not-held'
  if (!ALGORITHMS.includes(entry.algorithm)) return 'format/algorithm-not-held'
  if (!DIGITS.includes(entry.digits)) return 'format/digits-not-held'
  return entry.type === 'totp' && entry.periodSeconds !== 30 ? 'format/period-not-held' : null
}

function writeRow({ type, issuer, label, secret, algorithm, digits, counter }: ImportedEntry): Bytes {
  const name = issuer || label.includes(':') ? `${issuer}:${label}` : label
  return writeFields([
    [1, new Uint8Array(secret)],
    [2, textToBytes(name)],
    [3, issuer ? textToBytes(issuer) : undefined],
    [4, ALGORITHMS.lastIndexOf(algorithm)],
    [5, DIGITS.lastIndexOf(digits)],
    [6, type === 'hotp' ? 1 : 2],
    [7, type === 'hotp' ? counter : undefined],
  ])
}

/** The addresses of one export: its parts know each other by a random positive number. */
function writeBatch(parts: readonly (readonly Bytes[])[]): string[] {
  const batch = new DataView(randomBytes(4).buffer).getUint32(0) >>> 1 || 1
  return parts.map((rows, index) => {
    const own = rows.map((row) => [1, row] as const)
    const payload = writeFields([...own, [2, 1], [3, parts.length], [4, index], [5, batch]])
    return `otpauth-migration://offline?data=${encodeURIComponent(bytesToBase64(payload))}`
  })
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}
