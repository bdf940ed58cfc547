/**
 * Just enough of two compressions to look into a browser's files: what it cannot read it leaves, and answers what came
 * out until then. Nothing of it ships.
 */

const LARGEST = 8 * 1024 * 1024

/** Raw Snappy, from the length in front of it; LevelDB blocks and Firefox's stored values are packed with it. */
export function unpackSnappy(bytes: Uint8Array, start = 0): Uint8Array {
  const [length, first] = varint(bytes, start)
  // Something must come first that is not a copy of what was before.
  if (length === 0 || length > LARGEST || ((bytes[first] ?? 1) & 3) !== 0) return new Uint8Array(0)
  const out = new Output(length)
  let at = first
  while (!out.isFull && at < bytes.length) {
    const next = snappyElement(bytes, at, out)
    if (next === null) break
    at = next
  }
  return out.bytes()
}

/** One LZ4 block; Firefox keeps its sessions in files that begin with `mozLz40` and a length. */
export function unpackLz4(bytes: Uint8Array, start: number, length: number): Uint8Array {
  const out = new Output(Math.min(length, LARGEST))
  let at = start
  while (!out.isFull && at < bytes.length) {
    const token = bytes[at] ?? 0
    const [literals, from] = extended(bytes, at + 1, token >> 4)
    out.take(bytes.subarray(from, from + literals))
    at = from + literals
    if (at + 1 >= bytes.length) break
    const offset = little(bytes, at, 2)
    const [more, after] = extended(bytes, at + 2, token & 15)
    if (!out.repeat(offset, more + 4)) break
    at = after
  }
  return out.bytes()
}

/** Unpacked bytes as they come; never more than announced. */
class Output {
  readonly #length: number
  #room = new Uint8Array(256)
  #filled = 0

  constructor(length: number) {
    this.#length = length
  }

  get room(): number {
    return this.#length - this.#filled
  }

  get isFull(): boolean {
    return this.room === 0
  }

  take(part: Uint8Array): void {
    const fitting = part.subarray(0, this.room)
    this.#grow(fitting.length)
    this.#room.set(fitting, this.#filled)
    this.#filled += fitting.length
  }

  repeat(offset: number, length: number): boolean {
    if (offset === 0 || offset > this.#filled) return false
    const end = Math.min(this.#filled + length, this.#length)
    this.#grow(end - this.#filled)
    for (; this.#filled < end; this.#filled += 1) this.#room[this.#filled] = this.#room[this.#filled - offset] ?? 0
    return true
  }

  bytes(): Uint8Array {
    return this.#room.subarray(0, this.#filled)
  }

  #grow(by: number): void {
    if (this.#filled + by <= this.#room.length) return
    const larger = new Uint8Array(2 * (this.#filled + by))
    larger.set(this.#room)
    this.#room = larger
  }
}

/** Carries out the element at `at`; answers where the next one is, or null where this was none. */
function snappyElement(bytes: Uint8Array, at: number, out: Output): number | null {
  const tag = bytes[at] ?? 0
  const upper = tag >> 2
  if ((tag & 3) === 0) {
    const extra = Math.max(0, upper - 59)
    const length = (extra === 0 ? upper : little(bytes, at + 1, extra)) + 1
    // Packers work on 64 KiB at a time: what claims more is no literal.
    if (length > out.room || length > 65_536) return null
    const from = at + 1 + extra
    out.take(bytes.subarray(from, from + length))
    return from + length
  }
  if ((tag & 3) === 1) {
    const offset = ((tag >> 5) << 8) | (bytes[at + 1] ?? 0)
    return out.repeat(offset, (upper & 7) + 4) ? at + 2 : null
  }
  const width = (tag & 3) === 2 ? 2 : 4
  return out.repeat(little(bytes, at + 1, width), upper + 1) ? at + 1 + width : null
}

function varint(bytes: Uint8Array, start: number): [value: number, next: number] {
  let value = 0
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[start + index] ?? 0
    value += (byte & 127) * 128 ** index
    if (byte < 128) return [value, start + index + 1]
  }
  return [0, start]
}

function extended(bytes: Uint8Array, start: number, first: number): [length: number, next: number] {
  let [length, at] = [first, start]
  if (first < 15) return [length, at]
  for (;;) {
    const byte = bytes[at] ?? 0
    at += 1
    length += byte
    if (byte < 255) return [length, at]
  }
}

function little(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let index = width - 1; index >= 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0)
  return value
}
