import { createDecipheriv } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bytesToHex, textToBytes } from '../../src/core/bytes'
import { type Context, digest, open, seal } from '../../src/crypto/seal'

const raw = Uint8Array.from({ length: 32 }, (_, i) => i)
const context: Context = ['latchkey/record', 1, 'vault', 'record', 'entry', 7]
const importKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])

describe('seal and open', () => {
  it.each([0, 1, 15, 16, 17, 1000])('are inverse for %i bytes', async (length) => {
    const key = await importKey(raw)
    const plaintext = crypto.getRandomValues(new Uint8Array(length))
    const sealed = await seal(key, plaintext, context)
    expect(sealed).toHaveLength(12 + length + 16)
    expect(await open(key, sealed, context)).toEqual(plaintext)
  })

  it('are inverse for any bytes and context', async () => {
    const key = await importKey(raw)
    const parts = fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), parts, async (bytes, any) => {
        expect(await open(key, await seal(key, new Uint8Array(bytes), any), any)).toEqual(new Uint8Array(bytes))
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  it('write AES-256-GCM with the context as JSON, as Node reads it', async () => {
    const sealed = await seal(await importKey(raw), textToBytes('secret'), context)
    const decipher = createDecipheriv('aes-256-gcm', raw, sealed.subarray(0, 12))
    decipher.setAAD(Buffer.from('["latchkey/record",1,"vault","record","entry",7]'))
    decipher.setAuthTag(sealed.subarray(-16))
    expect(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString()).toBe('secret')
  })

  it('never use a nonce twice', async () => {
    const key = await importKey(raw)
    const nonces = await Promise.all(
      Array.from({ length: 500 }, async () => bytesToHex((await seal(key, raw, context)).subarray(0, 12))),
    )
    expect(new Set(nonces).size).toBe(500)
  })

  it('refuse every flipped bit and every shorter length (VLT-2)', async () => {
    const key = await importKey(raw)
    const sealed = await seal(key, textToBytes('nine byte'), context)
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = sealed.slice()
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(await open(key, flipped, context)).toBeNull()
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(await open(key, sealed.slice(0, length), context)).toBeNull()
    }
  })

  it.each<[Context]>([
    [['latchkey/record', 2, 'vault', 'record', 'entry', 7]],
    [['latchkey/record', 1, 'other', 'record', 'entry', 7]],
    [['latchkey/record', 1, 'vault', 'other', 'entry', 7]],
    [['latchkey/record', 1, 'vault', 'record', 'server', 7]],
    [['latchkey/record', 1, 'vault', 'record', 'entry', 8]],
    [['latchkey/record', 1, 'vault', 'record', 'entry', '7']],
    [['latchkey/record', 1, 'vault', 'record,entry', 7]],
    [['latchkey/record', 1, 'vault', 'record","entry', 7]],
    [[]],
  ])('refuse the context %j (VLT-1)', async (other) => {
    const key = await importKey(raw)
    expect(await open(key, await seal(key, raw, context), other)).toBeNull()
  })

  it('refuse another key', async () => {
    const sealed = await seal(await importKey(raw), raw, context)
    expect(await open(await importKey(Uint8Array.from(raw).fill(9, 31)), sealed, context)).toBeNull()
  })
})

describe('digest', () => {
  it('is SHA-256', async () => {
    const published = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(bytesToHex(await digest(textToBytes('abc')))).toBe(published)
  })
})
