import type { GreyImage } from './grey'

/** One of the three square rings that stand in the corners of a code, by its middle. */
export interface Mark {
  readonly x: number
  readonly y: number
  /** The side of one module along rows and columns, in pixels. */
  readonly module: number
  /** Whether its middle is dark, as it is unless the code is inverted. */
  readonly dark: boolean
  /** In how many rows it was seen. */
  readonly rows: number
}

/** How far, as shares of a module, a stretch of one and the one of three modules may be off: blur, shadows, round rings. */
const OFF = { one: 0.65, three: 1.1 }
const EVERY_ROW = 2
/** In so many of these a mark is seen at least, for each pixel of a module: half of its middle. */
const LEAST_ROWS = 0.6
/** In modules: how far below its middle a mark may still be seen. */
const REACH = 4

/** What looks like a corner mark in a picture of black and white alone, the surest first. */
export function cornerMarks(bits: GreyImage): readonly Mark[] {
  const marks: Mark[] = []
  let recent: Mark[] = []
  const row = { lengths: new Int32Array(bits.width + 1), count: 0 }
  for (let y = 0; y < bits.height; y += EVERY_ROW) {
    // What lies further up is not seen again; a picture full of marks would be compared with all of them.
    const [near, past] = parted(recent, (mark) => y - mark.y <= REACH * mark.module)
    recent = near
    marks.push(...past.filter(isSure))
    measure(bits, y, row)
    for (let run = 0, left = 0; run + 5 <= row.count; run++) {
      const width = ringWidth(row.lengths, run)
      if (width > 0) addMark(recent, bits, left + width / 2, y, width)
      left += row.lengths[run] ?? 0
    }
  }
  return [...marks, ...recent.filter(isSure)].toSorted(
    (one, other) => other.rows / other.module - one.rows / one.module,
  )
}

function parted<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))]
}

function isSure({ rows, module }: Mark): boolean {
  return rows >= Math.max(2, LEAST_ROWS * module)
}

/** The lengths of the stretches of one brightness in a row. */
function measure({ pixels, width }: GreyImage, y: number, row: { lengths: Int32Array; count: number }): void {
  const from = y * width
  row.count = 0
  for (let at = from, start = from; at < from + width; at++) {
    if (at + 1 < from + width && pixels[at + 1] === pixels[at]) continue
    row.lengths[row.count++] = at + 1 - start
    start = at + 1
  }
}

/** The width of five stretches that are 1, 1, 3, 1 and 1 modules long, as a ring's are across its middle; else 0. */
function ringWidth(lengths: Int32Array, run: number): number {
  const [a, b] = [lengths[run] ?? 0, lengths[run + 1] ?? 0]
  const c = lengths[run + 2] ?? 0
  // Nearly every place fails here already.
  if (c < a || c < b || c > 6 * b) return 0
  return isRing(a, b, c, lengths[run + 3] ?? 0, lengths[run + 4] ?? 0)
}

function isRing(a: number, b: number, c: number, d: number, e: number): number {
  const width = a + b + c + d + e
  const module = width / 7
  if (module < 1) return 0
  const off = OFF.one * module
  const good =
    Math.abs(b - module) < off &&
    Math.abs(d - module) < off &&
    Math.abs(a - module) < off &&
    Math.abs(e - module) < off &&
    Math.abs(c - 3 * module) < OFF.three * module
  return good ? width : 0
}

function addMark(marks: Mark[], bits: GreyImage, x: number, y: number, width: number): void {
  const down = crossed(bits, x, y, 0, 1, width)
  if (!down) return
  const across = crossed(bits, x, down.middle, 1, 0, width)
  if (!across) return
  const module = (across.width + down.width) / 14
  const [cx, cy] = [across.middle, down.middle]
  const dark = bits.pixels[Math.floor(cy) * bits.width + Math.floor(cx)] === 0
  const known = marks.findIndex((mark) => Math.hypot(mark.x - cx, mark.y - cy) < 2 * module && mark.dark === dark)
  const before = marks[known]
  if (!before) marks.push({ x: cx, y: cy, module, dark, rows: 1 })
  else marks[known] = mean(before, cx, cy, module)
}

function mean({ x, y, module, dark, rows }: Mark, nextX: number, nextY: number, nextModule: number): Mark {
  const all = rows + 1
  return {
    x: (x * rows + nextX) / all,
    y: (y * rows + nextY) / all,
    module: (module * rows + nextModule) / all,
    dark,
    rows: all,
  }
}

/** A ring through a place, up and down or from side to side, of about the width expected: its middle and width. */
function crossed(
  bits: GreyImage,
  x: number,
  y: number,
  dx: 0 | 1,
  dy: 0 | 1,
  expected: number,
): { middle: number; width: number } | null {
  const most = expected
  const forth = stretches(bits, x, y, dx, dy, most)
  const back = stretches(bits, x, y, -dx, -dy, most)
  const [f0, f1, f2] = forth
  const [b0, b1, b2] = back
  const width = isRing(b2, b1, b0 + f0 - 1, f1, f2)
  if (width === 0 || width > 2 * expected || width < expected / 2) return null
  const here = dx === 1 ? Math.floor(x) : Math.floor(y)
  return { middle: here + 0.5 + (f0 - b0) / 2, width }
}

/** From a place on, the lengths of three stretches of one brightness each, the first with the place itself in it. */
function stretches(
  { pixels, width, height }: GreyImage,
  fromX: number,
  fromY: number,
  dx: number,
  dy: number,
  most: number,
): readonly [number, number, number] {
  const lengths: [number, number, number] = [0, 0, 0]
  let [x, y] = [Math.floor(fromX), Math.floor(fromY)]
  let colour = pixels[y * width + x]
  for (let stretch = 0; stretch < 3; x += dx, y += dy) {
    if (x < 0 || y < 0 || x >= width || y >= height) break
    const here = pixels[y * width + x]
    if (here !== colour) {
      stretch++
      colour = here
      if (stretch === 3) break
    }
    lengths[stretch as 0 | 1 | 2]++
    if ((lengths[stretch as 0 | 1 | 2] ?? 0) > most) break
  }
  return lengths
}
