import { describe, expect, it } from 'vitest'

import { openZxing } from '../../src/scan/engines/zxing'
import { flattened, spending } from '../../src/scan/flattened'
import { greyOf, type RgbaImage } from '../../src/scan/grey'
import { scanImage } from '../../src/scan/scan'
import { photograph, STEADY, type Shot } from '../bench/camera'
import { seeded } from '../support/seeded'
import { modulesOf, page, put, putText } from './draw'

const TEXT = 'otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example'
const mark = { size: 7, dark: (x: number, y: number) => ![1, 5].includes(Math.max(x, y, 6 - x, 6 - y)) }
const code = await modulesOf(TEXT)

function photo(shot: Partial<Shot>, hurt: (sheet: RgbaImage) => void = () => {}, size = code): RgbaImage {
  const sheet = page(440, 440)
  put(sheet, size, 20, 20, { scale: 8 })
  hurt(sheet)
  return photograph(sheet, { ...STEADY, width: 420, height: 400, scale: 0.75, ...shot }, seeded(7))
}

function freely() {
  return spending(() => true)
}

/** As much as is allowed, and how much was asked for: the same on every machine. */
function counting() {
  const allowed = freely()
  let [asked, refused] = [0, false]
  const spend = (work: number): boolean => {
    asked += work
    refused ||= !allowed(work)
    return !refused
  }
  return { spend, asked: () => asked, refused: () => refused }
}

/** The texts of the codes drawn anew, by a decoder that is not shown the photograph. */
async function textsAlone(image: RgbaImage): Promise<readonly string[]> {
  const plain = (await openZxing())?.attempts[0]
  const found = [...flattened(greyOf(image), freely())].flatMap((flat) => plain?.read(flat).texts ?? [])
  return [...new Set(found)].toSorted()
}

/** Codes side by side, in rows of three, so that marks of neighbours stand as square as those of one. */
async function photoOf(texts: readonly string[], shot: Partial<Shot>): Promise<RgbaImage> {
  const rows = Math.ceil(texts.length / 3)
  const sheet = page(1_060, 40 + 340 * rows)
  for (const [at, text] of texts.entries()) {
    put(sheet, await modulesOf(text), 20 + 340 * (at % 3), 20 + 340 * Math.floor(at / 3), { scale: 7 })
  }
  return photograph(sheet, { ...STEADY, width: 1_000, height: 960, scale: 0.85, ...shot }, seeded(3))
}

function modulesWrong(image: RgbaImage): number {
  const [flat] = flattened(greyOf(image), freely())
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
    ['tightly rolled, from corner to corner', { roll: 100, axis: 45, turn: 8 }],
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

  it('draws a code with a hurt mark although a stray mark stands where one could', async () => {
    const image = photo({ turn: 4 }, (sheet) => {
      put(sheet, { size: 7, dark: () => false }, 52, 52, { scale: 8, quiet: 0 })
      put(sheet, mark, 368, 368, { scale: 8, quiet: 1 })
    })
    expect(await textsAlone(image)).toEqual([TEXT])
  })

  it.each<[string, Partial<Shot>]>([
    ['flat', {}],
    ['creased', { crumpled: 0.012 }],
  ])('draws each of nine codes side by side: %s', async (_what, shot) => {
    const texts = Array.from({ length: 9 }, (_, at) => TEXT.replace('alice', `user${at}`))
    expect(await textsAlone(await photoOf(texts, shot))).toEqual(texts)
  })

  it('stops between the codes where it may not go on (INP-6)', async () => {
    const image = greyOf(await photoOf(['alice', 'bob', 'carol'], {}))
    let left = true
    const codes = flattened(
      image,
      spending(() => left),
    )
    expect(codes.next().done).toBe(false)
    left = false
    expect(codes.next().done).toBe(true)
  })

  it('spends no more than it may on dense codes that cannot be read (INP-6)', async () => {
    const dense = await modulesOf('a'.repeat(2_000))
    const random = seeded(5)
    const unreadable = {
      size: dense.size,
      dark: (x: number, y: number) => dense.dark(x, y) !== (random(3) === 0 && x > 8 && y > 8),
    }
    const image = page(1_130, 1_130)
    for (const left of [0, 560]) for (const top of [0, 560]) put(image, unreadable, left, top, { scale: 4 })
    const counted = counting()
    for (const flat of flattened(greyOf(image), counted.spend)) expect(flat.width).toBeGreaterThan(0)
    expect(counted.refused()).toBe(true)
    expect(counted.asked()).toBeLessThan(12_000)
  })

  it('has none on a page of text, on an empty one and in a single pixel', () => {
    const image = page(600, 400)
    putText(image, seeded(5))
    expect([...flattened(greyOf(image), freely())]).toEqual([])
    expect([...flattened(greyOf(page(300, 200)), freely())]).toEqual([])
    expect([...flattened(greyOf(page(1, 1)), freely())]).toEqual([])
  })

  it('soon gives up on many marks that belong to no code (INP-6)', () => {
    const image = page(900, 700)
    const random = seeded(11)
    for (let count = 0; count < 60; count++) put(image, mark, random(840), random(640), { scale: 4, quiet: 1 })
    const counted = counting()
    expect([...flattened(greyOf(image), counted.spend)].length).toBeLessThanOrEqual(6)
    expect(counted.asked()).toBeLessThan(12_000)
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
