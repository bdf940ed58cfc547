import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decodeBase32, encodeBase32 } from '../../src/core/base32'
import { textToBytes } from '../../src/core/bytes'
import { AppError } from '../../src/core/errors'
import { RFC_4648 } from '../vectors/rfc4648'

describe('decodeBase32', () => {
  it.each(RFC_4648)('reads "%s" of RFC 4648', (text, _base64, base32) => {
    expect(decodeBase32(base32)).toEqual(textToBytes(text))
  })

  it.each(['mzxw6ytboi', ' MZXW 6YTB OI ', 'mzxw-6ytb-oi==', 'MZXW6\u00a0YTBOI', 'MZX=W6YTBOI'])(
    'reads "%s" as foobar',
    (text) => {
      expect(decodeBase32(text)).toEqual(textToBytes('foobar'))
    },
  )

  it.each([
    ['M', 0],
    ['MZX', 1],
    ['MZXW6Y', 3],
    ['MZXW6YTBO', 5],
    ['', 0],
  ])('takes the whole bytes of "%s", a length no encoder writes', (text, length) => {
    expect(decodeBase32(text)).toEqual(textToBytes('foobar').slice(0, length))
  })

  it.each(['MZXW0', 'MZXW1', 'MZXW8', 'MZXW9', 'MZXW!', 'MZXWé', 'MZXW+', 'MZXW/', 'ſ', '\u{1F600}'])(
    'refuses "%s" by name and keeps it out of the error',
    (text) => {
      expect(() => decodeBase32(text)).toThrow(new AppError('entry/secret-invalid'))
    },
  )
})

describe('encodeBase32', () => {
  it.each(RFC_4648)('writes "%s" as RFC 4648 does, without padding', (text, _base64, base32) => {
    expect(encodeBase32(textToBytes(text))).toBe(base32.replaceAll('=', ''))
  })

  it('is read back as the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 256 }), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(new Uint8Array(bytes))
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})
