import { describe, expect, it, vi } from 'vitest'

import { greyOf } from '../../src/scan/grey'
import { cornerMarks } from '../../src/scan/marks'
import { seeded } from '../support/seeded'
import { modulesOf, page, put, putText } from './draw'

describe('cornerMarks', () => {
  it.each([
    ['black on white', 5, 0, '#000000', '#ffffff'],
    ['light on dark', 5, 0, '#ffffff', '#000000'],
    ['turned', 6, 31, '#000000', '#ffffff'],
    ['small', 3, 0, '#000000', '#ffffff'],
  ])('finds the three of a code first: %s', async (_what, scale, degrees, ink, paper) => {
    const image = page(500, 500, paper)
    const code = await modulesOf('otpauth://totp/a?secret=JBSWY3DPEHPK3PXP')
    put(image, code, 120, 100, { scale, ink, paper }, degrees)
    const marks = cornerMarks(greyOf(image)).slice(0, 3)
    const middle = ((code.size + 8) * scale) / 2
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
    const away = (code.size / 2 - 3.5) * scale
    for (const [dx, dy] of [
      [-away, -away],
      [away, -away],
      [-away, away],
    ] as const) {
      const [x, y] = [120 + middle + dx * cos - dy * sin, 100 + middle + dx * sin + dy * cos]
      expect(marks.some((mark) => Math.hypot(mark.x - x, mark.y - y) < scale)).toBe(true)
    }
    expect(marks.every(({ dark }) => dark === (ink === '#000000'))).toBe(true)
  })

  it('measures a module along rows and columns', async () => {
    const image = page(300, 300)
    put(image, await modulesOf('x'), 20, 20, { scale: 7 })
    for (const { module } of cornerMarks(greyOf(image))) expect(module).toBeCloseTo(7, 5)
  })

  it('compares a mark with those nearby alone: ten times as many take ten times as long (INP-6)', () => {
    const mark = { size: 7, dark: (x: number, y: number) => ![1, 5].includes(Math.max(x, y, 6 - x, 6 - y)) }
    const comparisons = (height: number): number => {
      const image = page(360, height)
      for (let top = 0; top < height; top += 18) {
        for (let left = 0; left < 360; left += 18) put(image, mark, left, top, { scale: 2, quiet: 1 })
      }
      const counted = vi.spyOn(Math, 'hypot')
      expect(cornerMarks(greyOf(image))).toHaveLength((20 * height) / 18)
      const { length } = counted.mock.calls
      counted.mockRestore()
      return length
    }
    const few = comparisons(180)
    expect(few).toBeGreaterThan(0)
    expect(comparisons(1_800)).toBeLessThan(12 * few)
  })

  it('finds none where there is no code', () => {
    const image = page(600, 400)
    putText(image, seeded(5))
    const bits = greyOf(image)
    expect(cornerMarks({ ...bits, pixels: bits.pixels.map((light) => (light < 128 ? 0 : 255)) })).toEqual([])
    expect(cornerMarks(greyOf(page(300, 200)))).toEqual([])
    expect(cornerMarks(greyOf(page(1, 1)))).toEqual([])
  })
})
