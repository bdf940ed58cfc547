import { cropped, shrunk } from './filters'
import type { GreyImage } from './grey'
import type { Region } from './regions'

/** The smallest code there is, at the fewest pixels that can be read. */
const LEAST_SIDE = 27
/** About half of a code is of either brightness. */
const SHARE = { least: 0.2, most: 0.75 }
/** How much longer than wide, or the other way round. */
const SQUARE = 1.2
/** The largest ones are looked at. */
const MOST_ISLANDS = 8
/** In more pixels islands are looked for at half the size, which is enough for modules of three. */
const FINE_PIXELS = 500_000
/** A picture in more pieces is noise, and not worth their memory. */
const MOST_RUNS = 1_000_000

/**
 * Cut-outs of what might be a code without a quiet zone on a page as dark as its modules (or as light, where the code is
 * inverted), each with the border that it lacks: there the corners melt into the page, and no decoder finds them. The
 * modules of the other brightness hang together and reach every edge, so their box is the code's.
 */
export function framedIslands(image: GreyImage): readonly GreyImage[] {
  return islandsAtSize(image)
    .filter(mayBeCode)
    .sort((one, other) => other.width - one.width)
    .slice(0, MOST_ISLANDS)
    .map((island) => framed(image, island))
}

function islandsAtSize(image: GreyImage): readonly Island[] {
  if (image.width * image.height <= FINE_PIXELS) return islands(image)
  return islands(shrunk(image, 2)).map(({ left, top, width, height, light, count }) => ({
    left: 2 * left,
    top: 2 * top,
    width: 2 * width,
    height: 2 * height,
    light,
    count: 4 * count,
  }))
}

interface Island extends Region {
  readonly light: boolean
  readonly count: number
}

function mayBeCode({ width, height, count }: Island): boolean {
  const share = count / (width * height)
  const square = Math.max(width, height) <= SQUARE * Math.min(width, height)
  return square && Math.min(width, height) >= LEAST_SIDE && share >= SHARE.least && share <= SHARE.most
}

function framed(image: GreyImage, { left, top, width, height, light }: Island): GreyImage {
  const inner = cropped(image, left, top, width, height)
  const border = Math.ceil(Math.max(8, width / 5))
  const size = { width: width + 2 * border, height: height + 2 * border }
  const pixels = new Uint8Array(size.width * size.height).fill(light ? 255 : 0)
  for (let y = 0; y < height; y++) {
    pixels.set(inner.pixels.subarray(y * width, (y + 1) * width), (y + border) * size.width + border)
  }
  return { pixels, ...size }
}

/** Stretches of one brightness in one row, and to which stretch above each of them is joined. */
interface Runs {
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly rows: Int32Array
  readonly parents: Int32Array
  readonly light: Uint8Array
  count: number
}

/** Pixels of one brightness that hang together, across corners too. None where the picture is in too many pieces. */
function islands(image: GreyImage): readonly Island[] {
  const runs = runsOf(image)
  return runs === null ? [] : joined(runs)
}

function runsOf({ pixels, width, height }: GreyImage): Runs | null {
  const middle = middleOf(pixels)
  // What is not used of so much room is never touched, and costs nothing.
  const space = Math.min(MOST_RUNS, pixels.length)
  const numbers = (): Int32Array => new Int32Array(space)
  const light = new Uint8Array(space)
  const runs = { starts: numbers(), ends: numbers(), rows: numbers(), parents: numbers(), light, count: 0 }
  for (let y = 0, above = 0; y < height; y++) {
    const first = runs.count
    if (first + width > space && first + changesIn(pixels, y * width, width, middle) >= space) return null
    addRow(runs, pixels, y, width, middle)
    joinRows(runs, above, first)
    above = first
  }
  return runs
}

function middleOf(pixels: Uint8Array): number {
  let least = 255
  let most = 0
  for (let at = 0; at < pixels.length; at++) {
    const light = pixels[at] ?? 0
    if (light < least) least = light
    if (light > most) most = light
  }
  return (least + most + 1) >> 1
}

/** How often the brightness changes in a row. */
function changesIn(pixels: Uint8Array, from: number, width: number, middle: number): number {
  let changes = 0
  for (let at = from + 1; at < from + width; at++) {
    if ((pixels[at] ?? 0) >= middle !== (pixels[at - 1] ?? 0) >= middle) changes++
  }
  return changes
}

function addRow(runs: Runs, pixels: Uint8Array, y: number, width: number, middle: number): void {
  const { starts, ends, rows, parents, light } = runs
  const from = y * width
  const until = from + width
  let run = runs.count
  for (let start = from; start < until; run++) {
    const isLight = (pixels[start] ?? 0) >= middle
    let end = start + 1
    if (isLight) while (end < until && (pixels[end] ?? 0) >= middle) end++
    else while (end < until && (pixels[end] ?? 0) < middle) end++
    starts[run] = start - from
    ends[run] = end - from
    rows[run] = y
    parents[run] = run
    light[run] = isLight ? 1 : 0
    start = end
  }
  runs.count = run
}

/** Joins each run of the last row with those of its brightness that touch it in the row above. */
function joinRows({ starts, ends, light, parents, count }: Runs, above: number, first: number): void {
  for (let run = first, over = above; run < count; run++) {
    const [start, end] = [starts[run] ?? 0, ends[run] ?? 0]
    while (over < first && (ends[over] ?? 0) < start) over++
    for (let one = over; one < first && (starts[one] ?? 0) <= end; one++) {
      if (light[one] === light[run]) join(parents, one, run)
    }
  }
}

function join(parents: Int32Array, one: number, other: number): void {
  const [a, b] = [rootOf(parents, one), rootOf(parents, other)]
  if (a !== b) parents[Math.max(a, b)] = Math.min(a, b)
}

function rootOf(parents: Int32Array, run: number): number {
  let at = run
  for (let parent = parents[at] ?? at; parent !== at; parent = parents[at] ?? at) {
    // Halving the way makes the next walk shorter.
    parents[at] = parents[parent] ?? parent
    at = parent
  }
  return at
}

/** The box and the number of pixels of each set of runs that may be large enough. A root is always the first of its set. */
function joined({ starts, ends, rows, parents, light, count }: Runs): readonly Island[] {
  const lefts = starts.slice(0, count)
  const rights = ends.slice(0, count)
  const bottoms = rows.slice(0, count)
  const pixels = new Int32Array(count)
  for (let run = 0; run < count; run++) {
    const root = rootOf(parents, run)
    const [start, end] = [starts[run] ?? 0, ends[run] ?? 0]
    lefts[root] = Math.min(lefts[root] ?? 0, start)
    rights[root] = Math.max(rights[root] ?? 0, end)
    bottoms[root] = rows[run] ?? 0
    pixels[root] = (pixels[root] ?? 0) + end - start
  }
  const found: Island[] = []
  for (let root = 0; root < count; root++) {
    if (parents[root] !== root) continue
    const [left, top] = [lefts[root] ?? 0, rows[root] ?? 0]
    const [width, height] = [(rights[root] ?? 0) - left, (bottoms[root] ?? 0) - top + 1]
    if (Math.min(width, height) < LEAST_SIDE / 2) continue
    found.push({ left, top, width, height, light: light[root] === 1, count: pixels[root] ?? 0 })
  }
  return found
}
