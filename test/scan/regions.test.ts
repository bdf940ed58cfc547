import { describe, expect, it } from 'vitest'

import { greyOf } from '../../src/scan/grey'
import { denseRegions, overlap } from '../../src/scan/regions'
import { photograph, STEADY } from '../bench/camera'
import { seeded } from '../support/seeded'
import { modulesOf, page, put, putText } from './draw'

describe('denseRegions', () => {
  it('is empty on an empty page and on a page of text', () => {
    const image = page(800, 600)
    expect(denseRegions(greyOf(image))).toEqual([])
    putText(image, seeded(1))
    expect(denseRegions(greyOf(image))).toEqual([])
  })

  it.each([1, 2, 3])('holds a whole code of %i pixels per module, and little else', async (scale) => {
    const image = page(800, 600)
    putText(image, seeded(2))
    const code = await modulesOf('otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example')
    put(image, code, 301, 203, { scale })
    const side = code.size * scale
    const [left, top] = [301 + 4 * scale, 203 + 4 * scale]
    const regions = denseRegions(greyOf(image))
    expect(regions).toHaveLength(1)
    const [{ left: x, top: y, width, height } = { left: NaN, top: NaN, width: NaN, height: NaN }] = regions
    expect(x).toBeLessThanOrEqual(left)
    expect(y).toBeLessThanOrEqual(top)
    expect(x + width).toBeGreaterThanOrEqual(left + side)
    expect(y + height).toBeGreaterThanOrEqual(top + side)
    expect(Math.max(width, height)).toBeLessThan(side + 100)
  })

  it('stays inside the picture, whatever its size', () => {
    const random = seeded(3)
    for (const [width, height] of [
      [1, 1],
      [7, 3],
      [32, 32],
      [33, 65],
      [200, 35],
    ] as const) {
      const noise = { pixels: Uint8Array.from({ length: width * height }, () => random(256)), width, height }
      for (const region of denseRegions(noise)) {
        expect(Math.min(region.left, region.top)).toBeGreaterThanOrEqual(0)
        expect(region.left + region.width).toBeLessThanOrEqual(width)
        expect(region.top + region.height).toBeLessThanOrEqual(height)
      }
    }
  })

  it('holds a code of small modules in a noisy photograph, and little else', async () => {
    const sheet = page(440, 440)
    put(sheet, await modulesOf('otpauth://totp/a?secret=JBSWY3DPEHPK3PXP'), 60, 60, { scale: 8 })
    const photo = photograph(sheet, { ...STEADY, scale: 0.26, noise: 20 }, seeded(8))
    const regions = denseRegions(greyOf(photo))
    const [{ left, top, width, height } = { left: NaN, top: NaN, width: NaN, height: NaN }] = regions
    expect(regions).toHaveLength(1)
    expect(left).toBeLessThan(460)
    expect(left + width).toBeGreaterThan(510)
    expect(top).toBeLessThan(360)
    expect(top + height).toBeGreaterThan(410)
    expect(Math.max(width, height)).toBeLessThan(200)
  })

  it('is empty where a photograph is noisy all over', () => {
    const noisy = photograph(page(100, 100, '#969696'), { ...STEADY, noise: 25 }, seeded(8))
    expect(denseRegions(greyOf(noisy))).toEqual([])
  })

  it('takes all of a small picture that is noise', () => {
    const random = seeded(4)
    const noise = { pixels: Uint8Array.from({ length: 320 * 200 }, () => random(256)), width: 320, height: 200 }
    expect(denseRegions(noise)).toEqual([{ left: 0, top: 0, width: 320, height: 200 }])
  })
})

describe('overlap', () => {
  const middle = { left: 10, top: 10, width: 10, height: 10 }

  it.each([
    ['itself', middle, true],
    ['a part of it', { left: 12, top: 12, width: 2, height: 2 }, true],
    ['what crosses its corner', { left: 19, top: 19, width: 5, height: 5 }, true],
    ['what begins where it ends', { left: 20, top: 10, width: 5, height: 5 }, false],
    ['what ends where it begins', { left: 10, top: 0, width: 10, height: 10 }, false],
    ['what lies below', { left: 10, top: 40, width: 10, height: 10 }, false],
  ])('of a region and %s', (_what, other, expected) => {
    expect(overlap(middle, other)).toBe(expected)
    expect(overlap(other, middle)).toBe(expected)
  })
})
