import { describe, expect, it } from 'vitest'

import type { GreyImage } from '../../src/scan/grey'
import { pixelCount, tiles, VIEW_PIXELS, viewsOf } from '../../src/scan/views'

/** Every pixel carries its column modulo 251, so that a tile shows where it was cut. */
function picture(width: number, height: number): GreyImage {
  return { pixels: Uint8Array.from({ length: width * height }, (_, at) => (at % width) % 251), width, height }
}

describe('viewsOf', () => {
  it('is the picture itself up to the limit', () => {
    const image = picture(2_500, 1_600)
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
    const views = viewsOf({ pixels: new Uint8Array(width * height), width, height })
    expect(views.length).toBeGreaterThan(2)
    for (const view of views) {
      expect(pixelCount(view)).toBeLessThanOrEqual(VIEW_PIXELS)
      expect(view.pixels.length).toBe(pixelCount(view))
    }
  })
})

describe('tiles', () => {
  it.each([
    [3_840, 2_160, 4_000_000],
    [1_440, 900, 1_000_000],
    [2_000, 2_000, 1_000_000],
  ])('cover %i × %i without a gap, each column and row shared or met', (width, height, limit) => {
    const seen = new Uint8Array(width)
    const parts = tiles(picture(width, height), limit)
    for (const tile of parts) for (const column of tile.pixels.subarray(0, tile.width)) seen[column] = 1
    expect(seen.subarray(0, 251).every((one) => one === 1)).toBe(true)
    expect(parts.reduce((sum, tile) => sum + pixelCount(tile), 0)).toBeGreaterThanOrEqual(width * height)
    expect(Math.max(...parts.map(pixelCount))).toBeLessThanOrEqual(limit)
  })
})
