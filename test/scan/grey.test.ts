import { describe, expect, it } from 'vitest'

import { backgroundsFor, greyOf, opaqueGreyOf, rgbaOf } from '../../src/scan/grey'

const COLOURS = Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255)

describe('greyOf', () => {
  it('weighs the colours as the eye does', () => {
    expect([...greyOf({ data: COLOURS, width: 2, height: 2 }).pixels]).toEqual([76, 150, 29, 255])
  })

  it.each([
    ['white', 255, [255, 127, 0]],
    ['black', 0, [0, 0, 0]],
  ])('lays transparent black over %s', (_name, background, expected) => {
    const data = Uint8ClampedArray.of(0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0, 255)
    expect([...greyOf({ data, width: 3, height: 1 }, background).pixels]).toEqual(expected)
  })
})

describe('backgroundsFor', () => {
  it.each([
    ['dark things on nothing', [0, 0, 0, 255, 0, 0, 0, 0], [255, 0]],
    ['light things on nothing', [255, 255, 255, 255, 0, 0, 0, 0], [0, 255]],
    [
      'a light picture whose corner is cut off',
      [255, 255, 255, 255, 0, 0, 0, 255, 250, 250, 250, 255, 0, 0, 0, 0],
      [0, 255],
    ],
    ['nothing at all', [0, 0, 0, 0, 0, 0, 0, 0], [255, 0]],
  ])('puts the likelier one first for %s', (_what, values, expected) => {
    const data = Uint8ClampedArray.from(values)
    expect(backgroundsFor({ data, width: data.length / 4, height: 1 })).toEqual(expected)
  })
})

describe('opaqueGreyOf', () => {
  it('is the grey picture, unless a pixel lets a background through', () => {
    const image = { data: COLOURS, width: 2, height: 2 }
    expect(opaqueGreyOf(image)).toEqual(greyOf(image))
    expect(opaqueGreyOf({ data: Uint8ClampedArray.of(1, 2, 3, 255, 1, 2, 3, 254), width: 2, height: 1 })).toBeNull()
  })

  it('reads pixels that lie askew in memory', () => {
    const askew = new Uint8ClampedArray(COLOURS.length + 1).subarray(1)
    askew.set(COLOURS)
    const image = { data: COLOURS, width: 2, height: 2 }
    expect(opaqueGreyOf({ ...image, data: askew })).toEqual(greyOf(image))
  })
})

describe('rgbaOf', () => {
  it('is turned back by greyOf', () => {
    const grey = { pixels: Uint8Array.from({ length: 256 }, (_, light) => light), width: 16, height: 16 }
    expect(greyOf(rgbaOf(grey))).toEqual(grey)
  })
})
