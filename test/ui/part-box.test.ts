import { describe, expect, it } from 'vitest'
import { afterKey, between } from '../../src/ui/popup/add/part-box'

const BOX = { left: 0.5, top: 0.5, width: 0.2, height: 0.2 }

describe('between', () => {
  it.each([
    [
      { x: 0.25, y: 0.5 },
      { x: 0.75, y: 0.75 },
    ],
    [
      { x: 0.75, y: 0.75 },
      { x: 0.25, y: 0.5 },
    ],
    [
      { x: 0.75, y: 0.5 },
      { x: 0.25, y: 0.75 },
    ],
  ])('spans two points, whichever comes first', (one, other) => {
    expect(between(one, other)).toEqual({ left: 0.25, top: 0.5, width: 0.5, height: 0.25 })
  })

  it('ends with the picture', () => {
    expect(between({ x: 0.5, y: 0.5 }, { x: 7, y: -3 })).toEqual({ left: 0.5, top: 0, width: 0.5, height: 0.5 })
  })

  it('is none where it was a click, or a line', () => {
    expect(between({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.505 })).toBeNull()
    expect(between({ x: 0.1, y: 0.5 }, { x: 0.9, y: 0.5 })).toBeNull()
  })
})

describe('afterKey', () => {
  it.each([
    ['ArrowLeft', 0.48, 0.5],
    ['ArrowRight', 0.52, 0.5],
    ['ArrowUp', 0.5, 0.48],
    ['ArrowDown', 0.5, 0.52],
  ])('moves the box with %s', (key, left, top) => {
    expect(afterKey(BOX, key, false)).toEqual({ ...BOX, left, top })
  })

  it('makes it larger and smaller', () => {
    expect(afterKey(BOX, 'ArrowRight', true)?.width).toBeCloseTo(0.22)
    expect(afterKey(BOX, 'ArrowUp', true)?.height).toBeCloseTo(0.18)
  })

  it('keeps it on the picture, and never lets it vanish', () => {
    let [moved, grown, shrunk] = [BOX, BOX, BOX]
    for (let press = 0; press < 100; press++) {
      moved = afterKey(moved, 'ArrowRight', false) ?? moved
      grown = afterKey(grown, 'ArrowDown', true) ?? grown
      shrunk = afterKey(shrunk, 'ArrowLeft', true) ?? shrunk
    }
    expect(moved.left + moved.width).toBeCloseTo(1)
    expect(grown.top + grown.height).toBeCloseTo(1)
    expect(shrunk.width).toBeCloseTo(0.02)
  })

  it('leaves other keys alone', () => {
    expect(afterKey(BOX, 'Tab', false)).toBeNull()
  })
})
