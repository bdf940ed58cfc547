import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'

import { type Bytes, concatBytes, textToBytes } from '../../src/core/bytes'
import { hmac, openCbc, openGcm, pbkdf2 } from '../../src/crypto/file-ciphers'
import { cpuMsOf } from '../support/effort'

const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
const key = random(32)
const text = textToBytes('secret text')

describe('pbkdf2', () => {
  it.each(['SHA-1', 'SHA-256', 'SHA-512'] as const)('agrees with Node on %s', async (hash) => {
    const salt = random(20)
    const expected = pbkdf2Sync('pässword ', salt, 1234, 66, hash.replace('-', '').toLowerCase())
    expect(await pbkdf2('pässword ', salt, { hash, passes: 1234, bytes: 66 })).toEqual(new Uint8Array(expected))
  })

  it.each([
    [10_000_001, 'format/too-costly'],
    [2 ** 31, 'format/too-costly'],
    [2 ** 53, 'format/too-costly'],
    [0, 'format/damaged'],
    [-1, 'format/damaged'],
    [1.5, 'format/damaged'],
    [Number.NaN, 'format/damaged'],
    [Number.POSITIVE_INFINITY, 'format/damaged'],
    ['1000', 'format/damaged'],
    [undefined, 'format/damaged'],
  ])('refuses %s passes at once (INP-4)', async (passes, code) => {
    const derive = () => pbkdf2('x', random(8), { hash: 'SHA-1', passes, bytes: 32 })
    expect(await cpuMsOf(() => expect(derive()).rejects.toMatchObject({ code }))).toBeLessThan(200)
  })
})

describe('openGcm', () => {
  it('opens what Node sealed, and nothing else', async () => {
    const nonce = random(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(textToBytes('for'))
    const sealed = concatBytes(cipher.update(text), cipher.final(), cipher.getAuthTag())
    expect(await openGcm(key, nonce, sealed, textToBytes('for'))).toEqual(text)
    expect(await openGcm(key, nonce, sealed)).toBeNull()
    expect(await openGcm(random(32), nonce, sealed, textToBytes('for'))).toBeNull()
    expect(await openGcm(random(7), nonce, sealed, textToBytes('for'))).toBeNull()
    expect(await openGcm(key, nonce, new Uint8Array(), textToBytes('for'))).toBeNull()
  })
})

describe('openCbc', () => {
  it('opens what Node made, and knows a padding that is none', async () => {
    const iv = random(16)
    const cipher = createCipheriv('aes-256-cbc', key, iv)
    const made = concatBytes(cipher.update(text), cipher.final())
    expect(await openCbc(key, iv, made)).toEqual(text)
    expect(await openCbc(key, iv, made.slice(1))).toBeNull()
    expect(await openCbc(key, iv, new Uint8Array())).toBeNull()
  })
})

it.each(['SHA-1', 'SHA-256'] as const)('hmac agrees with Node on %s', async (hash) => {
  const expected = createHmac(hash.replace('-', '').toLowerCase(), key).update(text).digest()
  expect(await hmac(hash, key, text)).toEqual(new Uint8Array(expected))
})
