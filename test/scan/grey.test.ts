import { describe, expect, it } from 'vitest'

import { BLACK, greyOf, isTransparent, rgbaOf, WHITE } from '../../src/scan/grey'

const COLOURS = Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255)

describe('greyOf', () => {
  it('weighs the colours as the eye does', () => {
    expect([...greyOf({ data: COLOURS, width: 2, height: 2 }).pixels]).toEqual([76, 150, 29, 255])
  })

  it.each([
    ['white', WHITE, [255, 127, 0]],
    ['black', BLACK, [0, 0, 0]],
  ])('lays transparent black over %s', (_name, background, expected) => {
    const data = Uint8ClampedArray.of(0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0, 255)
    expect([...greyOf({ data, width: 3, height: 1 }, background).pixels]).toEqual(expected)
  })
})

describe('isTransparent', () => {
  it('says whether any pixel is', () => {
    expect(isTransparent({ data: COLOURS, width: 2, height: 2 })).toBe(false)
    expect(isTransparent({ data: Uint8ClampedArray.of(1, 2, 3, 255, 1, 2, 3, 254), width: 2, height: 1 })).toBe(true)
  })
})

describe('rgbaOf', () => {
  it('is turned back by greyOf', () => {
    const grey = { pixels: Uint8Array.from({ length: 256 }, (_, light) => light), width: 16, height: 16 }
    expect(greyOf(rgbaOf(grey))).toEqual(grey)
  })
})
