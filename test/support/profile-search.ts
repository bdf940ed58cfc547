import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { decodeBase32 } from '../../src/core/base32'
import { unpackLz4, unpackSnappy } from './unpack'

/** A value that must not be found, in all the ways it could have been written down. */
export interface Canary {
  readonly name: string
  readonly forms: readonly Buffer[]
}

/** A canary that is text: a name, a passphrase, a token. */
export function textCanary(name: string, text: string): Canary {
  return {
    name,
    forms: [...bothEncodings(text), ...bothEncodings(Buffer.from(text).toString('base64').replace(/=+$/, ''))],
  }
}

/** A canary that is bytes: a secret or a key. */
export function bytesCanary(name: string, bytes: Uint8Array): Canary {
  const buffer = Buffer.from(bytes)
  const texts = [
    buffer.toString('hex'),
    buffer.toString('hex').toUpperCase(),
    buffer.toString('base64').replace(/=+$/, ''),
    buffer.toString('base64url'),
  ]
  return { name, forms: [buffer, ...texts.flatMap(bothEncodings)] }
}

/** A secret, given as people see it. */
export function secretCanary(name: string, base32: string): Canary {
  const { forms } = bytesCanary(name, decodeBase32(base32))
  return { name, forms: [...forms, ...bothEncodings(base32), ...bothEncodings(base32.toLowerCase())] }
}

function bothEncodings(text: string): Buffer[] {
  return [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
}

/** Where in the profile's files canaries are, as `name: file`; packed parts are unpacked. */
export function searchProfile(
  profile: string,
  canaries: readonly Canary[],
): { files: number; hits: readonly string[] } {
  const paths = readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const hits = paths.flatMap((path) => {
    const parts = partsOf(path, readFileSync(path))
    return canaries
      .filter(({ forms }) => forms.some((form) => parts.some((part) => part.includes(form))))
      .map(({ name }) => `${name}: ${path.slice(profile.length + 1)}`)
  })
  return { files: paths.length, hits }
}

/** The file as it is, and all that comes out of it unpacked. */
function partsOf(path: string, bytes: Buffer): readonly Buffer[] {
  if (bytes.subarray(0, 7).equals(Buffer.from('mozLz40'))) {
    return [bytes, Buffer.from(unpackLz4(bytes, 12, bytes.readUInt32LE(8)))]
  }
  return MAY_HOLD_SNAPPY.test(path) ? [bytes, snappyParts(bytes)] : [bytes]
}

/** LevelDB's tables and logs, SQLite's databases and what stands beside them. */
const MAY_HOLD_SNAPPY = /\.(?:ldb|sst|log|sqlite|sqlite-wal|db|db-wal|bak)$|[\\/](?:IndexedDB|idb|storage)[\\/]/

/** Shorter ones could not hold a canary. */
const LEAST_BYTES = 12

/** Where a packed part begins is not known: every place is tried, and most are given up at the first byte. */
function snappyParts(bytes: Buffer): Buffer {
  const parts: Uint8Array[] = []
  for (let start = 0; start < bytes.length; start += 1) {
    const unpacked = unpackSnappy(bytes, start)
    if (unpacked.length >= LEAST_BYTES) parts.push(unpacked, BETWEEN)
  }
  return Buffer.concat(parts)
}

/** No canary holds it, so none is made up of two parts. */
const BETWEEN = Buffer.from('\n\0\n')
