import type { RgbaImage } from '../../src/scan/grey'
import { modulesOf, page, putText, type Modules } from '../scan/draw'
import { seeded } from '../support/seeded'

/** A picture and the texts that are in it. */
export interface Picture {
  readonly group: string
  readonly image: RgbaImage
  readonly texts: readonly string[]
}

/** How one code is drawn: lengths in pixels unless they say otherwise. */
interface Look {
  readonly module: number
  readonly ink: string
  readonly paper: string
  readonly shape: 'square' | 'rounded' | 'dots'
  readonly degrees: number
  /** How far the code leans back: how much smaller its far edge is than its middle, as a share of two. */
  readonly tilt: number
  /** The side of a picture in the middle, as a share of the code. */
  readonly logo: number
}

interface Kind {
  readonly group: string
  readonly page?: string
  readonly text?: (random: Random) => string
  readonly level?: string
  readonly look?: (random: Random, index: number) => Partial<Look>
  readonly codes?: number
  readonly photo?: boolean
}

type Random = (limit: number) => number

const PLAIN: Look = { module: 4, ink: '#000000', paper: '#ffffff', shape: 'square', degrees: 0, tilt: 0, logo: 0 }
const RATIOS = [1, 1.25, 1.5, 2, 3]
/** Fewer of each kind give a quick look. */
const PER_KIND = Number(process.env['PER_KIND'] ?? 24)
const QUIET = 4
/** Points looked at for each pixel, along each side. */
const SAMPLES = 3

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
    photo: true,
    look: (random) => ({ degrees: random(30) - 15, tilt: random(22) / 100, module: 4 + random(30) / 10 }),
  },
  { group: 'several', codes: 4, look: (random) => ({ module: 2.5 + random(15) / 10 }) },
]

/** Pictures with every property that screens, cards and photos have; the same ones for the same seed. */
export async function* pictures(seed: number): AsyncGenerator<Picture> {
  const random = seeded(seed)
  for (const kind of KINDS) {
    for (let index = 0; index < PER_KIND; index++) yield await pictureOf(kind, random, index)
  }
}

/** Pages without a code: text, tables, chequers, things that look like the corners of one. */
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
    yield image
  }
}

const chequers: Modules = { size: 33, dark: (x, y) => (x + y) % 2 === 0 }
const corner: Modules = { size: 7, dark: (x, y) => ![1, 5].includes(Math.max(x, y, 6 - x, 6 - y)) }

async function pictureOf(kind: Kind, random: Random, index: number): Promise<Picture> {
  const looks = Array.from({ length: kind.codes ?? 1 }, () => ({ ...PLAIN, ...kind.look?.(random, index) }))
  const texts = looks.map(() => (kind.text ?? accountUri)(random))
  const codes = await Promise.all(texts.map((text) => modulesOf(text, kind.level ?? 'M')))
  const sides = codes.map((code, at) => Math.ceil((code.size + 2 * QUIET) * (looks[at]?.module ?? 1) * 1.45))
  const cell = Math.max(...sides)
  const across = codes.length > 1 ? 2 : 1
  const image = page(
    cell * across + 120 + random(400),
    cell * Math.ceil(codes.length / across) + 60 + random(200),
    kind.page,
  )
  putText(image, random, kind.page === undefined ? '#333333' : '#c9d1d9')
  for (const [at, code] of codes.entries()) {
    draw(
      image,
      code,
      20 + (at % across) * cell + random(60),
      20 + Math.floor(at / across) * cell + random(20),
      looks[at] ?? PLAIN,
    )
  }
  return { group: kind.group, image: kind.photo === true ? photographed(image, random) : image, texts }
}

/** Draws by looking, from each pixel of the page, back at the module it shows. */
function draw(on: RgbaImage, code: Modules, left: number, top: number, look: Look): void {
  const side = (code.size + 2 * QUIET) * look.module
  const reach = Math.ceil(side * 1.42)
  const margin = (reach - side) / 2
  const ink = rgb(look.ink)
  const paper = rgb(look.paper)
  for (let y = 0; y < reach; y++) {
    for (let x = 0; x < reach; x++) {
      const { covered, dark } = sampled(code, look, side, x - margin, y - margin)
      if (covered > 0) blend(on, Math.round(left) + x, Math.round(top) + y, paper, ink, covered, dark)
    }
  }
}

function sampled(code: Modules, look: Look, side: number, x: number, y: number): { covered: number; dark: number } {
  const turn = (-look.degrees * Math.PI) / 180
  const all = SAMPLES * SAMPLES
  let covered = 0
  let dark = 0
  for (let point = 0; point < all; point++) {
    const dx = x + ((point % SAMPLES) + 0.5) / SAMPLES - side / 2
    const dy = y + (Math.floor(point / SAMPLES) + 0.5) / SAMPLES - side / 2
    const far = 1 - look.tilt * ((dx * Math.sin(turn) + dy * Math.cos(turn)) / side)
    const u = (dx * Math.cos(turn) - dy * Math.sin(turn)) / far
    const v = (dx * Math.sin(turn) + dy * Math.cos(turn)) / far
    const column = (u + side / 2) / look.module - QUIET
    const row = (v + side / 2) / look.module - QUIET
    if (Math.max(-column, -row, column - code.size, row - code.size) > QUIET) continue
    covered++
    if (isInk(code, look, column, row)) dark++
  }
  return { covered: covered / all, dark: dark / all }
}

function isInk(code: Modules, look: Look, column: number, row: number): boolean {
  const x = Math.floor(column)
  const y = Math.floor(row)
  if (x < 0 || y < 0 || x >= code.size || y >= code.size) return false
  const middle = Math.max(Math.abs(column - code.size / 2), Math.abs(row - code.size / 2)) / code.size
  if (middle < look.logo / 2) return middle > look.logo / 4
  if (!code.dark(x, y)) return false
  const isCorner = (x < 7 && (y < 7 || y >= code.size - 7)) || (x >= code.size - 7 && y < 7)
  const away = Math.hypot(column - x - 0.5, row - y - 0.5)
  if (look.shape === 'dots' && !isCorner) return away < 0.45
  return look.shape !== 'rounded' || away < 0.62
}

/** Uneven light, a little blur and noise. */
function photographed(image: RgbaImage, random: Random): RgbaImage {
  const { width, height } = image
  const data = new Uint8ClampedArray(image.data.length)
  const fall = 0.2 + random(30) / 100
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 1 - (fall * (x + y)) / (width + height)
      const noise = random(15) - 7
      for (let channel = 0; channel < 3; channel++) {
        data[(y * width + x) * 4 + channel] = blurred(image, x, y, channel) * light + noise
      }
      data[(y * width + x) * 4 + 3] = 255
    }
  }
  return { data, width, height }
}

function blurred({ data, width, height }: RgbaImage, x: number, y: number, channel: number): number {
  let sum = 0
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const at = Math.min(Math.max(y + dy, 0), height - 1) * width + Math.min(Math.max(x + dx, 0), width - 1)
      sum += data[at * 4 + channel] ?? 0
    }
  }
  return sum / 9
}

function blend(
  on: RgbaImage,
  x: number,
  y: number,
  paper: readonly number[],
  ink: readonly number[],
  covered: number,
  dark: number,
): void {
  if (x < 0 || y < 0 || x >= on.width || y >= on.height) return
  const at = (y * on.width + x) * 4
  for (let channel = 0; channel < 3; channel++) {
    const drawn = (paper[channel] ?? 0) * (covered - dark) + (ink[channel] ?? 0) * dark
    on.data[at + channel] = (on.data[at + channel] ?? 0) * (1 - covered) + drawn
  }
}

function rgb(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
}

function pick<T>(random: Random, values: readonly [T, ...T[]]): T {
  return values[random(values.length)] ?? values[0]
}

function accountUri(random: Random, secretLength = 32): string {
  const user = letters(random, 4 + random(8), 'abcdefghijklmnopqrstuvwxyz')
  const secret = letters(random, secretLength, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
  return `otpauth://totp/Example:${user}@example.com?secret=${secret}&issuer=Example`
}

function transferUri(random: Random): string {
  return `otpauth-migration://offline?data=${letters(random, 580, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`
}

function letters(random: Random, length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(random(alphabet.length))).join('')
}
