import type { GreyImage } from './grey'

/** A part of a picture, in its pixels. */
export interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function overlap(one: Region, other: Region): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  )
}

/** A cell is busy when its pixels differ; wide and low, so that the gap between two lines of text leaves one idle. */
const CELL_WIDTH = 8
const CELL_HEIGHT = 4
/** Of 255: less is the noise of a camera or of JPEG. */
const DIFFERENCE = 12
/** Where a picture is noisy all over, in its calmest fifth too, pixels differ by more than that much of its noise. */
const CALM = { share: 0.2, times: 1.5 }
/** In pixels: smaller pictures may be filled by one code, whose modules are no noise. */
const LARGE = 300_000
/** The side in pixels of the smallest code worth the work; it is busy nearly all over, and text is not. */
const WINDOW = 32
const SHARE = 0.85
/** In pixels, around what was found: room for the quiet zone and for cells that a code fills only in part. */
const MARGIN = 16

/** The boxes around everything that is as dense as a code of small modules; none on a page of text. */
export function denseRegions(image: GreyImage): readonly Region[] {
  const grid = busyCells(image)
  const covered = coveredByWindows(grid)
  return groups(covered, grid.columns).map(({ left, top, right, bottom }) => {
    const x = Math.max(0, left * CELL_WIDTH - MARGIN)
    const y = Math.max(0, top * CELL_HEIGHT - MARGIN)
    const width = Math.min(image.width, (right + 1) * CELL_WIDTH + MARGIN) - x
    const height = Math.min(image.height, (bottom + 1) * CELL_HEIGHT + MARGIN) - y
    return { left: x, top: y, width, height }
  })
}

interface Grid {
  readonly cells: Uint8Array
  readonly columns: number
  readonly rows: number
}

function busyCells({ pixels, width, height }: GreyImage): Grid {
  const columns = Math.floor(width / CELL_WIDTH)
  const rows = Math.floor(height / CELL_HEIGHT)
  const cells = new Uint8Array(columns * rows)
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      cells[cell] = differenceIn(pixels, row * CELL_HEIGHT * width + column * CELL_WIDTH, width)
    }
  }
  const least = Math.max(DIFFERENCE, pixels.length < LARGE ? 0 : CALM.times * noiseOf(cells))
  return { cells: cells.map((difference) => (difference >= least ? 1 : 0)), columns, rows }
}

/** By how much the pixels of a cell differ. */
function differenceIn(pixels: Uint8Array, start: number, width: number): number {
  let least = 255
  let most = 0
  for (let row = 0, from = start; row < CELL_HEIGHT; row++, from += width) {
    for (let at = from; at < from + CELL_WIDTH; at++) {
      const light = pixels[at] ?? 0
      if (light < least) least = light
      if (light > most) most = light
    }
  }
  return most - least
}

/** By how much the pixels of calm cells differ. */
function noiseOf(differences: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const difference of differences) counts[difference] = (counts[difference] ?? 0) + 1
  let calmer = 0
  return counts.findIndex((count) => (calmer += count) > differences.length * CALM.share)
}

/** Marks the cells of every window that is busy nearly all over. */
function coveredByWindows({ cells, columns, rows }: Grid): Uint8Array {
  const across = WINDOW / CELL_WIDTH
  const down = WINDOW / CELL_HEIGHT
  const sums = sumsFromCorner(cells, columns, rows)
  const wide = columns + 1
  const covered = new Uint8Array(cells.length)
  for (let y = 0; y + down <= rows; y++) {
    for (let x = 0; x + across <= columns; x++) {
      const sum =
        (sums[(y + down) * wide + x + across] ?? 0) -
        (sums[y * wide + x + across] ?? 0) -
        (sums[(y + down) * wide + x] ?? 0) +
        (sums[y * wide + x] ?? 0)
      if (sum < SHARE * across * down) continue
      for (let row = y; row < y + down; row++) covered.fill(1, row * columns + x, row * columns + x + across)
    }
  }
  return covered
}

/** How many cells are busy above and left of each, with a row and a column of zeros before the first. */
function sumsFromCorner(cells: Uint8Array, columns: number, rows: number): Int32Array {
  const wide = columns + 1
  const sums = new Int32Array(wide * (rows + 1))
  for (let y = 0; y < rows; y++) {
    for (let x = 0, inRow = 0; x < columns; x++) {
      inRow += cells[y * columns + x] ?? 0
      sums[(y + 1) * wide + x + 1] = (sums[y * wide + x + 1] ?? 0) + inRow
    }
  }
  return sums
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The bounding boxes of covered cells that hang together. Takes the marks away. */
function groups(covered: Uint8Array, columns: number): readonly Box[] {
  const boxes: Box[] = []
  for (let start = 0; start < covered.length; start++) {
    if (covered[start] === 1) boxes.push(flooded(covered, columns, start))
  }
  return boxes
}

function flooded(covered: Uint8Array, columns: number, start: number): Box {
  const box = { left: columns, top: covered.length, right: 0, bottom: 0 }
  const waiting = [start]
  covered[start] = 0
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    const [x, y] = [cell % columns, Math.floor(cell / columns)]
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
    const near = [x > 0 ? cell - 1 : -1, x + 1 < columns ? cell + 1 : -1, cell - columns, cell + columns]
    for (const next of near) {
      if (covered[next] !== 1) continue
      covered[next] = 0
      waiting.push(next)
    }
  }
  return box
}
