import { cornersOfCode, fromMark, type Layout } from './layout'
import { contrastAt, type Sheet } from './sheet'
import { fitted, placeOn, type Sighting, type Surface } from './surface'

/** The modules of a code, of which some are known in advance, on a sheet. */
export interface Lattice {
  readonly sheet: Sheet
  readonly layout: Layout
  /** Modules along each side. */
  readonly size: number
}

/** Whether so much more work may be done. */
export type Spend = (work: number) => boolean

/** Of the modules known in advance so large a share, less those that are otherwise, must be as they should be. */
const LEAST = { inMarks: 0.5, beyond: 0.45 }
/** How many bends a surface may have: near the marks, up to the middle, further on, and when all has been seen. */
export interface Bends {
  readonly near: number
  readonly half: number
  readonly far: number
  readonly all: number
}

/** A stiff sheet is followed through glare and dirt, where a soft one is led astray, and cannot follow a tight roll. */
export const STIFF: Bends = { near: 6, half: 8, far: 10, all: 13 }
export const SOFT: Bends = { near: 10, half: 10, far: 13, all: 13 }

/**
 * The surface that the code lies on, followed outwards from its three corner marks. Null where the modules known in
 * advance are not there, or where `spend`, told how many places were looked at, allows no more.
 */
export function surfaceOf(lattice: Lattice, { near, half, far, all }: Bends, spend: Spend): Surface | null {
  const { size } = lattice
  let surface = fitted(middles(lattice), 3)
  for (const range of [1, 0.7, 0.5]) surface = fitted(sightings(lattice, surface, -3, 0, range), near)
  if (agreement(lattice, surface, -3, 0) < LEAST.inMarks) return null
  const step = Math.max(2, Math.ceil(size / 18))
  let inner: readonly Sighting[] = []
  for (let reach = step; reach < size - 7; reach += step) {
    // What lies further back than two steps is settled.
    const settled = reach - 2 * step
    const before = inner.length
    inner = [...inner, ...sightings(lattice, surface, settled - step, settled, RANGE)]
    const bends = reach < size / 4 ? near : reach < size / 2 ? half : far
    const outer = sightings(lattice, surface, settled, reach, RANGE)
    surface = fitted([...inner, ...outer], bends)
    if (!spend(outer.length + inner.length - before)) return null
    if (reach <= 3 * step && agreement(lattice, surface, 1, reach) < LEAST.beyond) return null
  }
  for (const range of [0.6, 0.4]) surface = fitted(sightings(lattice, surface, -3, size, range), all)
  return agreement(lattice, surface, 1, size) < LEAST.beyond ? null : surface
}

/** How dark the middle of a module is: above zero where it is dark. */
export function darkness({ sheet, size }: Lattice, surface: Surface, u: number, v: number): number {
  let sum = 0
  for (const dv of [-0.25, 0, 0.25]) {
    for (const du of [-0.25, 0, 0.25]) {
      const [x, y] = placeOn(surface, share(u + du, size), share(v + dv, size))
      sum += contrastAt(sheet, x, y)
    }
  }
  return sum
}

/** From here to there from a corner mark, how many more of the known modules are as they should be than are not, as a share. */
export function agreement(lattice: Lattice, surface: Surface, from: number, to: number): number {
  const { layout, size } = lattice
  let sum = 0
  let count = 0
  layout.forEach((known, at) => {
    const [u, v] = [at % size, Math.floor(at / size)]
    const away = fromMark(size, u, v)
    if (known === 0 || away < from || away > to) return
    sum += known * Math.sign(darkness(lattice, surface, u, v))
    count++
  })
  return sum / count
}

function middles({ sheet, size }: Lattice): readonly Sighting[] {
  const { corner, right, below } = sheet.corners
  return [corner, right, below].map(({ x, y }, at) => {
    const [u, v] = cornersOfCode(size)[at] ?? [0, 0]
    return { s: share(u, size), t: share(v, size), x, y, weight: 1 }
  })
}

/** Where the middle of a module lies between the sides of its code, from -1 to 1. */
function share(module: number, size: number): number {
  return (2 * module + 1) / size - 1
}

/** In modules: how far away from where it should be something is looked for. */
const RANGE = 0.4
/** How many places to either side are tried, in each direction. */
const TRIES = 2
/** Every so many modules are looked for, in large codes so many along a side, each with so many around it to either side. */
const EVERY = 3
const ALONG = 24
const AROUND = 3
const NEARER = 0.0005
/** A module known in advance says more than one that may be either. */
const KNOWN = 1.5

/** Where groups of modules seem to lie whose middle is more than `from` and at most `to` modules away from a corner mark. */
function sightings(lattice: Lattice, surface: Surface, from: number, to: number, range: number): readonly Sighting[] {
  const { size } = lattice
  const seen: Sighting[] = []
  const every = Math.max(EVERY, Math.round(size / ALONG))
  for (let v = 0; v < size; v += every) {
    for (let u = 0; u < size; u += every) {
      const away = fromMark(size, u, v)
      if (away > from && away <= to) seen.push(sighting(lattice, surface, u, v, range))
    }
  }
  return seen
}

/** A place in the picture, and the ways from there to the next module on the right and below. */
interface Spot {
  readonly x: number
  readonly y: number
  readonly right: readonly [x: number, y: number]
  readonly below: readonly [x: number, y: number]
}

/** Of the places around the one expected, that where the modules are clearest; the surer, the less clear they are elsewhere. */
function sighting(lattice: Lattice, surface: Surface, u: number, v: number, range: number): Sighting {
  const [s, t] = [share(u, lattice.size), share(v, lattice.size)]
  const expected = spotAt(surface, s, t, 2 / lattice.size)
  let best = { clear: -Infinity, ...expected }
  let all = 0
  for (let b = -TRIES; b <= TRIES; b++) {
    for (let a = -TRIES; a <= TRIES; a++) {
      const spot = moved(expected, (a * range) / TRIES, (b * range) / TRIES)
      const clear = clarity(lattice, u, v, spot)
      all += clear
      // Of places as clear, as there are in hard edges, the nearest counts.
      if (clear - NEARER * (a * a + b * b) > best.clear) best = { clear: clear - NEARER * (a * a + b * b), ...spot }
    }
  }
  const above = best.clear - all / (2 * TRIES + 1) ** 2
  return { s, t, x: best.x, y: best.y, weight: above * above }
}

function spotAt(surface: Surface, s: number, t: number, module: number): Spot {
  const [x, y] = placeOn(surface, s, t)
  const [rightX, rightY] = placeOn(surface, s + module, t)
  const [belowX, belowY] = placeOn(surface, s, t + module)
  return { x, y, right: [rightX - x, rightY - y], below: [belowX - x, belowY - y] }
}

function moved({ x, y, right, below }: Spot, modulesRight: number, modulesDown: number): Spot {
  return {
    x: x + modulesRight * right[0] + modulesDown * below[0],
    y: y + modulesRight * right[1] + modulesDown * below[1],
    right,
    below,
  }
}

/** How clearly the modules around one are dark or light, or what they are known to be, if it lies at a place. */
function clarity({ sheet, layout, size }: Lattice, u: number, v: number, { x, y, right, below }: Spot): number {
  let sum = 0
  let count = 0
  for (let row = Math.max(0, v - AROUND); row <= Math.min(size - 1, v + AROUND); row++) {
    for (let column = Math.max(0, u - AROUND); column <= Math.min(size - 1, u + AROUND); column++) {
      const [du, dv] = [column - u, row - v]
      const seen = contrastAt(sheet, x + du * right[0] + dv * below[0], y + du * right[1] + dv * below[1])
      const known = layout[row * size + column] ?? 0
      sum += known === 0 ? Math.abs(seen) : KNOWN * known * seen
      count++
    }
  }
  return sum / count
}
