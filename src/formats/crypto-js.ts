import { type Bytes, base64ToBytes, concatBytes, textToBytes } from '../core/bytes'
import { openCbc } from '../crypto/file-ciphers'

const MARK = textToBytes('Salted__')
const SALT_END = 16
const KEY_BYTES = 32
const IV_BYTES = 16

/**
 * What CryptoJS (and `openssl enc` of old) encrypted with a passphrase: Base64 of `Salted__ ‖ salt(8) ‖ ciphertext`, AES-256-CBC,
 * key and IV by one round of MD5. There is no MAC: null where the padding is not there, else perhaps rubbish.
 */
export async function openSalted(text: string, passphrase: string): Promise<Bytes | null> {
  const bytes = base64ToBytes(text)
  if (!bytes || bytes.length <= SALT_END || !MARK.every((byte, i) => byte === bytes[i])) return null
  const { key, iv } = await keyAndIv(textToBytes(passphrase), bytes.subarray(MARK.length, SALT_END))
  return openCbc(key, iv, bytes.slice(SALT_END))
}

/** OpenSSL's EVP_BytesToKey. */
async function keyAndIv(passphrase: Bytes, salt: Uint8Array): Promise<{ key: Bytes; iv: Bytes }> {
  const { md5 } = await import('@noble/hashes/legacy.js')
  let block: Uint8Array = new Uint8Array()
  let stream: Bytes = new Uint8Array()
  while (stream.length < KEY_BYTES + IV_BYTES) {
    block = md5(concatBytes(block, passphrase, salt))
    stream = concatBytes(stream, block)
  }
  return { key: stream.slice(0, KEY_BYTES), iv: stream.slice(KEY_BYTES, KEY_BYTES + IV_BYTES) }
}
