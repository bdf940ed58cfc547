import { describe, expect, it } from 'vitest'

import { greyOf } from '../../src/scan/grey'
import { agreement, darkness, SOFT, STIFF, surfaceOf, type Lattice } from '../../src/scan/lattice'
import { layoutOf } from '../../src/scan/layout'
import { sheetAround } from '../../src/scan/sheet'
import { placeOn } from '../../src/scan/surface'
import { modulesOf, page, put, type Modules } from './draw'

const code = await modulesOf('otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example')

/** A code of five pixels a module at 40, 40, of which the marks are given a little beside where they are. */
function latticeOf(modules: Modules, size = code.size, scale = 5): Lattice {
  const image = page(400, 400)
  put(image, modules, 40 - 4 * scale, 40 - 4 * scale, { scale })
  const [near, far] = [40 + scale * 3.5, 40 + scale * (modules.size - 3.5)]
  const mark = (x: number, y: number) => ({ x: x + scale / 5, y: y - scale / 5, module: scale, dark: true, rows: 9 })
  const corners = { corner: mark(near, near), right: mark(far, near), below: mark(near, far) }
  return { sheet: sheetAround(greyOf(image), corners), layout: layoutOf(size), size }
}

describe.each([
  ['stiff', STIFF],
  ['soft', SOFT],
])('surfaceOf, of a %s sheet', (_what, bends) => {
  it('finds every module within a third of one', () => {
    const lattice = latticeOf(code)
    const surface = surfaceOf(lattice, bends, () => true)
    if (!surface) throw new Error('not found')
    const { corner } = lattice.sheet.corners
    const [left, top] = [corner.x - 58.5 + 40, corner.y - 56.5 + 40]
    for (const u of [0, 8, code.size - 1]) {
      for (const v of [0, 8, code.size - 1]) {
        const [x, y] = placeOn(surface, (2 * u + 1) / code.size - 1, (2 * v + 1) / code.size - 1)
        expect(Math.hypot(x - left - 5 * (u + 0.5), y - top - 5 * (v + 0.5))).toBeLessThan(5 / 3)
        expect(darkness(lattice, surface, u, v) > 0).toBe(code.dark(u, v))
      }
    }
    expect(agreement(lattice, surface, 1, code.size)).toBe(1)
  })

  it('stops where no more may be spent (INP-6)', () => {
    let asked = 0
    expect(surfaceOf(latticeOf(code), bends, () => ++asked < 3)).toBeNull()
    expect(asked).toBe(3)
  })

  it('looks at no more than a few thousand places, however dense the code is (INP-6)', async () => {
    const dense = await modulesOf('a'.repeat(1_000))
    let places = 0
    const surface = surfaceOf(latticeOf(dense, dense.size, 2), bends, (work) => (places += work) > 0)
    expect(dense.size).toBeGreaterThan(100)
    expect(surface).not.toBeNull()
    expect(places).toBeLessThan(3_000)
  })

  it('finds none of another size, or one that hardly agrees', () => {
    const lattice = latticeOf(code, code.size + 4)
    const surface = surfaceOf(lattice, bends, () => true)
    expect(surface ? agreement(lattice, surface, 2, code.size + 4) : 0).toBeLessThan(0.8)
  })

  it('finds none where the marks stand alone, or nothing stands at all', () => {
    const layout = layoutOf(code.size)
    const alone: Modules = {
      size: code.size,
      dark: (x, y) =>
        (x < 7 || y < 7) && Math.max(x, y) !== 6 + 1 && layout[y * code.size + x] === 1 && x !== 6 && y !== 6,
    }
    expect(surfaceOf(latticeOf(alone), bends, () => true)).toBeNull()
    expect(surfaceOf(latticeOf({ size: code.size, dark: () => false }), bends, () => true)).toBeNull()
  })
})
