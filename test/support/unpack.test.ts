import { describe, expect, it } from 'vitest'
import { unpackLz4, unpackSnappy } from './unpack'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytes = (...parts: (number | string)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))))

describe('Snappy', () => {
  it.each([
    ['a literal', bytes(3, 0x08, 'abc'), 'abc'],
    ['a short copy that reaches into itself', bytes(9, 0x08, 'abc', 0x09, 3), 'abcabcabc'],
    ['a copy with two bytes of offset', bytes(6, 0x08, 'abc', 0x0a, 3, 0), 'abcabc'],
    ['a copy with four', bytes(6, 0x08, 'abc', 0x0b, 3, 0, 0, 0), 'abcabc'],
    ['a long literal', bytes(0x80, 1, 0xf0, 127, 'x'.repeat(128)), 'x'.repeat(128)],
    ['what comes before damage', bytes(9, 0x08, 'abc', 0x09, 99), 'abc'],
    ['nothing of a copy at the beginning', bytes(9, 0x09, 3), ''],
  ])('gives back %s', (_what, packed, unpacked) => {
    expect(text(unpackSnappy(packed))).toBe(unpacked)
    expect(text(unpackSnappy(Buffer.concat([Buffer.from('before'), packed]), 6))).toBe(unpacked)
  })
})

describe('LZ4', () => {
  it.each([
    ['literals', bytes(0x30, 'abc'), 'abc'],
    ['a copy and what follows', bytes(0x32, 'abc', 3, 0, 0x50, 'hello'), 'abcabcabchello'],
    ['lengths beyond a token', bytes(0xf0, 5, 'y'.repeat(20)), 'y'.repeat(20)],
  ])('gives back %s', (_what, packed, unpacked) => {
    expect(text(unpackLz4(packed, 0, unpacked.length))).toBe(unpacked)
  })
})
