/** Bytes in memory of their own, as WebCrypto and IndexedDB take them. */
export type Bytes = Uint8Array<ArrayBuffer>

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text as UTF-8. A lone surrogate becomes U+FFFD, as everywhere on the web. */
export function textToBytes(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/** UTF-8 as text; null where the bytes are not UTF-8. */
export function bytesToText(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    // The decoder's way to say "not UTF-8".
    return null
  }
}

/**
 * Engines keep the text that a pattern matched last, for `RegExp.input` and the like. Whoever has matched something secret has
 * them keep an empty one instead (MEM-1).
 */
export function forgetMatched(): void {
  NOTHING.test('')
}

const NOTHING = /^/

/** Lower-case hexadecimal. */
export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Hexadecimal in any case, blanks allowed; null where it is something else or a digit is missing. */
export function hexToBytes(text: string): Bytes | null {
  try {
    return readHex(text)
  } finally {
    forgetMatched()
  }
}

function readHex(text: string): Bytes | null {
  const digits = text.replace(/\s/g, '')
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return null
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}

/** Standard Base64 with padding. */
export function bytesToBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(binary)
}

/** Standard or URL-safe Base64, padded or not, blanks allowed; null where it is something else. */
export function base64ToBytes(text: string): Bytes | null {
  try {
    return readBase64(text)
  } finally {
    forgetMatched()
  }
}

function readBase64(text: string): Bytes | null {
  const compact = text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/')
  const digits = compact.replace(/={1,2}$/, '')
  const padded = digits.length < compact.length
  if (digits.length % 4 === 1 || (padded && compact.length % 4 !== 0)) return null
  if (!/^[A-Za-z0-9+/]*$/.test(digits)) return null
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))
}

/** All parts one after the other, in memory of their own. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Whether both hold the same bytes; looks at all of them, wherever the first difference is. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0)
  return difference === 0
}
