import { AppError } from '../core/errors'

/** What a file may cost (INP-2, INP-5). Beyond it the file is refused, not cut. */
export const FILE_LIMITS = {
  fileBytes: 10 * 1024 * 1024,
  entries: 10_000,
  jsonDepth: 64,
  inflatedBytes: 50 * 1024 * 1024,
  inflatedRatio: 100,
  members: 1_000,
} as const

/** Throws `format/too-costly` for a file that is larger than any real export. */
export function checkFileSize(bytes: Uint8Array): void {
  if (bytes.length > FILE_LIMITS.fileBytes) throw new AppError('format/too-costly')
}

/** Throws `format/too-costly` for more rows than are read. */
export function checkRowCount(count: number): void {
  if (count > FILE_LIMITS.entries) throw new AppError('format/too-costly')
}

/** Whether brackets in JSON text nest deeper than is read; looks at text only and once, so nothing is built first. */
export function isNestedTooDeeply(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (inString && character === '\\') i++
    else if (character === '"') inString = !inString
    else if (!inString && (character === '[' || character === '{')) depth++
    else if (!inString && (character === ']' || character === '}')) depth--
    if (depth > FILE_LIMITS.jsonDepth) return true
  }
  return false
}
