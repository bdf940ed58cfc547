import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { boxBlur, cropped, doubled, localMean, sharpened, shrunk } from '../../src/scan/filters'
import type { GreyImage } from '../../src/scan/grey'

const pictures = (least = 1, most = 9) =>
  fc
    .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height })
        .map((pixels) => ({ pixels, width, height })),
    )

/** The pixels of a square around a place, those outside the picture left out: the definition, without a shortcut. */
function around({ pixels, width, height }: GreyImage, x: number, y: number, radius: number): number[] {
  const near: number[] = []
  for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
    for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) near.push(pixels[v * width + u]!)
  }
  return near
}

function mean(values: readonly number[]): number {
  return Math.floor(values.reduce((sum, value) => sum + value, 0) / values.length + 0.5)
}

describe('boxBlur', () => {
  it('gives each pixel the mean of its square', () => {
    fc.assert(
      fc.property(pictures(), fc.integer({ min: 0, max: 4 }), (image, radius) => {
        const expected = Array.from(image.pixels, (_, at) =>
          mean(around(image, at % image.width, Math.floor(at / image.width), radius)),
        )
        expect([...boxBlur(image, radius).pixels]).toEqual(expected)
      }),
    )
  })

  it('stays right where the sums pass 2^32', () => {
    const white = { pixels: new Uint8Array(4_200 * 4_100).fill(255), width: 4_200, height: 4_100 }
    expect(boxBlur(white, 2).pixels.every((light) => light === 255)).toBe(true)
  })
})

describe('localMean', () => {
  it('makes a pixel white where it is no darker than the surroundings of the square of two that it is in', () => {
    fc.assert(
      fc.property(pictures(2, 9), fc.integer({ min: 0, max: 40 }), (image, noise) => {
        const squares = shrunk(image, 2)
        const meanAt = (at: number): number => {
          const x = Math.min(squares.width - 1, Math.floor((at % image.width) / 2))
          const y = Math.min(squares.height - 1, Math.floor(at / image.width / 2))
          return mean(around(squares, x, y, 1))
        }
        expect([...localMean(image, 2, noise).pixels]).toEqual(
          Array.from(image.pixels, (light, at) => (light + noise >= meanAt(at) ? 255 : 0)),
        )
      }),
    )
  })

  it('is white where the picture is smaller than a square', () => {
    expect([...localMean({ pixels: new Uint8Array(6), width: 1, height: 6 }, 12).pixels]).toEqual(Array(6).fill(255))
  })
})

describe('sharpened', () => {
  it('pushes each pixel away from the mean around it, within the range', () => {
    fc.assert(
      fc.property(pictures(), fc.integer({ min: 0, max: 5 }), (image, strength) => {
        const means = boxBlur(image, 2).pixels
        expect([...sharpened(image, 2, strength).pixels]).toEqual(
          Array.from(image.pixels, (light, at) => Math.min(255, Math.max(0, light + strength * (light - means[at]!)))),
        )
      }),
    )
  })
})

describe('doubled', () => {
  it('has twice the sides, keeps an even picture even and stays within the range', () => {
    fc.assert(
      fc.property(pictures(), fc.integer({ min: 0, max: 255 }), (image, light) => {
        const larger = doubled(image)
        expect([larger.width, larger.height]).toEqual([image.width * 2, image.height * 2])
        expect(Math.min(...larger.pixels)).toBeGreaterThanOrEqual(Math.min(...image.pixels))
        expect(Math.max(...larger.pixels)).toBeLessThanOrEqual(Math.max(...image.pixels))
        const even = doubled({ ...image, pixels: image.pixels.map(() => light) })
        expect(even.pixels.every((pixel) => pixel === light)).toBe(true)
      }),
    )
  })

  it('puts nine parts of the near pixel, three of its neighbours and one of the far one together', () => {
    const { pixels } = doubled({ pixels: Uint8Array.of(0, 160, 80, 240), width: 2, height: 2 })
    expect([...pixels]).toEqual([0, 40, 120, 160, 20, 60, 140, 180, 60, 100, 180, 220, 80, 120, 200, 240])
  })
})

describe('shrunk', () => {
  it('gives each square its mean and drops what is left over', () => {
    const image = { pixels: Uint8Array.of(0, 4, 9, 8, 12, 9, 9, 9, 9), width: 3, height: 3 }
    expect(shrunk(image, 2)).toEqual({ pixels: Uint8Array.of(6), width: 1, height: 1 })
  })

  it('inverts doubling of an even picture', () => {
    const image = { pixels: new Uint8Array(12).fill(77), width: 4, height: 3 }
    expect(shrunk(doubled(image), 2)).toEqual(image)
  })
})

describe('cropped', () => {
  it('copies the part that is asked for', () => {
    const image = { pixels: Uint8Array.from({ length: 12 }, (_, at) => at), width: 4, height: 3 }
    expect(cropped(image, 1, 1, 2, 2)).toEqual({ pixels: Uint8Array.of(5, 6, 9, 10), width: 2, height: 2 })
  })
})
