import type { Region } from '../regions'

/** How many times as large a part is looked at, one after the other, until something is found. */
const TIMES = [1, 2, 4]
/** As much as the decoder takes at a time. */
const MOST_PIXELS = 4_000_000
/** Around a part, in shares of it: who draws a box closely leaves out the border that a code needs. */
const MARGIN = 0.08

/** A picture that can be drawn, and its size in pixels. */
export type Picture = CanvasImageSource & { readonly width: number; readonly height: number }

/** The pixels of a part of a picture, as they are and enlarged. `part` is in shares of the picture's sides. */
export function* looksAt(picture: Picture, part: Region): Generator<ImageData> {
  const { left, top, width, height } = inPixels(picture, part)
  for (const times of TIMES) {
    const [wide, high] = [width * times, height * times]
    if (times > 1 && wide * high > MOST_PIXELS) return
    const context = new OffscreenCanvas(wide, high).getContext('2d')
    if (!context) return
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, left, top, width, height, 0, 0, wide, high)
    yield context.getImageData(0, 0, wide, high)
  }
}

/** Whole pixels, with the margin, inside the picture. */
function inPixels(picture: { readonly width: number; readonly height: number }, part: Region): Region {
  const [left, right] = span(part.left, part.width, picture.width)
  const [top, bottom] = span(part.top, part.height, picture.height)
  return { left, top, width: right - left, height: bottom - top }
}

function span(start: number, length: number, total: number): readonly [number, number] {
  const from = Math.min(Math.round(Math.max(0, start - length * MARGIN) * total), total - 1)
  const to = Math.round(Math.min(1, start + length * (1 + MARGIN)) * total)
  return [from, Math.max(from + 1, to)]
}
