import fc from 'fast-check'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { differingShare, smallPng } from './small-png'

type Colour = readonly [number, number, number]

/** A picture whose pixel at (x, y) has the colour `paint` says. */
function picture(width: number, height: number, paint: (x: number, y: number) => Colour): PNG {
  const png = new PNG({ width, height })
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) png.data.set([...paint(x, y), 255], (y * width + x) * 4)
  }
  return png
}

const white: Colour = [255, 255, 255]
const black: Colour = [0, 0, 0]

describe('a small PNG', () => {
  it('is read again as it was where it has few colours', () => {
    const colours = fc.tuple(fc.nat(15), fc.nat(15), fc.nat(15)).map(([r, g, b]) => [r * 16, g * 16, b * 16] as const)
    const pictures = fc.tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.uniqueArray(colours, { minLength: 1, maxLength: 48, selector: String }),
    )
    fc.assert(
      fc.property(pictures, ([width, height, palette]) => {
        const png = picture(width, height, (x, y) => palette[(x * 7 + y * 13) % palette.length]!)
        const read = PNG.sync.read(smallPng(png))
        expect([read.width, read.height]).toEqual([width, height])
        expect(differingShare(png, read, 0)).toBe(0)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps the greys of letters near to what they were, in far less room', () => {
    const png = picture(256, 80, (x, y) => [(x * y) % 256, (x * y) % 256, (x * y) % 256])
    const small = smallPng(png)
    expect(differingShare(png, PNG.sync.read(small), 16)).toBe(0)
    expect(small.length).toBeLessThan(PNG.sync.write(png).length)
  })
})

describe('the difference of two pictures', () => {
  it.each([
    ['nothing', 0, 0],
    ['one pixel of a hundred', 1, 0.01],
    ['half', 50, 0.5],
    ['everything', 100, 1],
  ])('tells %s', (_what, changed, share) => {
    const before = picture(10, 10, () => white)
    const after = picture(10, 10, (x, y) => (y * 10 + x < changed ? black : white))
    expect(differingShare(before, after)).toBeCloseTo(share)
  })

  it('overlooks a colour that is nearly the same', () => {
    const nearly = picture(10, 10, () => [250, 240, 255])
    expect(
      differingShare(
        picture(10, 10, () => white),
        nearly,
      ),
    ).toBe(0)
  })

  it('is whole where the sizes differ', () => {
    const taller = picture(10, 11, () => white)
    expect(
      differingShare(
        picture(10, 10, () => white),
        taller,
      ),
    ).toBe(1)
  })
})
