import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'

import { createPasswordKey } from './password-key'
import { encrypted } from './probe'

describe('createPasswordKey', () => {
  const key = createPasswordKey()

  it.each(['a', 'alice-Passw0rd', '密码', 'x'.repeat(117)])('decrypts %s', (password) => {
    expect(key.decrypt(encrypted(key.publicKey, password))).toBe(password)
  })

  it('has a key of 1024 bits, so that a ciphertext is 172 characters long', () => {
    expect(encrypted(key.publicKey, 'x')).toHaveLength(172)
  })

  it.each([
    ['clear text', 'alice-Passw0rd'],
    ['nothing', ''],
    ['a number beyond the modulus', Buffer.alloc(128, 0xff).toString('base64')],
    ['a ciphertext for another key', encrypted(otherKey(), 'alice-Passw0rd')],
    ['a ciphertext without padding', unpadded(key.publicKey)],
  ])('answers null to %s', (_, ciphertext) => {
    expect(key.decrypt(ciphertext)).toBeNull()
  })
})

function otherKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 1024 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString()
}

function unpadded(publicKey: string): string {
  return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, Buffer.alloc(128, 1)).toString('base64')
}
