import { describe, expect, it } from 'vitest'

import { cornersOfCode, fromMark, layoutOf } from '../../src/scan/layout'
import { modulesOf } from './draw'

describe('layoutOf', () => {
  it.each([1, 20, 60, 120, 180, 300, 450, 600, 900, 1_300, 1_800, 2_300, 2_900])(
    'is what a writer draws for %i letters',
    async (letters) => {
      const { size, dark } = await modulesOf('a'.repeat(letters), 'L')
      const layout = layoutOf(size)
      const off = [...layout].flatMap((known, at) => {
        const [x, y] = [at % size, Math.floor(at / size)]
        return known !== 0 && dark(x, y) !== known > 0 ? [[x, y]] : []
      })
      expect(off).toEqual([])
      expect([...layout].filter((known) => known !== 0).length).toBeGreaterThanOrEqual(192 + 2 * (size - 16))
    },
  )
})

describe('fromMark', () => {
  it('counts from the edge of the nearest corner mark', () => {
    expect(cornersOfCode(25).map(([x, y]) => fromMark(25, x, y))).toEqual([-3, -3, -3])
    expect([fromMark(25, 6, 0), fromMark(25, 7, 0), fromMark(25, 12, 6)]).toEqual([0, 1, 6])
    expect(fromMark(25, 24, 24)).toBe(18)
  })
})
