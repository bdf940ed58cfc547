import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { windowAt } from '../../src/ui/row-window'

const scrolled = fc.record({
  gone: fc.integer({ min: -2_000, max: 800_000 }),
  height: fc.integer({ min: 1, max: 2_000 }),
  rowHeight: fc.integer({ min: 24, max: 200 }),
  total: fc.integer({ min: 0, max: 20_000 }),
})

describe('the rows that are drawn', () => {
  it('are all that can be seen, inside the list, and a bounded number more', () => {
    fc.assert(
      fc.property(scrolled, (at) => {
        const { from, to } = windowAt(at)
        const seen = (row: number) =>
          row * at.rowHeight + at.rowHeight > at.gone && row * at.rowHeight < at.gone + at.height
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(at.total)
        expect(to).toBeGreaterThanOrEqual(from)
        for (const row of [from - 1, to]) if (row >= 0 && row < at.total) expect(seen(row)).toBe(false)
        expect(to - from).toBeLessThanOrEqual(Math.ceil(at.height / at.rowHeight) + 26)
      }),
    )
  })

  it('stay the same while less than a row goes by', () => {
    const at = { height: 400, rowHeight: 57, total: 10_000 }
    const windows = [5_700, 5_710, 5_740].map((gone) => windowAt({ ...at, gone }))
    expect(new Set(windows.map(({ from, to }) => `${from}-${to}`)).size).toBe(1)
  })
})
