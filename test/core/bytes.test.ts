import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  bytesToText,
  concatBytes,
  equalBytes,
  hexToBytes,
  textToBytes,
} from '../../src/core/bytes'
import { decodeBase32 } from '../../src/core/base32'
import { RFC_4648 } from '../vectors/rfc4648'

describe('hex', () => {
  it.each(RFC_4648)('writes and reads "%s" as RFC 4648 does', (text, _base64, _base32, base16) => {
    expect(bytesToHex(textToBytes(text))).toBe(base16.toLowerCase())
    expect(hexToBytes(base16)).toEqual(textToBytes(text))
  })

  it.each(['0', 'abc', 'zz', '0x12', '1g', '-1'])('is null for "%s"', (text) => expect(hexToBytes(text)).toBeNull())

  it('allows blanks', () => expect(hexToBytes(' 0A ff\n')).toEqual(Uint8Array.of(10, 255)))
})

describe('base64', () => {
  it.each(RFC_4648)('writes and reads "%s" as RFC 4648 does', (text, base64) => {
    expect(bytesToBase64(textToBytes(text))).toBe(base64)
    expect(base64ToBytes(base64)).toEqual(textToBytes(text))
  })

  it('reads the URL alphabet, blanks, and text without padding', () => {
    expect(base64ToBytes('-_-_')).toEqual(Uint8Array.of(251, 255, 191))
    expect(base64ToBytes(' Zm 9v\nYg ')).toEqual(textToBytes('foob'))
  })

  it.each(['Z', 'Zg===', 'Zm9v!', 'é', '=', 'Zg=a'])('is null for "%s"', (text) =>
    expect(base64ToBytes(text)).toBeNull(),
  )

  it('is read back as the same bytes, also when there are many', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000, size: 'max' }), (bytes) => {
        expect(base64ToBytes(bytesToBase64(bytes))).toEqual(new Uint8Array(bytes))
        expect(hexToBytes(bytesToHex(bytes))).toEqual(new Uint8Array(bytes))
      }),
      { seed: 2, numRuns: 50 },
    )
  })
})

describe('text', () => {
  it('is read back as it was, a byte order mark included', () => {
    for (const text of ['', 'grüße', '测试', '\ufeffmark', '\u{1F511}', '\0'])
      expect(bytesToText(textToBytes(text))).toBe(text)
  })

  it.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]]])('is null for the bytes %j', (bytes) => {
    expect(bytesToText(Uint8Array.from(bytes))).toBeNull()
  })
})

describe('equalBytes', () => {
  it.each([
    [[], [], true],
    [[1, 2], [1, 2], true],
    [[1, 2], [1, 3], false],
    [[1, 2], [1], false],
    [[0], [], false],
  ])('of %j and %j is %s', (a, b, equal) => expect(equalBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(equal))
})

describe('concatBytes', () => {
  it('puts the parts one after the other', () => {
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3))
  })
})

describe('what the engine remembers of the text matched last', () => {
  it.each([
    ['Base64', base64ToBytes, 'c2VjcmV0IG9mIG1pbmU='],
    ['hexadecimal', hexToBytes, '7365 6372'],
    ['Base32', decodeBase32, 'ONSW GZLU'],
  ] as const)('is nothing of a secret in %s (MEM-1)', (_name, read, text) => {
    read(text)
    expect(RegExp.input).toBe('')
  })
})
