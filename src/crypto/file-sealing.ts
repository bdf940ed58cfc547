import { type Bytes, bytesToHex } from '../core/bytes'

/** How other programs want their files sealed. How they are opened is in `file-ciphers`. */

/** Random bytes for salts, nonces and keys. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** A random name in the form most programs want (RFC 9562, version 4). */
export function randomUuid(): string {
  const bytes = randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** AES-GCM: `ciphertext ‖ tag`. A nonce MUST be new for each text under one key. */
export async function sealGcm(key: Bytes, nonce: Bytes, plaintext: Bytes, associated?: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const algorithm = { name: 'AES-GCM', iv: nonce, ...(associated ? { additionalData: associated } : {}) }
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, imported, plaintext))
}

/** AES-CBC with PKCS#7 padding. It proves nothing by itself: a MAC belongs over it. */
export async function sealCbc(key: Bytes, iv: Bytes, plaintext: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt'])
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, imported, plaintext))
}
