import { decodeBase32, encodeBase32 } from '../core/base32'
import { type Bytes, concatBytes, equalBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { digest } from './seal'

/** 144 bits: nothing that could be guessed. With the two bytes that tell a typing mistake, eight groups of four characters. */
const SECRET_BYTES = 18
const CHECK_BYTES = 2
const GROUP = 4

/** A fresh secret for a recovery sheet. */
export function newSheetSecret(): Bytes {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
}

/** As it is printed: Base32 with a check, in groups. */
export async function formatSheetCode(secret: Bytes): Promise<string> {
  const digits = encodeBase32(concatBytes(secret, await check(secret)))
  return (digits.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-')
}

/** The secret of a code as somebody typed it from paper. Throws `vault/sheet-code-mistyped`. */
export async function parseSheetCode(text: string): Promise<Bytes> {
  const bytes = decoded(text.normalize('NFKC').replace(/[^A-Za-z0-9]/g, ''))
  const secret = bytes?.slice(0, SECRET_BYTES)
  if (!bytes || !secret || bytes.length !== SECRET_BYTES + CHECK_BYTES) throw new AppError('vault/sheet-code-mistyped')
  if (!equalBytes(bytes.subarray(SECRET_BYTES), await check(secret))) throw new AppError('vault/sheet-code-mistyped')
  return secret
}

/** 0, 1 and 8 are not in the alphabet: they can only be O, I and B, misread. */
function decoded(text: string): Bytes | null {
  const letters = text.toUpperCase().replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('8', 'B')
  try {
    return decodeBase32(letters)
  } catch {
    // Whatever is wrong with it: it is not what was printed.
    return null
  }
}

async function check(secret: Bytes): Promise<Bytes> {
  return (await digest(secret)).slice(0, CHECK_BYTES)
}
