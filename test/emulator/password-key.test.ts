import { constants, publicEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createPasswordKey } from './password-key'

const key = createPasswordKey()

function encrypt(text: string): Buffer {
  return publicEncrypt({ key: key.publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text))
}

describe('createPasswordKey', () => {
  it('decrypts what was encrypted to it', () => {
    expect(key.decrypt(encrypt('bob-Passw0rd').toString('base64'))).toBe('bob-Passw0rd')
  })

  it('decrypts a number whose leading zero was left out, as some clients do', () => {
    let block = encrypt('bob-Passw0rd')
    while (block[0] !== 0) block = encrypt('bob-Passw0rd')
    expect(key.decrypt(block.subarray(1).toString('base64'))).toBe('bob-Passw0rd')
  })

  it.each(['', 'bob-Passw0rd', Buffer.alloc(128, 255).toString('base64'), Buffer.alloc(129, 1).toString('base64')])(
    'makes nothing of %j',
    (text) => expect(key.decrypt(text)).toBeNull(),
  )
})
