/** A picture's size in pixels, as its own header states it. */
export interface Dimensions {
  readonly width: number
  readonly height: number
}

/**
 * Reads the size from the beginning of a picture file, so that a small file which claims to be enormous is refused
 * before the browser sets memory aside for it (INP-6). Null for what is none of the kinds below, or is cut short.
 */
export function dimensionsOf(bytes: Uint8Array): Dimensions | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = KINDS.find(({ is }) => is(bytes))?.read
  try {
    return read?.(view) ?? null
  } catch (error) {
    // A DataView throws where the file ends before its header does.
    if (error instanceof RangeError) return null
    throw error
  }
}

interface Kind {
  is(bytes: Uint8Array): boolean
  /** May read past the end, which throws a RangeError. */
  read(view: DataView): Dimensions | null
}

const KINDS: readonly Kind[] = [
  {
    is: (bytes) => hasText(bytes, 0, '\x89PNG\r\n\x1a\n'),
    read: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  },
  { is: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8, read: jpegSize },
  {
    is: (bytes) => hasText(bytes, 0, 'GIF8'),
    read: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  },
  { is: (bytes) => hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP'), read: webpSize },
  {
    is: (bytes) => hasText(bytes, 0, 'BM'),
    read: (view) => ({ width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }),
  },
  { is: (bytes) => hasText(bytes, 4, 'ftypavi'), read: avifSize },
]

/** The size stands in the first frame header (SOF0…SOF15, without the three markers among them that are none). */
function jpegSize(view: DataView): Dimensions | null {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    } else at += 2 + view.getUint16(at + 2)
  }
}

/** Three layouts: extended, lossless, lossy. */
function webpSize(view: DataView): Dimensions | null {
  switch (view.getUint32(12)) {
    case fourCharacters('VP8X'):
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
    case fourCharacters('VP8L'): {
      const bits = view.getUint32(21, true)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
    }
    case fourCharacters('VP8 '):
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    default:
      return null
  }
}

/** Every image item (the picture, a thumbnail, its transparency) has an `ispe` box; the largest counts. */
function avifSize(view: DataView): Dimensions | null {
  const name = fourCharacters('ispe')
  const last = Math.min(view.byteLength - 16, AVIF_HEADER_BYTES)
  let largest: Dimensions | null = null
  for (let at = 0; at <= last; at++) {
    if (view.getUint32(at) !== name) continue
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (!largest || found.width * found.height > largest.width * largest.height) largest = found
  }
  return largest
}

const AVIF_HEADER_BYTES = 65_536

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function fourCharacters(name: string): number {
  return [...name].reduce((sum, character) => sum * 256 + character.charCodeAt(0), 0)
}

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0))
}
