import type { RgbaImage } from '../../src/scan/grey'
import type { Modules } from '../scan/draw'

/** How one code is drawn: lengths in pixels unless they say otherwise. */
export interface Look {
  readonly module: number
  readonly ink: string
  readonly paper: string
  /** `styled`: joined modules and round corner marks; `bars`: a thin gap below each second row, as terminals leave it. */
  readonly shape: 'square' | 'rounded' | 'dots' | 'small dots' | 'styled' | 'bars'
  readonly degrees: number
  /** How far the code leans back: how much smaller its far edge is than its middle, as a share of two. */
  readonly tilt: number
  /** The side of a picture in the middle, as a share of the code. */
  readonly logo: number
  /** The light border, in modules. */
  readonly quiet: number
  readonly mirrored: boolean
}

export const PLAIN: Look = {
  module: 4,
  ink: '#000000',
  paper: '#ffffff',
  shape: 'square',
  degrees: 0,
  tilt: 0,
  logo: 0,
  quiet: 4,
  mirrored: false,
}

/** Points looked at for each pixel, along each side. */
const SAMPLES = 3

/** Draws by looking, from each pixel of the page, back at the module it shows. */
export function draw(on: RgbaImage, code: Modules, left: number, top: number, look: Look): void {
  const side = (code.size + 2 * look.quiet) * look.module
  const reach = look.degrees === 0 && look.tilt === 0 ? Math.ceil(side) : Math.ceil(side * 1.42)
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
    const u = ((dx * Math.cos(turn) - dy * Math.sin(turn)) / far) * (look.mirrored ? -1 : 1)
    const v = (dx * Math.sin(turn) + dy * Math.cos(turn)) / far
    const column = (u + side / 2) / look.module - look.quiet
    const row = (v + side / 2) / look.module - look.quiet
    if (Math.max(-column, -row, column - code.size, row - code.size) > look.quiet) continue
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
  const corner = cornerMark(code.size, x, y)
  if (look.shape === 'styled') return corner ? inRoundMark(corner, column, row) : inStroke(code, column, row)
  if (!code.dark(x, y)) return false
  const away = Math.hypot(column - x - 0.5, row - y - 0.5)
  if (look.shape === 'bars') return y % 2 === 0 || row - y < 0.86
  if (look.shape === 'rounded') return away < 0.62
  if (corner) return true
  if (look.shape === 'dots') return away < 0.45
  return look.shape !== 'small dots' || away < 0.36
}

/** Where the corner mark begins that a module belongs to. */
function cornerMark(size: number, x: number, y: number): { left: number; top: number } | null {
  const left = x < 7 ? 0 : size - 7
  const top = y < 7 ? 0 : size - 7
  const inside = x >= left && y >= top && (left === 0 || top === 0)
  return inside ? { left, top } : null
}

/** A ring with round corners and a disc in it. */
function inRoundMark({ left, top }: { left: number; top: number }, column: number, row: number): boolean {
  const u = Math.abs(column - left - 3.5)
  const v = Math.abs(row - top - 3.5)
  if (Math.hypot(u, v) < 1.6) return true
  const past = (half: number, round: number): boolean =>
    Math.hypot(Math.max(0, u - half + round), Math.max(0, v - half + round)) > round
  return !past(3.5, 2) && past(2.5, 1.3)
}

/** Modules side by side flow into one another; what stands free is a dot. */
function inStroke(code: Modules, column: number, row: number): boolean {
  const x = Math.floor(column)
  const y = Math.floor(row)
  if (!code.dark(x, y)) return false
  const inside = (u: number, v: number): boolean =>
    u >= 0 && v >= 0 && u < code.size && v < code.size && code.dark(u, v)
  const dx = column - x - 0.5
  const dy = row - y - 0.5
  return inside(x + Math.sign(dx), y) || inside(x, y + Math.sign(dy)) || Math.hypot(dx, dy) < 0.5
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
