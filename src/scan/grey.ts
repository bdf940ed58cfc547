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

/** What lies behind transparent pixels. */
export const WHITE = 255
/** See {@link WHITE}; a light code on nothing is drawn for a dark page. */
export const BLACK = 0

/** A new grey picture; the pixels of `image` are only read. Transparent ones are laid over `background`. */
export function greyOf(image: RgbaImage, background: number): GreyImage {
  const { data, width, height } = image
  const pixels = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < pixels.length; at++, from += 4) {
    const light = luminance(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0)
    const alpha = data[from + 3] ?? 255
    pixels[at] = alpha === 255 ? light : (light * alpha + background * (255 - alpha)) / 255
  }
  return { pixels, width, height }
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

/** Rec. 601 weights in 1024ths. */
function luminance(red: number, green: number, blue: number): number {
  return (306 * red + 601 * green + 117 * blue + 512) >> 10
}
