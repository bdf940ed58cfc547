import { afterEach, describe, expect, it, vi } from 'vitest'

import { AppError } from '../../src/core/errors'
import type { RgbaImage } from '../../src/scan/grey'
import { lookAtImage, scanImage } from '../../src/scan/scan'
import { seeded } from '../support/seeded'
import { modulesOf, page, put, putText, type Style } from './draw'

const URI = 'otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example'
const SECRET_OF_64_BYTES = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'.repeat(4).slice(0, 103)
const LONG = `otpauth://totp/Example:alice@example.com?secret=${SECRET_OF_64_BYTES}&issuer=Example&algorithm=SHA512`

interface Drawing extends Style {
  readonly page?: string
  readonly degrees?: number
  readonly text?: string
}

/** A page full of text with one code in it. */
async function pageWith({ page: paper = '#ffffff', degrees = 0, text = URI, ...style }: Drawing): Promise<RgbaImage> {
  const image = page(900, 600, paper)
  putText(image, seeded(7), paper === '#ffffff' ? '#333333' : '#c9d1d9')
  put(image, await modulesOf(text), 240, 120, style, degrees)
  return image
}

const EASY: readonly [what: string, drawing: Drawing][] = [
  ['black on white', {}],
  ['on a light card of a dark page', { page: '#0d1117' }],
  ['light on dark', { ink: '#e6edf3', paper: '#0d1117', page: '#0d1117' }],
  ['turned by 17 degrees', { degrees: 17 }],
  ['turned by 90 degrees', { degrees: 90 }],
  ['in colours', { ink: '#1a5fb4', paper: '#f6f5f4' }],
  ['with a secret of 64 bytes', { text: LONG, scale: 3 }],
]

const HARD: readonly [what: string, drawing: Drawing][] = [
  ['of 2 pixels per module', { scale: 2 }],
  ['faint on white', { ink: '#f0f0f0' }],
  ['faint on dark', { ink: '#0d1117', paper: '#1c2128', page: '#0d1117' }],
  ['without a quiet zone', { quiet: 0 }],
  ['of 1.5 pixels per module', { scale: 1.5 }],
]

describe('scanImage', () => {
  it.each([...EASY, ...HARD])('reads a code %s', async (_what, drawing) => {
    expect(await scanImage(await pageWith(drawing))).toEqual(
      [URI, LONG].filter((text) => text === (drawing.text ?? URI)),
    )
  })

  it.each(['Ünïcödé – 日本語', 'a\u001dcontrol', '’', 'x'])('gives the text %j as it is', async (text) => {
    expect(await scanImage(await pageWith({ text }))).toEqual([text])
  })

  it('reads every code on a page, each text once', async () => {
    const image = page(1200, 900)
    const texts = [1, 2, 3, 4].map((number) => `${URI}${number}`)
    for (const [index, text] of [...texts, ...texts.slice(0, 2)].entries()) {
      put(image, await modulesOf(text), 20 + (index % 3) * 300, 20 + Math.floor(index / 3) * 300)
    }
    expect((await scanImage(image)).toSorted()).toEqual(texts)
  })

  it('finds nothing where there is no code', async () => {
    for (const seed of [1, 2, 3]) {
      const image = page(1000, 700, seed === 2 ? '#0d1117' : '#ffffff')
      putText(image, seeded(seed), seed === 2 ? '#c9d1d9' : '#333333')
      expect(await scanImage(image)).toEqual([])
    }
    expect(await scanImage(page(64, 64))).toEqual([])
    expect(await scanImage(page(1, 1))).toEqual([])
  })

  it('finds nothing in a field of finder patterns and chequers (INP-6)', async () => {
    const image = page(800, 600)
    const finder = { size: 7, dark: (x: number, y: number) => ![1, 5].includes(Math.max(x, y, 6 - x, 6 - y)) }
    for (let y = 0; y < 600; y += 40) {
      for (let x = 0; x < 400; x += 40) put(image, finder, x, y, { quiet: 1 })
    }
    put(image, { size: 40, dark: (x, y) => (x + y) % 2 === 0 }, 450, 100)
    expect(await scanImage(image)).toEqual([])
  })

  it('leaves the picture as it was', async () => {
    const image = await pageWith(HARD[1]?.[1] ?? {})
    const before = image.data.slice()
    await scanImage(image)
    expect(Buffer.compare(Buffer.from(image.data), Buffer.from(before))).toBe(0)
  })

  it.each([
    ['dark', '#000000'],
    ['light', '#ffffff'],
  ])('reads a %s code drawn on nothing', async (_what, ink) => {
    const image = await pageWith({ ink, paper: ink === '#000000' ? '#ffffff' : '#000000' })
    const paper = ink === '#000000' ? 255 : 0
    for (let at = 0; at < image.data.length; at += 4) {
      if (image.data[at] === paper) image.data.set([0, 0, 0, 0], at)
    }
    expect(await scanImage(image)).toEqual([URI])
  })

  it('reads small and large codes in a picture too large for one look (INP-6)', async () => {
    const image = page(3840, 2160)
    putText(image, seeded(3))
    const small = [60, 1300, 1480, 3700].map((left) => [`${URI}${left}`, left] as const)
    for (const [text, left] of small) put(image, await modulesOf(text), left, 1900, { scale: 2 })
    put(image, await modulesOf(LONG), 900, 100, { scale: 22 })
    expect((await scanImage(image)).toSorted()).toEqual([...small.map(([text]) => text), LONG].toSorted())
  })

  it('looks no further when there is no time left (INP-6)', async () => {
    const looks = [true, true, false]
    await expect(lookAtImage(page(300, 200), () => looks.shift() ?? false)).rejects.toMatchObject({
      code: 'scan/timed-out',
    })
    expect(looks).toEqual([])
    const found = await lookAtImage(await pageWith({}), () => looks.push(true) === 1)
    expect(found).toEqual({ texts: [URI], unread: false })
  })

  it('fetches nothing', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    await scanImage(await pageWith({}))
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })

  it.each([
    [
      'more than 40 megapixels',
      { data: new Uint8ClampedArray(4), width: 8_000, height: 5_001 },
      'scan/image-too-large',
    ],
    ['no width', { data: new Uint8ClampedArray(0), width: 0, height: 5 }, 'scan/image-unreadable'],
    ['a width that is no number', { data: new Uint8ClampedArray(4), width: NaN, height: 1 }, 'scan/image-unreadable'],
    ['half a pixel', { data: new Uint8ClampedArray(4), width: 0.5, height: 2 }, 'scan/image-unreadable'],
    ['too few bytes', { data: new Uint8ClampedArray(15), width: 2, height: 2 }, 'scan/image-unreadable'],
  ])('refuses %s (INP-6)', async (_what, image, code) => {
    await expect(scanImage(image)).rejects.toMatchObject({ name: 'AppError', code })
  })

  it('answers any picture at all, damaged codes first (INP-6)', { timeout: 120_000 }, async () => {
    const random = seeded(20_261_121)
    const code = await modulesOf(URI)
    for (let round = 0; round < 500; round++) {
      const image = page(1 + random(160), 1 + random(160))
      put(
        image,
        code,
        random(40) - 20,
        random(40) - 20,
        { scale: 1 + random(4), quiet: random(4) },
        random(2) * random(90),
      )
      for (let flips = random(4_000); flips > 0; flips--) image.data[random(image.data.length)] = random(256)
      const texts = await scanImage(image).catch((error: unknown) => error)
      if (texts instanceof AppError) expect(texts.code).toMatch(/^scan\//)
      else expect((texts as readonly string[]).filter((text) => text !== URI)).toEqual([])
    }
  })
})

describe('scanImage, where WebAssembly is refused', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  async function scanWithout(refusal: unknown): Promise<typeof scanImage> {
    vi.resetModules()
    vi.stubGlobal('WebAssembly', refusal)
    return (await import('../../src/scan/scan')).scanImage
  }

  const refused = {
    ...WebAssembly,
    RuntimeError: WebAssembly.RuntimeError,
    instantiate: () => Promise.reject(new WebAssembly.CompileError('refused by the policy')),
  }

  it.each([
    ['absent', undefined],
    ['refused by the policy', refused],
  ])('reads with the other engine when it is %s', async (_what, refusal) => {
    const scan = await scanWithout(refusal)
    expect(await scan(await pageWith({}))).toEqual([URI])
  })

  it.each(EASY)('reads a code %s', async (_what, drawing) => {
    const scan = await scanWithout(undefined)
    expect(await scan(await pageWith(drawing))).toEqual([drawing.text ?? URI])
  })

  it('reads a faint code by the local mean', async () => {
    const scan = await scanWithout(undefined)
    expect(await scan(await pageWith({ ink: '#f0f0f0' }))).toEqual([URI])
  })

  it('reads every code on a page', async () => {
    const scan = await scanWithout(undefined)
    const image = page(640, 320)
    put(image, await modulesOf(URI), 10, 10)
    put(image, await modulesOf(LONG), 320, 10, { scale: 3 })
    expect((await scan(image)).toSorted()).toEqual([LONG, URI].toSorted())
  })

  it('finds nothing where there is no code', async () => {
    const scan = await scanWithout(undefined)
    const image = page(400, 300)
    putText(image, seeded(5))
    expect(await scan(image)).toEqual([])
  })
})
