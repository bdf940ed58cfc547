import type { Corners } from './corners'
import { boxBlur, cropped } from './filters'
import type { GreyImage } from './grey'
import type { Mark } from './marks'

/** Part of a picture with a code in it, as contrast with the surroundings: from -1, light, to 1, dark. */
export interface Sheet {
  readonly contrast: Float32Array
  readonly width: number
  readonly height: number
  /** In the part's own pixels. */
  readonly corners: Corners
}

/** Around the fourth corner, which was only guessed, and for sides that bulge, as a share of the code's diagonal. */
const ROOM = 0.3
/** In modules: what a shadow may change in brightness over. */
const SURROUNDINGS = 3
/** How many times what is usual counts as all: at less, every place within a module is as dark as its middle. */
const WIDE = 1.6

/** The part of a picture that the code with these corners may lie in. */
export function sheetAround(image: GreyImage, corners: Corners): Sheet {
  const { corner, right, below } = corners
  const room = ROOM * Math.hypot(right.x - below.x, right.y - below.y)
  const across = range([corner.x, right.x, below.x, right.x + below.x - corner.x], room, image.width)
  const down = range([corner.y, right.y, below.y, right.y + below.y - corner.y], room, image.height)
  const part = cropped(image, across.from, down.from, across.length, down.length)
  const moved = (mark: Mark): Mark => ({ ...mark, x: mark.x - across.from, y: mark.y - down.from })
  return {
    contrast: contrastOf(part, (corner.module + right.module + below.module) / 3, corner.dark ? 1 : -1),
    width: part.width,
    height: part.height,
    corners: { corner: moved(corner), right: moved(right), below: moved(below) },
  }
}

function range(places: readonly number[], room: number, limit: number): { from: number; length: number } {
  const from = Math.max(0, Math.floor(Math.min(...places) - room))
  return { from, length: Math.min(limit, Math.ceil(Math.max(...places) + room)) - from }
}

/** How much darker each pixel is than those around it, measured by how much these differ among themselves. */
function contrastOf(image: GreyImage, module: number, sign: number): Float32Array {
  const radius = Math.ceil(SURROUNDINGS * module)
  const { pixels: calm } = module >= 4 ? boxBlur(image, Math.floor(module / 4)) : image
  const { pixels: means } = boxBlur(image, radius)
  const apart = new Uint8Array(calm.length)
  for (let at = 0; at < apart.length; at++) apart[at] = Math.abs((calm[at] ?? 0) - (means[at] ?? 0))
  const { pixels: usual } = boxBlur({ ...image, pixels: apart }, radius)
  const contrast = new Float32Array(calm.length)
  for (let at = 0; at < contrast.length; at++) {
    const difference = (sign * ((means[at] ?? 0) - (calm[at] ?? 0))) / (WIDE * (usual[at] ?? 0) + 4)
    contrast[at] = Math.max(-1, Math.min(1, difference))
  }
  return contrast
}

/** The contrast at a place; none outside. */
export function contrastAt({ contrast, width, height }: Sheet, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  return column < 0 || row < 0 || column >= width || row >= height ? 0 : (contrast[row * width + column] ?? 0)
}
