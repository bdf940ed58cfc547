import { describe, expect, it } from 'vitest'

import { greyOf } from '../../src/scan/grey'
import { framedIslands } from '../../src/scan/islands'
import { scanImage } from '../../src/scan/scan'
import { seeded } from '../support/seeded'
import { modulesOf, page, put, putText } from './draw'

const TEXT = 'otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

describe('framedIslands', () => {
  it.each([
    ['dark modules on a page as dark', '#000000', '#000000', '#ffffff'],
    ['dark modules on a page nearly as dark', '#14181d', '#000000', '#ffffff'],
    ['light modules on a page as light', '#ffffff', '#ffffff', '#000000'],
  ])('cuts a code out and puts a border around it: %s', async (_what, paper, ink, between) => {
    const image = page(500, 400, paper)
    putText(image, seeded(3), between)
    const code = await modulesOf(TEXT)
    put(image, { size: code.size + 6, dark: () => true }, 120, 90, { scale: 5, quiet: 0, ink: paper })
    put(image, code, 135, 105, { scale: 5, quiet: 0, ink, paper: between })
    const [largest] = framedIslands(greyOf(image))
    const side = code.size * 5
    expect([largest?.width, largest?.height]).toEqual([side + 2 * (side / 5), side + 2 * (side / 5)])
    expect(largest?.pixels[0]).toBe(between === '#ffffff' ? 255 : 0)
    expect(await scanImage(image)).toEqual([TEXT])
  })

  it('has none on a page of text, on an empty one and in a single pixel', () => {
    const image = page(600, 400)
    putText(image, seeded(5))
    expect(framedIslands(greyOf(image))).toEqual([])
    expect(framedIslands(greyOf(page(300, 200)))).toEqual([])
    expect(framedIslands(greyOf(page(1, 1)))).toEqual([])
  })

  it('gives up on noise of more pieces than memory is set aside for (INP-6)', () => {
    const [width, height] = [2_000, 1_200]
    const pixels = Uint8Array.from({ length: width * height }, (_, at) => (at % 2 === 0 ? 255 : 0))
    expect(framedIslands({ pixels, width, height })).toEqual([])
  })

  it('looks at a few of many', () => {
    const image = page(900, 900)
    for (let y = 0; y < 900; y += 60) {
      for (let x = 0; x < 900; x += 60) {
        put(image, { size: 9, dark: (u, v) => u === 0 || v === 0 || u === 8 || v === 8 }, x, y, { quiet: 1 })
      }
    }
    expect(framedIslands(greyOf(image)).length).toBeLessThanOrEqual(8)
  })
})
