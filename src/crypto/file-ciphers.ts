import { type Bytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'

/** The ciphers and derivations that other programs protect their files with. Ours are in `seal` and `kdf`. */

/** INP-4. */
const MOST_PASSES = 10_000_000

/** How a password becomes a key by PBKDF2. */
export interface Pbkdf2Parameters {
  hash: 'SHA-1' | 'SHA-256' | 'SHA-512'
  /** As the file says; judged here. */
  passes: unknown
  bytes: number
}

/** Throws `format/too-costly` for more passes than any honest file asks for, `format/damaged` for what is no number of passes. */
export async function pbkdf2(password: string, salt: Bytes, { hash, passes, bytes }: Pbkdf2Parameters): Promise<Bytes> {
  if (!Number.isInteger(passes) || (passes as number) < 1) throw new AppError('format/damaged')
  if ((passes as number) > MOST_PASSES) throw new AppError('format/too-costly')
  const material = await crypto.subtle.importKey('raw', textToBytes(password), 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash, salt, iterations: passes as number }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, bytes * 8))
}

/** What AES-GCM sealed as `ciphertext ‖ tag`; null where key, nonce, associated data or any bit is not the right one. */
export async function openGcm(key: Bytes, nonce: Bytes, sealed: Bytes, associated?: Bytes): Promise<Bytes | null> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
    const algorithm = { name: 'AES-GCM', iv: nonce, ...(associated ? { additionalData: associated } : {}) }
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, sealed))
  } catch {
    // WebCrypto has one answer to all of these.
    return null
  }
}

/** What AES-CBC made, its PKCS#7 padding taken off; null where that is not there, as a wrong key mostly shows. */
export async function openCbc(key: Bytes, iv: Bytes, text: Bytes): Promise<Bytes | null> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt'])
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, imported, text))
  } catch {
    // WebCrypto has one answer to all of these.
    return null
  }
}

/** The MAC of a message, whole. */
export async function hmac(hash: 'SHA-1' | 'SHA-256', key: Bytes, message: Bytes): Promise<Bytes> {
  const algorithm = { name: 'HMAC', hash }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign(algorithm, imported, message))
}
