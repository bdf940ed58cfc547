import { describe, expect, it } from 'vitest'

import { flattened } from '../../src/scan/flattened'
import { greyOf, type RgbaImage } from '../../src/scan/grey'
import { scanImage } from '../../src/scan/scan'
import { photograph, STEADY, type Shot } from '../bench/camera'
import { seeded } from '../support/seeded'
import { modulesOf, page, put, putText } from './draw'

const TEXT = 'otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example'
const code = await modulesOf(TEXT)

function photo(shot: Partial<Shot>, hurt: (sheet: RgbaImage) => void = () => {}, size = code): RgbaImage {
  const sheet = page(440, 440)
  put(sheet, size, 20, 20, { scale: 8 })
  hurt(sheet)
  return photograph(sheet, { ...STEADY, width: 420, height: 400, scale: 0.75, ...shot }, seeded(7))
}

function modulesWrong(image: RgbaImage): number {
  const [flat] = flattened(greyOf(image))
  if (!flat) throw new Error('not found')
  expect(flat.width).toBe((code.size + 8) * 3)
  const places = Array.from(
    { length: code.size ** 2 },
    (_, at) => [at % code.size, Math.floor(at / code.size)] as const,
  )
  const dark = (x: number, y: number) => flat.pixels[((y + 4) * 3 + 1) * flat.width + (x + 4) * 3 + 1] === 0
  return places.filter(([x, y]) => dark(x, y) !== code.dark(x, y)).length
}

describe('flattened', () => {
  it.each<[string, Partial<Shot>]>([
    ['flat', {}],
    ['turned and leaning', { turn: 25, lean: 35, axis: 40 }],
    ['creased', { crumpled: 0.018, turn: 10 }],
    ['rolled', { roll: 75, axis: 0 }],
    ['half in the shadow', { light: (x) => (x < 0.5 ? 0.3 : 1) }],
  ])('draws a code as it was before the photograph: %s', (_what, shot) => {
    expect(modulesWrong(photo(shot))).toBeLessThan(code.size ** 2 / 40)
  })

  it('draws what it knows as it should be, where a corner mark is hurt', async () => {
    const image = photo({ turn: 5 }, (sheet) =>
      put(sheet, { size: 1, dark: () => true }, 318, 52, { scale: 10, quiet: 0 }),
    )
    expect(modulesWrong(image)).toBe(0)
    expect(await scanImage(image)).toEqual([TEXT])
  })

  it.each([
    ['where the sides meet', 52, 52],
    ['on the right', 20 + 8 * (code.size - 3), 52],
    ['below', 52, 20 + 8 * (code.size - 3)],
  ])('reads a code of which one corner mark cannot be seen: %s', async (_what, left, top) => {
    const image = photo({ turn: 4 }, (sheet) =>
      put(sheet, { size: 7, dark: () => false }, left, top, { scale: 8, quiet: 0 }),
    )
    expect(await scanImage(image)).toEqual([TEXT])
  })

  it('has none on a page of text, on an empty one and in a single pixel', () => {
    const image = page(600, 400)
    putText(image, seeded(5))
    expect([...flattened(greyOf(image))]).toEqual([])
    expect([...flattened(greyOf(page(300, 200)))]).toEqual([])
    expect([...flattened(greyOf(page(1, 1)))]).toEqual([])
  })

  it('soon gives up on many marks that belong to no code (INP-6)', () => {
    const image = page(900, 700)
    const random = seeded(11)
    const mark = { size: 7, dark: (x: number, y: number) => ![1, 5].includes(Math.max(x, y, 6 - x, 6 - y)) }
    for (let count = 0; count < 60; count++) put(image, mark, random(840), random(640), { scale: 4, quiet: 1 })
    const start = process.cpuUsage()
    expect([...flattened(greyOf(image))].length).toBeLessThanOrEqual(6)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1_000).toBeLessThan(1_500)
  })
})

describe('scanImage', () => {
  it('reads a code on creased paper', async () => {
    expect(await scanImage(photo({ crumpled: 0.018, turn: 10 }))).toEqual([TEXT])
  })

  it('reads every code on creased paper', async () => {
    const sheet = page(800, 800)
    const other = TEXT.replace('alice', 'bob')
    put(sheet, code, 20, 20, { scale: 8 })
    put(sheet, await modulesOf(other), 400, 410, { scale: 8 })
    const image = photograph(sheet, { ...STEADY, width: 700, height: 700, scale: 0.75, crumpled: 0.016 }, seeded(3))
    expect((await scanImage(image)).toSorted()).toEqual([TEXT, other])
  })
})
