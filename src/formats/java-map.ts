import { bytesToText } from '../core/bytes'
import { AppError } from '../core/errors'

const STREAM_MAGIC = 0xaced0005
const OBJECT = 0x73
const CLASS = 0x72
const STRING = 0x74
const LONG_STRING = 0x7c
const REFERENCE = 0x71
const BLOCK_OF_8 = 0x7708
const END_OF_CLASS = 0x7870
/** The stream numbers what may be referred to from here; the class and the map take the first two numbers. */
const FIRST_STRING = 0x7e0002

const FIELD_BYTES: Readonly<Record<string, number>> = { F: 4, I: 4 }
const MOST_PAIRS = 100_000

/** Whether bytes are something Java serialised. */
export function isJavaStream(bytes: Uint8Array): boolean {
  return bytes.length > 6 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === STREAM_MAGIC
}

/**
 * A serialised `java.util.HashMap` of texts, as Android's preferences are kept. Throws `format/damaged`.
 *
 *     ACED0005 73 72 name uid flags fields 78 70 | field values | 77 08 capacity size | key value key value …
 */
export function readJavaMap(bytes: Uint8Array): ReadonlyMap<string, string> {
  try {
    return readMap(new JavaReader(bytes))
  } catch (cause) {
    // A DataView throws where lengths lie.
    throw cause instanceof AppError ? cause : new AppError('format/damaged', {}, { cause })
  }
}

function readMap(reader: JavaReader): ReadonlyMap<string, string> {
  reader.expect(4, STREAM_MAGIC)
  reader.expect(1, OBJECT)
  reader.expect(1, CLASS)
  if (reader.text(reader.number(2)) !== 'java.util.HashMap') throw new AppError('format/damaged')
  reader.skip(8 + 1)
  let fieldBytes = 0
  for (let fields = reader.number(2); fields > 0; fields--) {
    const width = FIELD_BYTES[String.fromCharCode(reader.number(1))]
    if (!width) throw new AppError('format/damaged')
    fieldBytes += width
    reader.text(reader.number(2))
  }
  reader.expect(2, END_OF_CLASS)
  reader.skip(fieldBytes)
  reader.expect(2, BLOCK_OF_8)
  reader.skip(4)
  const size = reader.number(4)
  if (size > MOST_PAIRS) throw new AppError('format/too-costly')
  return new Map(Array.from({ length: size }, () => [reader.string(), reader.string()]))
}

/** Goes through the stream once, and remembers the texts that later ones may refer to. */
class JavaReader {
  private at = 0
  private readonly view: DataView
  private readonly strings: string[] = []

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  number(width: 1 | 2 | 4): number {
    const { at, view } = this
    this.at += width
    return width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at) : view.getUint32(at)
  }

  expect(width: 1 | 2 | 4, value: number): void {
    if (this.number(width) !== value) throw new AppError('format/damaged')
  }

  skip(width: number): void {
    this.at += width
  }

  text(length: number): string {
    const bytes = new Uint8Array(this.view.buffer, this.view.byteOffset + this.at, length)
    if (this.at + length > this.view.byteLength) throw new AppError('format/damaged')
    this.at += length
    const text = bytesToText(bytes)
    if (text === null) throw new AppError('format/damaged')
    return text
  }

  string(): string {
    const tag = this.number(1)
    if (tag === REFERENCE) return this.strings[this.number(4) - FIRST_STRING] ?? ''
    if (tag !== STRING && tag !== LONG_STRING) throw new AppError('format/damaged')
    if (tag === LONG_STRING) this.expect(4, 0)
    const text = this.text(this.number(tag === STRING ? 2 : 4))
    this.strings.push(text)
    return text
  }
}
