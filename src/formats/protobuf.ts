import { type Bytes, concatBytes } from '../core/bytes'
import { AppError } from '../core/errors'

/**
 * The wire form of protocol buffers, as strict as a stranger's message deserves (INP-3): every length is checked
 * before anything is sliced and every varint before it is believed, which the small libraries leave out.
 */
export interface Field {
  readonly number: number
  /** A varint, unsigned as it stands, or bytes; the fixed-width kinds are bytes as well. */
  readonly value: bigint | Bytes
}

const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5
const LONGEST_VARINT = 10
const MOST_VARINT = 2n ** 64n

/** The fields of a message in their order. Throws `format/damaged`. */
export function readFields(message: Bytes): Field[] {
  const fields: Field[] = []
  const cursor = { message, at: 0 }
  while (cursor.at < message.length) {
    const tag = readVarint(cursor)
    const number = Number(tag >> 3n)
    if (number < 1 || number > 536_870_911) throw new AppError('format/damaged')
    fields.push({ number, value: readValue(cursor, Number(tag & 7n)) })
  }
  return fields
}

/** A message of those fields. Numbers are varints; a field that is undefined is left out. */
export function writeFields(fields: readonly (readonly [number, number | Bytes | undefined])[]): Bytes {
  const parts = fields.flatMap(([number, value]) => {
    if (value === undefined) return []
    if (typeof value === 'number') return [writeVarint(number * 8 + VARINT), writeVarint(value)]
    return [writeVarint(number * 8 + BYTES), writeVarint(value.length), value]
  })
  return concatBytes(...parts)
}

interface Cursor {
  readonly message: Bytes
  at: number
}

function readValue(cursor: Cursor, wire: number): bigint | Bytes {
  if (wire === VARINT) return readVarint(cursor)
  if (wire === FIXED_64) return take(cursor, 8)
  if (wire === FIXED_32) return take(cursor, 4)
  if (wire === BYTES) return take(cursor, Number(readVarint(cursor)))
  throw new AppError('format/damaged')
}

function readVarint(cursor: Cursor): bigint {
  let value = 0n
  for (let i = 0; i < LONGEST_VARINT; i++) {
    const byte = cursor.message[cursor.at++]
    if (byte === undefined) break
    value |= BigInt(byte & 0x7f) << BigInt(7 * i)
    if (byte < 0x80 && value < MOST_VARINT) return value
    if (byte < 0x80) break
  }
  throw new AppError('format/damaged')
}

function take(cursor: Cursor, length: number): Bytes {
  if (length > cursor.message.length - cursor.at) throw new AppError('format/damaged')
  cursor.at += length
  return cursor.message.slice(cursor.at - length, cursor.at)
}

function writeVarint(value: number): Bytes {
  const bytes: number[] = []
  let rest = BigInt(value)
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.of(...bytes, Number(rest))
}
