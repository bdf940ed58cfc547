import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PNG } from 'pngjs'

import type { RgbaImage } from '../../src/scan/grey'
import { modulesOf, page, putText, type Modules } from '../scan/draw'
import { seeded } from '../support/seeded'
import { photograph, STEADY } from './camera'
import { draw, PLAIN, type Look } from './drawing'
import { blurred, cutOut, moire, oneBit, photographed, resized, shaded, squeezed } from './spoiling'

/** A picture and the texts that are in it. */
export interface Picture {
  readonly group: string
  readonly image: RgbaImage
  readonly texts: readonly string[]
}

interface Kind {
  readonly group: string
  readonly page?: string
  readonly text?: (random: Random) => string
  readonly level?: string
  readonly look?: (random: Random, index: number) => Partial<Look>
  readonly codes?: number
  /** Codes stand edge to edge, each with its own quiet zone. */
  readonly touching?: boolean
  readonly spoil?: (image: RgbaImage, random: Random, index: number) => RgbaImage
}

type Random = (limit: number) => number

const RATIOS = [1, 1.25, 1.5, 2, 3]
/** Fewer of each kind give a quick look. */
const PER_KIND = Number(process.env['PER_KIND'] ?? 12)

const KINDS: readonly Kind[] = [
  { group: 'screens of 1x to 3x', look: (_random, index) => ({ module: 3 * (RATIOS[index % 5] ?? 1) }) },
  {
    group: 'inverted',
    page: '#0d1117',
    look: (_random, index) => ({ ink: '#e6edf3', paper: '#0d1117', module: 3 * (RATIOS[index % 5] ?? 1) }),
  },
  { group: 'light card, dark page', page: '#0d1117', look: (random) => ({ module: 3 + random(30) / 10 }) },
  { group: 'small', look: (random) => ({ module: 2 + random(10) / 10 }) },
  {
    group: 'secret of 64 bytes',
    text: (random) => accountUri(random, 103),
    look: (random) => ({ module: 2.5 + random(25) / 10 }),
  },
  { group: 'transfer of ten', text: transferUri, look: (random) => ({ module: 2.4 + random(16) / 10 }) },
  { group: 'rounded', look: (random) => ({ shape: 'rounded', module: 4 + random(40) / 10 }) },
  { group: 'dots', level: 'Q', look: (random) => ({ shape: 'dots', module: 4 + random(40) / 10 }) },
  {
    group: 'coloured',
    look: (random) => ({
      ink: pick(random, ['#1a5fb4', '#7c1e1e', '#26652c', '#5b2a86', '#b5179e', '#d9480f']),
      paper: pick(random, ['#ffffff', '#f6f5f4', '#fff3bf', '#d3f9d8', '#dbe4ff']),
    }),
  },
  { group: 'logo', level: 'H', look: (random) => ({ logo: 0.18 + random(7) / 100, module: 4 + random(20) / 10 }) },
  {
    group: 'low contrast',
    look: (_random, index) =>
      [
        { ink: '#e2e2e2' },
        { ink: '#f0f0f0' },
        { ink: '#0d1117', paper: '#22272e' },
        { ink: '#8a8a8a', paper: '#a4a4a4' },
      ][index % 4] ?? {},
  },
  { group: 'turned', look: (random) => ({ degrees: random(360), module: 3 + random(20) / 10 }) },
  {
    group: 'photo of a screen',
    spoil: photographed,
    look: (random) => ({ degrees: random(30) - 15, tilt: random(22) / 100, module: 4 + random(30) / 10 }),
  },
  { group: 'several', codes: 4, look: (random) => ({ module: 2.5 + random(15) / 10 }) },
  {
    group: 'no quiet zone',
    look: (random, index) => ({ quiet: index % 2, module: 2.5 + random(30) / 10 }),
  },
  {
    group: 'no quiet zone, dark page',
    page: '#14181d',
    look: (random, index) => ({ quiet: index % 2, module: 3 + random(30) / 10 }),
  },
  { group: 'drawn on nothing', look: (random) => ({ module: 2.5 + random(30) / 10 }), spoil: onNothing },
  {
    group: 'JPEG',
    look: (random) => ({ module: 2.5 + random(30) / 10 }),
    spoil: (image, _random, index) => squeezed(image, 5 + 5 * (index % 6)),
  },
  { group: 'shaded page', look: (random) => ({ module: 3 + random(30) / 10, ink: '#202020' }), spoil: shaded },
  { group: 'very large', look: (random) => ({ module: 14 + random(16) }) },
  { group: 'one bit', look: (random) => ({ module: 2.2 + random(20) / 10 }), spoil: oneBit },
  {
    group: 'resized, uneven',
    look: (random) => ({ module: 4 + random(3) }),
    spoil: (image, random) => resized(image, 0.5 + random(45) / 100, false),
  },
  {
    group: 'resized, smooth',
    look: (random) => ({ module: 4 + random(3) }),
    spoil: (image, random) => resized(image, 0.4 + random(120) / 100, true),
  },
  {
    group: 'side by side',
    codes: 2,
    touching: true,
    look: (random) => ({ quiet: 2, module: 3 + random(20) / 10 }),
  },
  {
    group: 'out of focus',
    look: (random) => ({ module: 4 + random(30) / 10 }),
    spoil: (image, _random, index) => blurred(blurred(image, 1 + (index % 2)), 1),
  },
  {
    group: 'photo of a grid',
    look: (random) => ({ degrees: random(20) - 10, module: 4 + random(40) / 10 }),
    spoil: moire,
  },
  { group: 'mirrored', look: (random) => ({ mirrored: true, module: 3 + random(20) / 10 }) },
  { group: 'styled', level: 'Q', look: (random) => ({ shape: 'styled', module: 4 + random(40) / 10 }) },
  { group: 'small dots', level: 'Q', look: (random) => ({ shape: 'small dots', module: 5 + random(40) / 10 }) },
  {
    group: 'terminal',
    page: '#0d1117',
    look: (random) => ({ shape: 'bars', module: 4 + random(40) / 10, ink: '#0d1117', paper: '#e6edf3' }),
  },
  {
    group: 'hue alone',
    look: (_random, index) =>
      [
        { ink: '#c01c28', paper: '#2ec27e' },
        { ink: '#1a5fb4', paper: '#a51d2d' },
        { ink: '#3584e4', paper: '#e66100' },
      ][index % 3] ?? {},
  },
]

/** Pictures with every property that screens, cards and photos have; the same ones for the same seed. */
export async function* pictures(seed: number): AsyncGenerator<Picture> {
  const random = seeded(seed)
  for (const kind of KINDS) {
    for (let index = 0; index < PER_KIND; index++) yield await pictureOf(kind, random, index)
  }
}

/** The pictures of a folder, which says in `expected.json` what is in each. */
export function* picturesIn(folder: string): Generator<Picture> {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, readonly string[]>
  for (const [name, texts] of Object.entries(expected)) {
    const { data, width, height } = PNG.sync.read(readFileSync(join(folder, name)))
    yield { group: dirname(name), image: { data: new Uint8ClampedArray(data), width, height }, texts }
  }
}

/** Pages without a code: text, chequers, things that look like the corners of one, photographs, tables, bar codes. */
export function* emptyPictures(seed: number): Generator<RgbaImage> {
  const random = seeded(seed)
  for (let index = 0; index < PER_KIND; index++) {
    const dark = index % 3 === 1
    const image = page(1_000, 700, dark ? '#0d1117' : '#ffffff')
    putText(image, random, dark ? '#c9d1d9' : '#333333')
    if (index % 4 === 2) draw(image, chequers, 100 + random(300), 80 + random(200), { ...PLAIN, module: 3 + random(6) })
    if (index % 4 === 3) {
      for (let count = 0; count < 40; count++)
        draw(image, corner, random(900), random(600), { ...PLAIN, module: 2 + random(4) })
    }
    if (index % 6 === 5) rule(image, random)
    yield index % 6 === 4 ? photograph(image, { ...STEADY, scale: 0.9, lean: 20, turn: random(20) }, random) : image
  }
}

/** The lines of a table, and a bar code. */
function rule({ data, width, height }: RgbaImage, random: Random): void {
  const bars = Array.from({ length: 200 }, () => random(2) === 1)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const barred = y > 500 && y < 580 && bars[Math.floor((x - 300) / 2)] === true
      if (x % 110 === 0 || y % 44 === 0 || barred) data.fill(60, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
}

/** The screenshot of a 4K screen, full of text; with a small code in a corner, or without one. */
export async function largeScreen(seed: number, withCode: boolean): Promise<Picture> {
  const random = seeded(seed)
  const image = page(3_840, 2_160)
  putText(image, random)
  const text = accountUri(random)
  if (withCode) draw(image, await modulesOf(text, 'M'), 3_300, 1_700, { ...PLAIN, module: 2.2 })
  return { group: '4K', image, texts: withCode ? [text] : [] }
}

const chequers: Modules = { size: 33, dark: (x, y) => (x + y) % 2 === 0 }
/** A corner mark alone. */
export const corner: Modules = { size: 7, dark: (x, y) => ![1, 5].includes(Math.max(x, y, 6 - x, 6 - y)) }

async function pictureOf(kind: Kind, random: Random, index: number): Promise<Picture> {
  const looks = Array.from({ length: kind.codes ?? 1 }, () => ({ ...PLAIN, ...kind.look?.(random, index) }))
  const texts = looks.map(() => (kind.text ?? accountUri)(random))
  const codes = await Promise.all(texts.map((text) => modulesOf(text, kind.level ?? 'M')))
  const [first = PLAIN] = looks
  const side = Math.max(...codes.map(({ size }) => size))
  const cell = Math.ceil(
    kind.touching === true
      ? (side + 2 * first.quiet) * first.module
      : (side + 8) * Math.max(...looks.map(({ module }) => module)) * 1.45,
  )
  const across = codes.length > 1 ? 2 : 1
  const [width, height] = [
    cell * across + 120 + random(400),
    cell * Math.ceil(codes.length / across) + 60 + random(200),
  ]
  const image = page(width, height, kind.page)
  putText(image, random, kind.page === undefined ? '#333333' : '#c9d1d9')
  for (const [at, code] of codes.entries()) {
    const [dx, dy] = kind.touching === true ? [0, 0] : [random(60), random(20)]
    const look = kind.touching === true ? first : (looks[at] ?? PLAIN)
    const [left, top] = [20 + (at % across) * cell + dx, 20 + Math.floor(at / across) * cell + dy]
    if (look.quiet < 2) clear(image, left - 6, top - 6, Math.ceil(code.size * look.module) + 12, kind.page)
    draw(image, code, left, top, look)
  }
  return { group: kind.group, image: kind.spoil?.(image, random, index) ?? image, texts }
}

/** What a code lacks in quiet zone, a page usually has in room around it. */
function clear(image: RgbaImage, left: number, top: number, side: number, paper?: string): void {
  const empty = page(side, 1, paper)
  for (let y = top; y < Math.min(top + side, image.height); y++) {
    image.data.set(empty.data.subarray(0, 4 * Math.min(side, image.width - left)), (y * image.width + left) * 4)
  }
}

/** A dark code, or a light one, without anything behind it. */
function onNothing(image: RgbaImage, _random: Random, index: number): RgbaImage {
  if (index % 2 === 0) return cutOut(image, true)
  const inverted = new Uint8ClampedArray(image.data.map((light, at) => (at % 4 === 3 ? light : 255 - light)))
  return cutOut({ ...image, data: inverted }, false)
}

function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[random(values.length)] ?? values[0]
}

export function accountUri(random: Random, secretLength = 32): string {
  const user = letters(random, 4 + random(8), 'abcdefghijklmnopqrstuvwxyz')
  const secret = letters(random, secretLength, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
  return `otpauth://totp/Example:${user}@example.com?secret=${secret}&issuer=Example`
}

export function transferUri(random: Random): string {
  return `otpauth-migration://offline?data=${letters(random, 580, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`
}

function letters(random: Random, length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(random(alphabet.length))).join('')
}
