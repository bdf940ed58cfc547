import { createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'

import { textToBytes } from '../../src/core/bytes'
import { randomBytes, randomUuid, sealCbc, sealGcm } from '../../src/crypto/file-sealing'

const key = randomBytes(32)

describe('sealGcm', () => {
  it('is opened by Node with the same associated data, and by no other', async () => {
    const nonce = randomBytes(12)
    const sealed = Buffer.from(await sealGcm(key, nonce, textToBytes('text'), textToBytes('context')))
    const open = (context: string): string => {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(sealed.subarray(-16))
      return decipher.update(sealed.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')
    }
    expect(open('context')).toBe('text')
    expect(() => open('another')).toThrow()
  })
})

describe('sealCbc', () => {
  it.each([0, 1, 15, 16, 17])('is opened by Node for %i bytes', async (length) => {
    const iv = randomBytes(16)
    const text = randomBytes(length)
    const decipher = createDecipheriv('aes-256-cbc', key, iv)
    const opened = Buffer.concat([decipher.update(await sealCbc(key, iv, text)), decipher.final()])
    expect(opened).toEqual(Buffer.from(text))
  })
})

describe('randomUuid', () => {
  it('makes version 4 names, each another', () => {
    const names = Array.from({ length: 100 }, randomUuid)
    expect(new Set(names).size).toBe(100)
    for (const name of names)
      expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
