/** Below this there is too little to judge by. */
const LEAST_BYTES = 32

/** How far the spread of the bytes may be from that of true randomness: text and unpacked pictures are far beyond. */
const TOLERANCE = 0.85

/** Files that are as random as a ciphertext but begin with a mark of their own: pictures, sound, archives, programs. */
const MARKS: readonly string[] = [
  '\x89PNG',
  '\xff\xd8\xff',
  'GIF8',
  'RIFF',
  'BM',
  '%PDF',
  'PK',
  '\x1f\x8b',
  'BZh',
  '7z\xbc\xaf',
  'Rar!',
  '\xfd7zXZ',
  '\x28\xb5\x2f\xfd',
  '\x7fELF',
  'MZ',
  'OggS',
  'ID3',
  'SQLite format 3',
  '\xac\xed\x00\x05',
  '\x03\xd9\xa2\x9a',
  '\xd0\xcf\x11\xe0',
  'wOF',
  '\x00asm',
  'bplist',
]
const MEDIA_CONTAINER = 'ftyp'

/** Whether bytes may be a ciphertext without any mark: they look like chance, and like no other kind of file. */
export function looksRandom(bytes: Uint8Array): boolean {
  if (bytes.length < LEAST_BYTES) return false
  const start = String.fromCharCode(...bytes.subarray(0, 16))
  if (MARKS.some((mark) => start.startsWith(mark)) || start.slice(4).startsWith(MEDIA_CONTAINER)) return false
  const expected = 256 * (1 - (255 / 256) ** bytes.length)
  return new Set(bytes).size >= TOLERANCE * expected
}
