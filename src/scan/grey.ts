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

/** What may lie behind transparent pixels; a light code on nothing is drawn for a dark page. */
export const WHITE = 255
export const BLACK = 0

/** A new grey picture; the pixels of `image` are only read. Transparency counts where a background is given. */
export function greyOf(image: RgbaImage, background?: number): GreyImage {
  const { data, width, height } = image
  const pixels = new Uint8Array(width * height)
  // Rec. 601 weights in 1024ths.
  for (let at = 0, from = 0; at < pixels.length; at++, from += 4) {
    pixels[at] = (306 * (data[from] ?? 0) + 601 * (data[from + 1] ?? 0) + 117 * (data[from + 2] ?? 0) + 512) >> 10
  }
  if (background !== undefined) layOver(pixels, data, background)
  return { pixels, width, height }
}

function layOver(pixels: Uint8Array, rgba: Uint8ClampedArray, background: number): void {
  for (let at = 0, from = 3; at < pixels.length; at++, from += 4) {
    const alpha = (rgba[from] ?? 0) / 255
    pixels[at] = (pixels[at] ?? 0) * alpha + background * (1 - alpha) + 0.5
  }
}

/** Whether any pixel lets the background through. */
export function isTransparent({ data }: RgbaImage): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true
  return false
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
