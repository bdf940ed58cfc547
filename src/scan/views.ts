import { cropped, shrunk } from './filters'
import type { GreyImage } from './grey'
import type { Region } from './regions'

/** The most a decoder is given at a time (INP-6). */
export const VIEW_PIXELS = 4_000_000

/** Tiles share this much with their neighbours; a code larger than this is large enough for the overview. */
const OVERLAP = 320

/**
 * The picture itself where it is small enough for a decoder. Else the whole at a fraction of its size, for codes too
 * large for a tile, followed by overlapping tiles in full sharpness, for codes too small for the overview.
 */
export function viewsOf(image: GreyImage): readonly GreyImage[] {
  return pixelCount(image) <= VIEW_PIXELS ? [image] : [overview(image), ...tiles(image, VIEW_PIXELS)]
}

/** Pieces of at most `limit` pixels that together cover the picture, each sharing a strip with its neighbours. */
export function tiles(image: GreyImage, limit: number): readonly GreyImage[] {
  const across = spans(image.width, Math.max(2 * OVERLAP, Math.floor(Math.sqrt(limit))))
  const width = Math.max(...across.map((span) => span.length))
  const down = spans(image.height, Math.max(2 * OVERLAP, Math.floor(limit / width)))
  return down.flatMap((y) => across.map((x) => cropped(image, x.start, y.start, x.length, y.length)))
}

/** A region of the picture and half as much on each side, since it was only guessed. */
export function around(image: GreyImage, { left, top, width, height }: Region): GreyImage {
  const x = Math.min(image.width - 1, Math.max(0, Math.floor(left - width / 2)))
  const y = Math.min(image.height - 1, Math.max(0, Math.floor(top - height / 2)))
  const right = Math.min(image.width, Math.max(x + 1, Math.ceil(left + width * 1.5)))
  const bottom = Math.min(image.height, Math.max(y + 1, Math.ceil(top + height * 1.5)))
  return cropped(image, x, y, right - x, bottom - y)
}

export function pixelCount(image: { readonly width: number; readonly height: number }): number {
  return image.width * image.height
}

function overview(image: GreyImage): GreyImage {
  return shrunk(image, Math.ceil(Math.sqrt(pixelCount(image) / VIEW_PIXELS)))
}

interface Span {
  readonly start: number
  readonly length: number
}

/** Equal spans of at most `most` that cover `total`, each overlapping the next by `OVERLAP`. */
function spans(total: number, most: number): readonly Span[] {
  if (total <= most) return [{ start: 0, length: total }]
  const count = Math.ceil((total - OVERLAP) / (most - OVERLAP))
  const length = Math.ceil((total - OVERLAP) / count) + OVERLAP
  return Array.from({ length: count }, (_, index) => ({
    start: Math.round((index * (total - length)) / (count - 1)),
    length,
  }))
}
