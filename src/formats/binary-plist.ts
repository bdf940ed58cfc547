import { AppError } from '../core/errors'

/** A number that points at an entry of a keyed archive's list. */
export class Uid {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

const MAGIC = 'bplist00'
const TRAILER_BYTES = 32
/** Objects may be referred to many times, so a small file can unfold without end. */
const MOST_VALUES = 200_000
const DEEPEST = 64

/** Whether bytes are a binary property list, as Apple's programs keep things. */
export function isBinaryPlist(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, MAGIC.length)) === MAGIC
}

/**
 * The value in a binary property list: objects, lists, texts, numbers, bytes, {@link Uid}s; null for what has no use here.
 * Throws `format/damaged`, `format/too-costly`.
 */
export function readBinaryPlist(bytes: Uint8Array): unknown {
  try {
    return new PlistReader(bytes).top()
  } catch (cause) {
    // A DataView throws where offsets lie.
    throw cause instanceof AppError ? cause : new AppError('format/damaged', {}, { cause })
  }
}

class PlistReader {
  private readonly view: DataView
  private readonly offsetBytes: number
  private readonly refBytes: number
  private readonly count: number
  private readonly offsets: number
  private values = 0

  constructor(bytes: Uint8Array) {
    if (!isBinaryPlist(bytes)) throw new AppError('format/damaged')
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const trailer = bytes.length - TRAILER_BYTES
    this.offsetBytes = this.view.getUint8(trailer + 6)
    this.refBytes = this.view.getUint8(trailer + 7)
    this.count = this.uint(trailer + 8, 8)
    this.offsets = this.uint(trailer + 24, 8)
  }

  top(): unknown {
    return this.value(this.uint(this.view.byteLength - TRAILER_BYTES + 16, 8), 0)
  }

  private value(ref: number, depth: number): unknown {
    if (++this.values > MOST_VALUES) throw new AppError('format/too-costly')
    if (ref >= this.count || depth > DEEPEST) throw new AppError('format/damaged')
    const at = this.uint(this.offsets + ref * this.offsetBytes, this.offsetBytes)
    const marker = this.view.getUint8(at)
    const kind = marker >> 4
    const low = marker & 0x0f
    if (kind === 0x0) return low === 9 ? true : low === 8 ? false : null
    if (kind === 0x1) return this.uint(at + 1, 2 ** low)
    if (kind === 0x2) return low === 3 ? this.view.getFloat64(at + 1) : this.view.getFloat32(at + 1)
    if (kind === 0x8) return new Uid(this.uint(at + 1, low + 1))
    return this.collection(kind, at + 1, low, depth)
  }

  private collection(kind: number, at: number, low: number, depth: number): unknown {
    const long = low === 0x0f
    const width = long ? 2 ** (this.view.getUint8(at) & 0x0f) : 0
    const length = long ? this.uint(at + 1, width) : low
    const start = at + (long ? 1 + width : 0)
    if (kind === 0x4) return this.bytes(start, length)
    if (kind === 0x5) return new TextDecoder('latin1').decode(this.bytes(start, length))
    if (kind === 0x6) return new TextDecoder('utf-16be').decode(this.bytes(start, 2 * length))
    const refs = (from: number): unknown[] => this.list(from, length, depth)
    if (kind === 0xa || kind === 0xc) return refs(start)
    if (kind !== 0xd) return null
    const values = refs(start + length * this.refBytes)
    return Object.fromEntries(refs(start).map((key, i) => [String(key), values[i]]))
  }

  private list(at: number, length: number, depth: number): unknown[] {
    if (at + length * this.refBytes > this.view.byteLength) throw new AppError('format/damaged')
    return Array.from({ length }, (_, i) => this.value(this.uint(at + i * this.refBytes, this.refBytes), depth + 1))
  }

  private bytes(at: number, length: number): Uint8Array<ArrayBuffer> {
    if (at + length > this.view.byteLength) throw new AppError('format/damaged')
    return new Uint8Array(this.view.buffer as ArrayBuffer, this.view.byteOffset + at, length).slice()
  }

  /** Big-endian. Sixteen-byte numbers do not occur; eight bytes beyond 2^53 are rounded, and no count is that large. */
  private uint(at: number, width: number): number {
    if (width < 1 || width > 8) throw new AppError('format/damaged')
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + this.view.getUint8(at + i)
    return value
  }
}
