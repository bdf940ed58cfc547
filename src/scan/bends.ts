import type { GreyImage } from './grey'

/** How far the sides are moved against the middle, as shares of the picture: what bottles and curled paper do. */
const BENDS = [0.06, 0.1]

/** The picture bent back in each way that a code may have been bent, the lighter bends first. */
export function* unbent(image: GreyImage): Generator<GreyImage> {
  for (const by of BENDS) {
    for (const one of [by, -by]) {
      yield bent(image, one, 'rows')
      yield bent(image, one, 'columns')
    }
  }
}

/** Rows (or columns) become arcs: their ends lie lower than their middle (or further right) by a share of the picture. */
export function bent({ pixels, width, height }: GreyImage, by: number, which: 'rows' | 'columns'): GreyImage {
  const out = new Uint8Array(width * height)
  const [along, across] = which === 'rows' ? [width, height] : [height, width]
  const shifts = Int32Array.from({ length: along }, (_, at) => Math.round(arc(at / along) * by * across))
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const fromX = which === 'rows' ? x : x - (shifts[y] ?? 0)
      const fromY = which === 'rows' ? y - (shifts[x] ?? 0) : y
      const isInside = fromX >= 0 && fromY >= 0 && fromX < width && fromY < height
      out[to] = isInside ? (pixels[fromY * width + fromX] ?? 0) : 255
    }
  }
  return { pixels: out, width, height }
}

/** A parabola: 1 more at both ends than in the middle, so laid that what is moved up and what is moved down are alike. */
function arc(share: number): number {
  return (2 * share - 1) ** 2 - 1 / 3
}
