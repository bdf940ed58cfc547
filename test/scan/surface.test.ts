import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fitted, placeOn, type Sighting } from '../../src/scan/surface'

const PLACES = [-1, -0.6, -0.2, 0.2, 0.6, 1]

function seen(where: (s: number, t: number) => readonly [number, number]): Sighting[] {
  return PLACES.flatMap((s) =>
    PLACES.map((t) => {
      const [x, y] = where(s, t)
      return { s, t, x, y, weight: 1 }
    }),
  )
}

const number = fc.double({ min: -50, max: 50, noNaN: true })

describe('fitted', () => {
  it('goes through places on a flat sheet, however it lies', () => {
    fc.assert(
      fc.property(number, number, number, number, number, number, (a, b, c, d, e, f) => {
        const flat = (s: number, t: number): readonly [number, number] => [a + b * s + c * t, d + e * s + f * t]
        const surface = fitted(seen(flat), 3)
        const [x, y] = placeOn(surface, 0.3, -0.7)
        const [right, below] = flat(0.3, -0.7)
        expect(Math.hypot(x - right, y - below)).toBeLessThan(1e-6)
      }),
    )
  })

  it('follows a bend', () => {
    const bent = (s: number, t: number): readonly [number, number] => [100 * s + 12 * t * t, 100 * t - 9 * s * s * t]
    const surface = fitted(seen(bent), 8)
    const [x, y] = placeOn(surface, 0.5, 0.9)
    expect(x).toBeCloseTo(bent(0.5, 0.9)[0], 1)
    expect(y).toBeCloseTo(bent(0.5, 0.9)[1], 1)
  })

  it('hardly bends where nothing was seen that asks for it', () => {
    const three = [
      { s: -1, t: -1, x: 0, y: 0, weight: 1 },
      { s: 1, t: -1, x: 100, y: 0, weight: 1 },
      { s: -1, t: 1, x: 0, y: 100, weight: 1 },
    ]
    const [x, y] = placeOn(fitted(three, 13), 0, -1)
    expect(Math.hypot(x - 50, y)).toBeLessThan(10)
  })

  it('counts for nothing what has no weight', () => {
    const flat = seen((s, t) => [s, t])
    const surface = fitted([...flat, { s: 0, t: 0, x: 900, y: 900, weight: 0 }], 3)
    expect(placeOn(surface, 0, 0)[0]).toBeCloseTo(0, 6)
  })
})
