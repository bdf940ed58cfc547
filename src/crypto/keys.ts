import { type Bytes, bytesToHex, textToBytes } from '../core/bytes'
import { type Context, open, seal } from './seal'

/** What a key derived from the vault key is for. No key serves two purposes (KEY-2). */
export type Purpose = 'records' | 'manifest' | 'snapshots' | 'notes'

/** The length of every salt. */
export const SALT_BYTES = 16

/** The length of every key. */
export const KEY_BYTES = 32

const ID_BYTES = 16

/** A fresh 256-bit key. */
export function newKey(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES))
}

/** A fresh 128-bit salt. */
export function newSalt(): Bytes {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES))
}

/** A fresh 128-bit name in hexadecimal; it says nothing about what it names. */
export function randomId(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(ID_BYTES)))
}

/** The vault key under a wrapping key, bound to the slot it lies in. */
export async function wrapKey(wrappingKey: Bytes, vaultKey: Bytes, context: Context): Promise<Bytes> {
  return seal(await importKey(wrappingKey), vaultKey, context)
}

/** The vault key again; null where the wrapping key is not the one, or the slot is not what it was. */
export async function unwrapKey(wrappingKey: Bytes, wrapped: Bytes, context: Context): Promise<Bytes | null> {
  return open(await importKey(wrappingKey), wrapped, context)
}

/** The AES key for one purpose in one vault, by HKDF-SHA-256. It lives in memory only and cannot be exported (KEY-6). */
export async function purposeKey(vaultKey: Bytes, vaultId: string, purpose: Purpose): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', vaultKey, 'HKDF', false, ['deriveKey'])
  const derivation = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: textToBytes(vaultId),
    info: textToBytes(`latchkey/${purpose}`),
  }
  return crypto.subtle.deriveKey(derivation, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** What a slot's own random secret wraps with: a recovery sheet's, a passkey's. Needs no stretching, there is nothing to guess. */
export async function slotKey(secret: Bytes, salt: Bytes, kind: 'sheet' | 'passkey'): Promise<Bytes> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt, info: textToBytes(`latchkey/slot/${kind}`) }
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, base, KEY_BYTES * 8))
}

function importKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}
