import { type Bytes, forgetMatched } from './bytes'
import { AppError } from './errors'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * Reads Base32 as people write it: any case; blanks, dashes and padding anywhere; any length, left-over bits dropped.
 * Throws `entry/secret-invalid` for any other character: leaving one out would make wrong codes.
 */
export function decodeBase32(text: string): Bytes {
  const digits = text.replace(/[\s\-=]/g, '')
  forgetMatched()
  const bytes = new Uint8Array(Math.floor((digits.length * 5) / 8))
  let bits = 0
  let bitCount = 0
  let length = 0
  for (const digit of digits) {
    bits = ((bits << 5) | valueOf(digit)) & 0xfff
    bitCount += 5
    if (bitCount < 8) continue
    bitCount -= 8
    bytes[length++] = (bits >> bitCount) & 0xff
  }
  return bytes
}

/** RFC 4648 Base32 in upper case without padding, as `otpauth://` addresses carry it. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let bitCount = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    bitCount += 8
    for (; bitCount >= 5; bitCount -= 5) text += ALPHABET.charAt((bits >> (bitCount - 5)) & 31)
  }
  return bitCount === 0 ? text : text + ALPHABET.charAt((bits << (5 - bitCount)) & 31)
}

function valueOf(digit: string): number {
  // Upper case only of what is ASCII: `ſ` would become an S.
  const value = ALPHABET.indexOf(/[a-z]/.test(digit) ? digit.toUpperCase() : digit)
  // The character itself stays out of the error: it belongs to a secret.
  if (value < 0) throw new AppError('entry/secret-invalid')
  return value
}
