import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { viewsOfPage } from '../../../src/scan/sources/page-views'

const room = (width: number, height: number, viewWidth: number, viewHeight: number) => ({
  left: 0,
  top: 0,
  width,
  height,
  viewWidth,
  viewHeight,
})

describe('viewsOfPage', () => {
  it('is one view where everything is visible', () => {
    expect(viewsOfPage(room(800, 600, 800, 600))).toEqual([{ left: 0, top: 0 }])
    expect(viewsOfPage(room(700, 500, 800, 600))).toEqual([{ left: 0, top: 0 }])
  })

  it('goes down to the very end', () => {
    expect(viewsOfPage(room(800, 1500, 800, 600)).map(({ top }) => top)).toEqual([0, 360, 720, 900])
  })

  it('shows every square of four tenths of the view whole in one view', () => {
    const side = fc.integer({ min: 50, max: 2_000 })
    const far = fc.integer({ min: 1, max: 6_000 })
    fc.assert(
      fc.property(side, far, fc.nat(), (view, height, seed) => {
        const views = viewsOfPage(room(100, height, 100, view))
        if (views.length === 40) return
        const code = Math.floor(Math.min(view * 0.39, height))
        const top = seed % (height - code + 1)
        expect(views.some((one) => one.top <= top && top + code <= one.top + view)).toBe(true)
      }),
    )
  })

  it.each([
    ['endless', room(800, 1e9, 800, 600)],
    ['endless both ways', room(1e9, 1e9, 800, 600)],
  ])('looks at forty views of an %s page', (_what, endless) => {
    expect(viewsOfPage(endless)).toHaveLength(40)
  })

  it.each([
    ['no numbers', room(NaN, NaN, NaN, NaN)],
    ['infinite', room(Infinity, Infinity, 800, 600)],
    ['nothing', room(0, 0, 0, 0)],
    ['negative', room(-5, 900, 800, -600)],
  ])('gives one view where a page says that its size is %s (INP-6)', (_what, nonsense) => {
    expect(viewsOfPage(nonsense)).toEqual([{ left: 0, top: 0 }])
  })
})
