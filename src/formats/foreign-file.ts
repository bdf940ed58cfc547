import { type Bytes, bytesToText } from '../core/bytes'
import { isArchive, openArchive } from './archive'
import type { ForeignFile } from './format'
import { parseJson } from './json'
import { checkFileSize } from './limits'

/** A file looked at once for all formats. Throws `format/too-costly`, `format/damaged`. */
export function openFile(source: Uint8Array): ForeignFile {
  checkFileSize(source)
  return openOwnFile(source)
}

/** A file that was just written here: as `openFile`, of any size. */
export function openOwnFile(source: Uint8Array): ForeignFile {
  const bytes: Bytes = new Uint8Array(source)
  const archive = isArchive(bytes) ? openArchive(bytes) : null
  const text = archive ? null : textIn(bytes)
  return { bytes, text, json: text === null ? undefined : parseJson(text), archive }
}

/** UTF-8, or UTF-16 where a byte order mark says so, as Windows writes it; without the mark. */
function textIn(bytes: Bytes): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return bytesToText(bytes)?.replace(/^\uFEFF/, '') ?? null
}
