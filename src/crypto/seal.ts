import { type Bytes, concatBytes, textToBytes } from '../core/bytes'

/**
 * What a sealed text is and where it belongs. It is bound as associated data, written as a JSON array without blanks,
 * so that no list of parts can be mistaken for another.
 */
export type Context = readonly (string | number)[]

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM under a fresh random nonce: `nonce ‖ ciphertext ‖ tag`. */
export async function seal(key: CryptoKey, plaintext: Bytes, context: Context): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const sealed = await crypto.subtle.encrypt(algorithm(nonce, context), key, plaintext)
  return concatBytes(nonce, new Uint8Array(sealed))
}

/** What was sealed; null where key, context or any bit is not the one it was sealed with. */
export async function open(key: CryptoKey, sealed: Bytes, context: Context): Promise<Bytes | null> {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null
  try {
    const nonce = sealed.subarray(0, NONCE_BYTES)
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(nonce, context), key, sealed.subarray(NONCE_BYTES)))
  } catch {
    // WebCrypto has one answer to all of these, and says no more on purpose.
    return null
  }
}

/** SHA-256. */
export async function digest(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

function algorithm(nonce: Bytes, context: Context): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: textToBytes(JSON.stringify(context)), tagLength: TAG_BYTES * 8 }
}
