import type { Bytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { inflateRaw } from './inflate'
import { FILE_LIMITS } from './limits'

/** One file in a zip, as it lies there. */
export interface Member {
  readonly name: string
  readonly encrypted: boolean
  /** 0 stored, 8 deflated, 99 WinZip AES. */
  readonly method: number
  readonly crc32: number
  /** The moment, as MS-DOS counts; ZipCrypto may check against it. */
  readonly dosTime: number
  readonly flags: number
  readonly size: number
  /** The extra field of the directory. */
  readonly extra: Bytes
  /** As stored: compressed, encrypted. */
  readonly stored: Bytes
}

/** The members of a zip. Names are compared, never used as paths. */
export interface Archive {
  readonly members: readonly Member[]
}

const LOCAL_HEADER = 0x04034b50
const DIRECTORY_HEADER = 0x02014b50
const DIRECTORY_END = 0x06054b50
const LONGEST_COMMENT = 65_535

/** Whether bytes begin like a zip. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes.length > 22 && bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

/** The directory of a zip; nothing is inflated. Throws `format/damaged`, `format/too-costly`. */
export function openArchive(bytes: Bytes): Archive {
  try {
    return { members: readDirectory(bytes) }
  } catch (error) {
    if (error instanceof AppError) throw error
    // A DataView beyond its end throws a RangeError: lengths that lie.
    throw new AppError('format/damaged', {}, { cause: error })
  }
}

/** What an unencrypted member holds. Throws `format/damaged`, `format/too-costly`. */
export async function readMember(member: Member): Promise<Bytes> {
  if (member.encrypted || (member.method !== 0 && member.method !== 8)) throw new AppError('format/damaged')
  return member.method === 0 ? member.stored : inflateRaw(member.stored)
}

function readDirectory(bytes: Bytes): Member[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > FILE_LIMITS.members) throw new AppError('format/too-costly')
  const members: Member[] = []
  let storedBytes = 0
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== DIRECTORY_HEADER) throw new AppError('format/damaged')
    const member = readHeader(bytes, view, at)
    storedBytes += member.stored.length
    // Members that share their bytes are how small bombs unfold without end.
    if (storedBytes > bytes.length) throw new AppError('format/damaged')
    members.push(member)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return members
}

function findEnd(view: DataView): number {
  const last = view.byteLength - 22
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === DIRECTORY_END) return at
  }
  throw new AppError('format/damaged')
}

function readHeader(bytes: Bytes, view: DataView, at: number): Member {
  const nameEnd = at + 46 + view.getUint16(at + 28, true)
  const local = view.getUint32(at + 42, true)
  if (view.getUint32(local, true) !== LOCAL_HEADER) throw new AppError('format/damaged')
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const storedEnd = start + view.getUint32(at + 20, true)
  if (storedEnd > bytes.length || nameEnd > bytes.length) throw new AppError('format/damaged')
  const flags = view.getUint16(at + 8, true)
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)),
    encrypted: (flags & 1) === 1,
    method: view.getUint16(at + 10, true),
    dosTime: view.getUint16(at + 12, true),
    crc32: view.getUint32(at + 16, true),
    flags,
    size: view.getUint32(at + 24, true),
    extra: bytes.slice(nameEnd, nameEnd + view.getUint16(at + 30, true)),
    stored: bytes.subarray(start, storedEnd),
  }
}
