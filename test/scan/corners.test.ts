import { describe, expect, it } from 'vitest'

import { cornersOf, guessedCorners } from '../../src/scan/corners'
import type { Mark } from '../../src/scan/marks'

function mark(x: number, y: number, change: Partial<Mark> = {}): Mark {
  return { x, y, module: 4, dark: true, rows: 6, ...change }
}

describe('cornersOf', () => {
  it('puts the corner where the sides meet, whichever way the code is turned', () => {
    for (let degrees = 0; degrees < 360; degrees += 15) {
      const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
      const corner = mark(200, 200)
      const right = mark(200 + 100 * cos, 200 + 100 * sin)
      const below = mark(200 - 100 * sin, 200 + 100 * cos)
      expect(cornersOf([below, right, corner])[0]).toEqual({ corner, right, below })
    }
  })

  it.each([
    ['two marks', [mark(0, 0), mark(100, 0)]],
    ['marks in a row', [mark(0, 0), mark(100, 0), mark(200, 0)]],
    ['marks of different brightness', [mark(0, 0), mark(100, 0), mark(0, 100, { dark: false })]],
    ['marks of different sizes', [mark(0, 0), mark(100, 0), mark(0, 100, { module: 9 })]],
    ['marks too near for any code', [mark(0, 0), mark(30, 0), mark(0, 30)]],
  ])('has none of %s', (_what, marks) => {
    expect(cornersOf(marks)).toEqual([])
  })

  it('takes the likeliest triple first', () => {
    const [corner, right, below] = [mark(0, 0), mark(100, 0), mark(0, 100)]
    expect(cornersOf([mark(240, 130), below, corner, right])[0]).toEqual({ corner, right, below })
  })
})

describe('cornersOf of several codes', () => {
  const codes = [0, 150, 300, 450].flatMap((x) =>
    [0, 150].map((y) => ({ corner: mark(x, y), right: mark(x + 100, y), below: mark(x, y + 100) })),
  )

  it('takes the triples of each before those across them, up to eight', () => {
    const found = cornersOf(codes.flatMap(({ corner, right, below }) => [corner, right, below]))
    const own = codes.map((code) =>
      found.findIndex((one) => one.corner === code.corner && one.right === code.right && one.below === code.below),
    )
    expect(Math.min(...own)).toBeGreaterThanOrEqual(0)
    const across = found.findIndex(({ corner, right }) => Math.hypot(right.x - corner.x, right.y - corner.y) > 110)
    expect(Math.max(...own)).toBeLessThan(across)
  })
})

describe('guessedCorners', () => {
  const [corner, right, below] = [mark(50, 60), mark(150, 60), mark(50, 160)]

  it.each([
    ['on the right', [corner, below]],
    ['below', [right, corner]],
    ['where the sides meet', [right, below]],
  ])('has the third mark among its guesses: %s', (_what, two) => {
    expect(guessedCorners(two)).toContainEqual({ corner, right, below })
  })

  it('has the third mark among its guesses where a stray one is surer', () => {
    expect(guessedCorners([mark(260, 190), corner, below])).toContainEqual({ corner, right, below })
  })

  it('has none of one mark, nor of marks that do not belong together', () => {
    expect(guessedCorners([corner])).toEqual([])
    expect(guessedCorners([corner, mark(150, 60, { dark: false })])).toEqual([])
  })
})
