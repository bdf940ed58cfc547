import { boxBlur } from '../../src/scan/filters'
import { greyOf, rgbaOf, type GreyImage, type RgbaImage } from '../../src/scan/grey'

type Random = (limit: number) => number

/** How a camera stands to a sheet, and what the sheet and the light are like. Angles in degrees. */
export interface Shot {
  readonly width: number
  readonly height: number
  /** How large the sheet is in the picture, before it leans. */
  readonly scale: number
  readonly turn: number
  /** How far the sheet leans back, and around which of its directions. */
  readonly lean: number
  readonly axis: number
  /** How much of a cylinder the sheet is rolled around. */
  readonly roll: number
  /** The height of waves in crumpled paper, as a share of the sheet. */
  readonly crumpled: number
  /** Light at a place, given in shares of the picture: 1 as it is, less in shadow; what glare adds is apart. */
  readonly light: (x: number, y: number) => number
  readonly glare: (x: number, y: number) => number
  /** In pixels: how far out of focus, and how far and which way the hand moved. */
  readonly blur: number
  readonly motion: number
  readonly heading: number
  /** The most that a pixel's brightness is off. */
  readonly noise: number
}

export const STEADY: Shot = {
  width: 1_000,
  height: 800,
  scale: 0.5,
  turn: 0,
  lean: 0,
  axis: 0,
  roll: 0,
  crumpled: 0,
  light: () => 1,
  glare: () => 0,
  blur: 1,
  motion: 0,
  heading: 0,
  noise: 8,
}

const TABLE = 150
/** The distance of the camera, in sides of the sheet. */
const DISTANCE = 1.6

/** A photograph of a sheet on a table, in shades of grey. */
export function photograph(sheet: RgbaImage, shot: Shot, random: Random): RgbaImage {
  const seen = boxBlur(lit(projected(greyOf(sheet, 255), shot), shot), shot.blur)
  const moved = shot.motion === 0 ? seen : smeared(seen, shot.motion, shot.heading)
  const span = 2 * shot.noise + 1
  const pixels = moved.pixels.map((light) => clamped(light + (random(span) + random(span)) / 2 - shot.noise))
  return rgbaOf({ ...moved, pixels })
}

type Place = readonly [x: number, y: number]

function projected(sheet: GreyImage, shot: Shot): GreyImage {
  const { width, height } = shot
  const back = toSheet(sheet, shot)
  const pixels = new Uint8Array(width * height)
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      let sum = 0
      for (const [dx, dy] of CORNERS) sum += lightAt(sheet, back(x + dx, y + dy))
      pixels[to] = sum / CORNERS.length
    }
  }
  return { pixels, width, height }
}

const CORNERS: readonly Place[] = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
]

/** From a place in the picture back to the place on the sheet, whose middle is seen in the middle. */
function toSheet(sheet: GreyImage, shot: Shot): (x: number, y: number) => Place {
  const side = Math.max(sheet.width, sheet.height)
  const [cosTurn, sinTurn] = turned(shot.turn)
  const [cosAxis, sinAxis] = turned(shot.axis)
  const [cosLean, sinLean] = turned(shot.lean)
  const wave = shot.crumpled * side
  return (x, y) => {
    // In sides of the sheet, turned so that the sheet leans around the first direction.
    const px = (x - shot.width / 2) / shot.scale / side
    const py = (y - shot.height / 2) / shot.scale / side
    const across = px * cosAxis + py * sinAxis
    const up = py * cosAxis - px * sinAxis
    const v = (up * DISTANCE) / (DISTANCE * cosLean - up * sinLean)
    const nearer = (DISTANCE + v * sinLean) / DISTANCE
    const [u, w] = unrolled(across * nearer, v, shot.roll)
    const sx = (u * cosAxis - w * sinAxis) * side
    const sy = (w * cosAxis + u * sinAxis) * side
    const cx = sx * cosTurn + sy * sinTurn + wave * Math.sin((5 * sy) / side + 3 * (sx / side))
    const cy = sy * cosTurn - sx * sinTurn + wave * Math.sin((6 * sx) / side + 1)
    return [cx + sheet.width / 2, cy + sheet.height / 2]
  }
}

function turned(degrees: number): readonly [cos: number, sin: number] {
  const angle = (degrees * Math.PI) / 180
  return [Math.cos(angle), Math.sin(angle)]
}

/** What lies on a cylinder is further along the sheet than it looks, and further away. */
function unrolled(u: number, v: number, roll: number): readonly [u: number, v: number] {
  if (roll === 0) return [u, v]
  const radius = 180 / Math.PI / roll
  let angle = 0
  for (let round = 0; round < 4; round++) {
    const depth = (radius * (1 - Math.cos(angle))) / DISTANCE
    angle = Math.asin(Math.min(1, Math.max(-1, (u * (1 + depth)) / radius)))
  }
  return [angle * radius, v * (1 + (radius * (1 - Math.cos(angle))) / DISTANCE)]
}

function lightAt({ pixels, width, height }: GreyImage, [x, y]: Place): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)]
  if (!(left >= 0 && top >= 0 && left + 1 < width && top + 1 < height)) return TABLE
  const [dx, dy] = [x - 0.5 - left, y - 0.5 - top]
  const from = top * width + left
  const above = (pixels[from] ?? 0) * (1 - dx) + (pixels[from + 1] ?? 0) * dx
  const below = (pixels[from + width] ?? 0) * (1 - dx) + (pixels[from + width + 1] ?? 0) * dx
  return above * (1 - dy) + below * dy
}

/** Nothing in a photograph is as black as ink or as white as paper. */
function lit(image: GreyImage, { light, glare }: Shot): GreyImage {
  const { width, height } = image
  const pixels = image.pixels.map((shade, at) => {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height]
    return clamped((25 + shade * 0.8) * light(x, y) + 255 * glare(x, y))
  })
  return { ...image, pixels }
}

function smeared({ pixels, width, height }: GreyImage, length: number, heading: number): GreyImage {
  const [cos, sin] = turned(heading)
  const steps = Array.from({ length: 2 * Math.ceil(length) + 1 }, (_, step) => step / 2 - Math.ceil(length) / 2)
  const out = pixels.map((_light, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    const sum = steps.reduce((all, step) => {
      const u = Math.min(width - 1, Math.max(0, Math.round(x + step * cos)))
      const v = Math.min(height - 1, Math.max(0, Math.round(y + step * sin)))
      return all + (pixels[v * width + u] ?? 0)
    }, 0)
    return sum / steps.length
  })
  return { pixels: out, width, height }
}

function clamped(light: number): number {
  return Math.min(255, Math.max(0, Math.round(light)))
}
