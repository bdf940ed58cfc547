import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto'

/** The key to which clients encrypt passwords: RSA-1024, as the vendor's is. */
export interface PasswordKey {
  readonly publicKey: string
  /** The text in a base64 RSAES-PKCS1-v1_5 ciphertext, or `null`. */
  decrypt(ciphertext: string): string | null
}

const KEY_BYTES = 128

/** A fresh key pair. */
export function createPasswordKey(): PasswordKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: KEY_BYTES * 8 })
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    decrypt(ciphertext) {
      const given = Buffer.from(ciphertext, 'base64')
      if (given.length === 0 || given.length > KEY_BYTES) return null
      // Some clients leave leading zeros out of the number: one password in 256 is a byte shorter.
      const bytes = Buffer.concat([Buffer.alloc(KEY_BYTES - given.length), given])
      try {
        // Node 20 refuses PKCS#1 v1.5 decryption (CVE-2023-46809), so the padding is taken off by hand.
        return unpad(privateDecrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, bytes))
      } catch {
        return null // a number beyond the modulus is no ciphertext
      }
    },
  }
}

/** RFC 8017 §7.2.2: 00 02, at least eight non-zero bytes, 00, the message. */
function unpad(block: Buffer): string | null {
  const separator = block.indexOf(0, 2)
  if (block[0] !== 0 || block[1] !== 2 || separator < 10) return null
  return block.subarray(separator + 1).toString('utf8')
}
