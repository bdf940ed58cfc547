import { describe, expect, it } from 'vitest'

import type { GreyImage } from '../../src/scan/grey'
import { around, pixelCount, tiles, VIEW_PIXELS, viewsOf } from '../../src/scan/views'
import { seeded } from '../support/seeded'

function black(width: number, height: number): GreyImage {
  return { pixels: new Uint8Array(width * height), width, height }
}

describe('viewsOf', () => {
  it('is the picture itself up to the limit', () => {
    const image = black(2_500, 1_600)
    expect(viewsOf(image)).toEqual([image])
  })

  it.each([
    [2_001, 2_000],
    [3_840, 2_160],
    [8_000, 5_000],
    [40_000, 1_000],
    [1_000, 40_000],
    [40_000_000, 1],
  ])('gives no decoder more than four megapixels of %i × %i (INP-6)', (width, height) => {
    const views = viewsOf(black(width, height))
    expect(views.length).toBeGreaterThan(2)
    for (const view of views) {
      expect(pixelCount(view)).toBeLessThanOrEqual(VIEW_PIXELS)
      expect(view.pixels.length).toBe(pixelCount(view))
    }
  })
})

describe('tiles', () => {
  /** Squares of the largest size that may rely on a tile; two opposite corners of each are marked with its number. */
  function withMarkedSquares(width: number, height: number): GreyImage {
    const image = black(width, height)
    const random = seeded(width)
    const mark = (x: number, y: number, number: number): void => void (image.pixels[y * width + x] = number)
    for (let number = 1; number <= 200; number++) {
      const left = number === 1 ? 0 : number === 2 ? width - 320 : random(width - 319)
      const top = number === 1 ? 0 : number === 2 ? height - 320 : random(height - 319)
      mark(left, top, number)
      mark(left + 319, top + 319, number)
    }
    return image
  }

  /** The numbers whose two corners are both in this tile. */
  function wholeSquares(tile: GreyImage): number[] {
    const marks = Array.from(tile.pixels.filter((pixel) => pixel > 0))
    return marks.filter((number, at) => marks.indexOf(number) < at)
  }

  it.each([
    [3_840, 2_160, 4_000_000],
    [1_440, 900, 1_000_000],
    [2_000, 2_000, 1_000_000],
    [8_000, 5_000, 4_000_000],
  ])('of %i × %i leave no code of up to 320 pixels cut in two', (width, height, limit) => {
    const parts = tiles(withMarkedSquares(width, height), limit)
    expect(new Set(parts.flatMap(wholeSquares)).size).toBe(200)
    expect(Math.max(...parts.map(pixelCount))).toBeLessThanOrEqual(limit)
  })
})

describe('around', () => {
  it.each([
    [{ left: 40, top: 30, width: 20, height: 10 }, [40, 20]],
    [{ left: 0, top: 0, width: 20, height: 10 }, [30, 15]],
    [{ left: 95, top: 75, width: 20, height: 10 }, [15, 10]],
    [{ left: 500, top: 500, width: 20, height: 10 }, [1, 1]],
  ])('of %o has the size %o in a picture of 100 × 80', (region, size) => {
    const part = around(black(100, 80), region)
    expect([part.width, part.height]).toEqual(size)
    expect(part.pixels.length).toBe(pixelCount(part))
  })
})
