import type { Bytes } from '../../core/bytes'

/** How long the browser may take to begin saving. */
const SAVING_MS = 60_000

/** Has the browser save a file. */
export function saveFile(bytes: Bytes, fileName: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), SAVING_MS)
}

/** `latchkey-<what>-<the day, as the user's clock has it>.json`. */
export function dayName(what: string, at: number): string {
  const date = new Date(at)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'))
  return `latchkey-${what}-${day.join('-')}.json`
}
