import { describe, expect, it } from 'vitest'

import { greyOf } from '../../src/scan/grey'
import { contrastAt, sheetAround } from '../../src/scan/sheet'
import { page, put } from './draw'

const CHEQUERS = { size: 8, dark: (x: number, y: number) => (x + y) % 2 === 0 }
const mark = (x: number, y: number, dark = true) => ({ x, y, module: 10, dark, rows: 9 })

function sheet(dark = true, ink = '#000000', paper = '#ffffff') {
  const image = page(400, 300)
  put(image, CHEQUERS, 200, 100, { scale: 10, quiet: 0, ink, paper })
  return sheetAround(greyOf(image), {
    corner: mark(205, 105, dark),
    right: mark(275, 105, dark),
    below: mark(205, 175, dark),
  })
}

describe('sheetAround', () => {
  it('is the part around the four corners, with room, and knows the marks there', () => {
    const { width, height, corners } = sheet()
    expect([width, height]).toEqual([130, 130])
    expect([corners.corner.x, corners.corner.y]).toEqual([30, 30])
    expect([corners.right.x, corners.below.y]).toEqual([100, 100])
  })

  it.each([
    ['black on white', '#000000', '#ffffff'],
    ['faint', '#c8c8c8', '#dcdcdc'],
  ])('is dark above zero and light below: %s', (_what, ink, paper) => {
    const one = sheet(true, ink, paper)
    expect(contrastAt(one, 70, 60)).toBeLessThan(-0.4)
    expect(contrastAt(one, 60, 60)).toBeGreaterThan(0.4)
  })

  it('is the other way round for an inverted code', () => {
    expect(contrastAt(sheet(false), 60, 60)).toBeLessThan(-0.4)
  })
})

describe('contrastAt', () => {
  it('is none outside', () => {
    const one = sheet()
    expect([contrastAt(one, -0.1, 5), contrastAt(one, 5, one.height), contrastAt(one, one.width, 5)]).toEqual([0, 0, 0])
  })
})
