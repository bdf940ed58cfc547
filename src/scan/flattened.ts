import { cornersOf, guessedCorners, type Corners } from './corners'
import { boxBlur, localMean } from './filters'
import type { GreyImage } from './grey'
import { agreement, darkness, SOFT, STIFF, surfaceOf, type Lattice, type Spend } from './lattice'
import { layoutOf } from './layout'
import { cornerMarks, type Mark } from './marks'
import { sheetAround, type Sheet } from './sheet'
import type { Surface } from './surface'

/** After so many triples in a row that are none of a code, or hardly, the rest are not tried; nor so many of one corner. */
const MOST_FAILED = { inRow: 12, ofCorner: 2 }
/** Places of a code that may be looked at in all, and pixels of a sheet that take as long as one of them. */
const MOST_WORK = { places: 10_000, pixelsOfPlace: 1_000 }
/** Where so large a share of what is known agrees, it is a code, and its marks are no other's; where more, it is followed well. */
const AGREED = { code: 0.8, well: 0.92 }
/** What differs less from its surroundings, of 255, is noise. */
const NOISE = 5
/** A code drawn anew: the side of its modules in pixels, and its quiet zone in modules. */
const DRAWN = { module: 3, quiet: 4 }

/**
 * Codes on bent, creased or leaning sheets, each drawn anew as a flat one. They are found by their corner marks; from
 * there the sheet is followed from module to module, and what is the same in all codes is drawn as it should be: also a
 * mark that cannot be seen. However many marks there are, it ends where `spend` allows no more.
 */
export function* flattened(image: GreyImage, spend: Spend): Generator<GreyImage> {
  const marks = cornerMarks(localMean(boxBlur(image, 1), 12, NOISE))
  const used = new Set<Mark>()
  yield* drawnFrom(image, cornersOf(marks), used, spend)
  const left = marks.filter((mark) => !used.has(mark))
  yield* drawnFrom(image, guessedCorners(left), used, spend)
}

/** Allows as much work as takes about half a second, counted so that no machine finds less, while it may go on. */
export function spending(mayGoOn: () => boolean): Spend {
  let left = MOST_WORK.places
  return (work) => (left -= work) >= 0 && mayGoOn()
}

function* drawnFrom(image: GreyImage, all: readonly Corners[], used: Set<Mark>, spend: Spend): Generator<GreyImage> {
  const failures = new Map<Mark, number>()
  let failed = 0
  for (const corners of all) {
    const three = [corners.corner, corners.right, corners.below]
    const before = failures.get(corners.corner) ?? 0
    if (before === MOST_FAILED.ofCorner || three.some((mark) => used.has(mark))) continue
    const sheet = sheetAround(image, corners)
    if (!spend((sheet.width * sheet.height) / MOST_WORK.pixelsOfPlace)) return
    const found = bestOf(sheet, sizesOf(corners), spend)
    if (found) yield drawn(found.lattice, found.surface)
    if (found && found.agreed > AGREED.code) {
      three.forEach((mark) => used.add(mark))
      failed = 0
      continue
    }
    failures.set(corners.corner, before + 1)
    if (++failed === MOST_FAILED.inRow) return
  }
}

/** The sizes that a code may have by the distances of its marks, the likeliest first. */
function sizesOf({ corner, right, below }: Corners): readonly number[] {
  const modules = (other: Corners['corner']): number =>
    Math.hypot(other.x - corner.x, other.y - corner.y) / ((corner.module + other.module) / 2)
  // Along rows and columns of the picture a turned module is longer than its side.
  const turn = Math.atan2(right.y - corner.y, right.x - corner.x)
  const longer = 1 / Math.max(Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn)))
  const guess = ((modules(right) + modules(below)) / 2) * longer + 7
  const nearest = Math.round((guess - 17) / 4) * 4 + 17
  const next = nearest > guess ? -4 : 4
  return [nearest, nearest + next, nearest - next].filter((size) => size >= 21 && size <= 177)
}

interface Found {
  readonly lattice: Lattice
  readonly surface: Surface
  readonly agreed: number
}

function bestOf(sheet: Sheet, sizes: readonly number[], spend: Spend): Found | null {
  let best: Found | null = null
  for (const size of sizes) {
    const lattice = { sheet, layout: layoutOf(size), size }
    for (const bends of [STIFF, SOFT]) {
      const surface = surfaceOf(lattice, bends, spend)
      // The light ring around a mark is there between codes, too.
      const agreed = surface ? agreement(lattice, surface, 2, size) : 0
      if (surface && agreed > (best?.agreed ?? 0)) best = { lattice, surface, agreed }
      if (agreed > AGREED.well) return best
    }
  }
  return best
}

function drawn(lattice: Lattice, surface: Surface): GreyImage {
  const { layout, size } = lattice
  const side = (size + 2 * DRAWN.quiet) * DRAWN.module
  const pixels = new Uint8Array(side * side).fill(255)
  layout.forEach((known, at) => {
    const [u, v] = [at % size, Math.floor(at / size)]
    if ((known || darkness(lattice, surface, u, v)) <= 0) return
    const [left, top] = [(u + DRAWN.quiet) * DRAWN.module, (v + DRAWN.quiet) * DRAWN.module]
    for (let y = top; y < top + DRAWN.module; y++) pixels.fill(0, y * side + left, y * side + left + DRAWN.module)
  })
  return { pixels, width: side, height: side }
}
