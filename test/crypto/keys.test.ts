import { createDecipheriv, hkdfSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'

import { newKey, newSalt, purposeKey, randomId, unwrapKey, wrapKey } from '../../src/crypto/keys'
import { open, seal } from '../../src/crypto/seal'

const context = ['latchkey/slot', 1, 'vault'] as const

describe('wrapKey and unwrapKey', () => {
  it('are inverse, and refuse another key, another slot and another wrapping (KEY-2)', async () => {
    const [vaultKey, wrappingKey] = [newKey(), newKey()]
    const wrapped = await wrapKey(wrappingKey, vaultKey, context)
    expect(await unwrapKey(wrappingKey, wrapped, context)).toEqual(vaultKey)
    expect(await unwrapKey(newKey(), wrapped, context)).toBeNull()
    expect(await unwrapKey(wrappingKey, wrapped, ['latchkey/slot', 1, 'other'])).toBeNull()
    expect(await wrapKey(wrappingKey, vaultKey, context)).not.toEqual(wrapped)
    wrapped[20]! ^= 1
    expect(await unwrapKey(wrappingKey, wrapped, context)).toBeNull()
  })
})

describe('purposeKey', () => {
  it('is HKDF-SHA-256 with the vault id as salt and the purpose as info', async () => {
    const vaultKey = newKey()
    const sealed = await seal(await purposeKey(vaultKey, 'abc', 'records'), vaultKey, [])
    const key = hkdfSync('sha256', vaultKey, 'abc', 'latchkey/records', 32)
    const decipher = createDecipheriv('aes-256-gcm', new Uint8Array(key), sealed.subarray(0, 12))
    decipher.setAAD(Buffer.from('[]')).setAuthTag(sealed.subarray(-16))
    expect(new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]))).toEqual(
      vaultKey,
    )
  })

  it('serves one purpose in one vault, and cannot be exported (KEY-2, KEY-6)', async () => {
    const vaultKey = newKey()
    const key = await purposeKey(vaultKey, 'a', 'records')
    const sealed = await seal(key, vaultKey, [])
    expect(await open(await purposeKey(vaultKey, 'a', 'manifest'), sealed, [])).toBeNull()
    expect(await open(await purposeKey(vaultKey, 'b', 'records'), sealed, [])).toBeNull()
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })
})

describe('fresh values', () => {
  it('are as long as they should be and never the same', () => {
    expect(newKey()).toHaveLength(32)
    expect(newSalt()).toHaveLength(16)
    expect(randomId()).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(Array.from({ length: 1000 }, randomId)).size).toBe(1000)
  })
})
