import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dimensionsOf } from '../../src/scan/dimensions'
import { page, pngOf } from './draw'

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0))

/** The first bytes of real files of each kind, as their specifications lay them out; 640 × 400 each. */
const HEADERS: readonly [kind: string, bytes: readonly number[]][] = [
  ['GIF', [...ascii('GIF89a'), 0x80, 2, 0x90, 1]],
  ['BMP', [...ascii('BM'), ...Array<number>(12).fill(0), 40, 0, 0, 0, 0x80, 2, 0, 0, 0x90, 1, 0, 0]],
  [
    'BMP stored from the top',
    [...ascii('BM'), ...Array<number>(12).fill(0), 40, 0, 0, 0, 0x80, 2, 0, 0, 0x70, 0xfe, 255, 255],
  ],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc4, 0, 3, 9, 0xff, 0xff, 0xc2, 0, 17, 8, 1, 0x90, 2, 0x80, 3]],
  ['WebP, lossy', [...ascii('RIFFxxxxWEBPVP8 '), 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0x90, 1]],
  ['WebP, lossless', [...ascii('RIFFxxxxWEBPVP8L'), 0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x63, 0]],
  ['WebP, extended', [...ascii('RIFFxxxxWEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 0x7f, 2, 0, 0x8f, 1, 0]],
  [
    'AVIF with a thumbnail',
    [
      [0, 0, 0, 32, ...ascii('ftypavif'), ...Array<number>(20).fill(0)],
      [0, 0, 0, 20, ...ascii('ispe'), 0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 40],
      [0, 0, 0, 20, ...ascii('ispe'), 0, 0, 0, 0, 0, 0, 2, 0x80, 0, 0, 1, 0x90],
    ].flat(),
  ],
]

describe('dimensionsOf', () => {
  it.each(HEADERS)('reads a %s', (_kind, bytes) => {
    expect(dimensionsOf(Uint8Array.from(bytes))).toEqual({ width: 640, height: 400 })
  })

  it('reads a PNG, also in the middle of a larger buffer', () => {
    const file = Buffer.concat([Buffer.alloc(5), pngOf(page(640, 400))])
    expect(dimensionsOf(file.subarray(5))).toEqual({ width: 640, height: 400 })
  })

  it.each(HEADERS)('knows no size of a %s that is cut short', (_kind, bytes) => {
    for (let length = 0; length < bytes.length - 4; length++) {
      expect(dimensionsOf(Uint8Array.from(bytes.slice(0, length)))?.width).not.toBe(640)
    }
  })

  it.each(['', 'hello', '<svg width="5" height="5"/>', '%PDF-1.7', 'RIFF....WAVE'])('does not know %j', (text) => {
    expect(dimensionsOf(Uint8Array.from(ascii(text)))).toBeNull()
  })

  it('answers any bytes at all (INP-1)', () => {
    const start = fc.constantFrom(...HEADERS.map(([, bytes]) => bytes))
    const damaged = fc
      .tuple(start, fc.uint8Array({ maxLength: 200 }), fc.nat(40))
      .map(([bytes, rest, kept]) => Uint8Array.from([...bytes.slice(0, kept), ...rest]))
    fc.assert(
      fc.property(damaged, (bytes) => {
        const size = dimensionsOf(bytes)
        if (size) expect([size.width, size.height].every((side) => Number.isInteger(side) && side >= 0)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})
