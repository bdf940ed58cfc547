/** RGBA pixels, as the browser and outside programs hand them in. */
export interface RgbaImage {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** One byte of brightness per pixel: what every decoder looks at in the end. */
export interface GreyImage {
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

/** What may lie behind transparent pixels. */
const WHITE = 255
const BLACK = 0

/** Backgrounds for a picture, the likelier one first: what is light and stands on nothing is drawn for a dark page. */
export function backgroundsFor({ data }: RgbaImage): readonly number[] {
  let light = 0
  let visible = 0
  for (let from = 0; from < data.length; from += 4) {
    const alpha = data[from + 3] ?? 0
    light += (data[from + 1] ?? 0) * alpha
    visible += alpha
  }
  return light > 128 * visible ? [BLACK, WHITE] : [WHITE, BLACK]
}

/** A new grey picture; the pixels of `image` are only read. Transparency counts where a background is given. */
export function greyOf(image: RgbaImage, background?: number): GreyImage {
  const { data, width, height } = image
  const words = wordsOf(data)
  const pixels = new Uint8Array(width * height)
  for (let at = 0; at < pixels.length; at++) pixels[at] = brightness(words[at] ?? 0)
  if (background !== undefined) layOver(pixels, data, background)
  return { pixels, width, height }
}

/** Each pixel as one number; all browsers run on little-endian machines, so red is lowest and alpha highest. */
function wordsOf(data: Uint8ClampedArray): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, data.length >>> 2)
}

/** Rec. 601 weights in 1024ths. */
function brightness(word: number): number {
  return (306 * (word & 255) + 601 * ((word >>> 8) & 255) + 117 * ((word >>> 16) & 255) + 512) >> 10
}

function layOver(pixels: Uint8Array, rgba: Uint8ClampedArray, background: number): void {
  for (let at = 0, from = 3; at < pixels.length; at++, from += 4) {
    const alpha = (rgba[from] ?? 0) / 255
    pixels[at] = (pixels[at] ?? 0) * alpha + background * (1 - alpha) + 0.5
  }
}

/** The grey picture in one pass; null where a pixel lets a background through that has first to be chosen. */
export function opaqueGreyOf({ data, width, height }: RgbaImage): GreyImage | null {
  const words = wordsOf(data)
  const pixels = new Uint8Array(width * height)
  let all = 0xffffffff
  for (let at = 0; at < pixels.length; at++) {
    const word = words[at] ?? 0
    all &= word
    pixels[at] = brightness(word)
  }
  return all >>> 24 === 255 ? { pixels, width, height } : null
}

/** The same picture as RGBA, for decoders that take nothing else. */
export function rgbaOf({ pixels, width, height }: GreyImage): RgbaImage {
  const data = new Uint8ClampedArray(pixels.length * 4)
  for (let at = 0, to = 0; at < pixels.length; at++, to += 4) {
    data.fill(pixels[at] ?? 0, to, to + 3)
    data[to + 3] = 255
  }
  return { data, width, height }
}
