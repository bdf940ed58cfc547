import { createDecipheriv, createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'

import { readKeyedArchive } from '../../src/formats/keyed-archive'
import { fixture } from './fixtures'

/** The archive in the shell of an OTP Auth file, opened with Node's cryptography. */
function archiveOf(file: string, words: string): Uint8Array {
  const key = createHash('sha256').update(words).digest()
  const cipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16))
  return new Uint8Array(Buffer.concat([cipher.update(fixture(file)), cipher.final()]))
}

describe('readKeyedArchive', () => {
  it('puts dictionaries, texts, numbers and bytes together again', () => {
    const read = readKeyedArchive(archiveOf('otp-auth/account-1.1-encrypted.otpauth', 'OTPAuth'))
    expect(read).toMatchObject({ Version: 1.1, IV: 'vector', Salt: 'salt' })
    expect((read as { Data: unknown }).Data).toBeInstanceOf(Uint8Array)
  })

  it('says damaged of what is no archive', () => {
    const damaged = expect.objectContaining({ code: 'format/damaged' })
    expect(() => readKeyedArchive(new Uint8Array(100))).toThrow(damaged)
    expect(() => readKeyedArchive(archiveOf('otp-auth/account-1.1-encrypted.otpauth', 'OTPAuth').slice(0, -1))).toThrow(
      damaged,
    )
  })
})
