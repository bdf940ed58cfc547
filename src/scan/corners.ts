import type { Mark } from './marks'

/** Three marks as they stand in a code: one where the other two's sides meet, `right` and `below` as seen from there. */
export interface Corners {
  readonly corner: Mark
  readonly right: Mark
  readonly below: Mark
}

/** What comes after this many, enough for twelve codes, is chance. */
const MOST_MARKS = 36
/** Marks of neighbours stand as square as those of one code, but further apart. */
const FAR = 0.3
/** With one mark of three unseen, the other two are among so many. */
const MOST_LEFT = 3

/** The triples of marks that may belong to one code, the likeliest first. */
export function cornersOf(marks: readonly Mark[]): readonly Corners[] {
  const some = marks.slice(0, MOST_MARKS)
  const found: { corners: Corners; off: number }[] = []
  for (const corner of some) {
    for (const [at, one] of some.entries()) {
      for (const other of some.slice(at + 1)) {
        if (one === corner || other === corner) continue
        const off = oddness(corner, one, other)
        if (off !== null) found.push({ corners: ordered(corner, one, other), off })
      }
    }
  }
  return found.toSorted((one, other) => one.off - other.off).map(({ corners }) => corners)
}

/** Where the third mark may be of a code of which two are seen: beside either of them, on both sides, or across. */
export function guessedCorners(marks: readonly Mark[]): readonly Corners[] {
  const some = marks.slice(0, MOST_LEFT)
  return some.flatMap((other, at) => some.slice(0, at).flatMap((one) => guessedFrom(one, other)))
}

function guessedFrom(one: Mark, other: Mark): readonly Corners[] {
  if (one.dark !== other.dark) return []
  const module = (one.module + other.module) / 2
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const at = (x: number, y: number): Mark => ({ ...one, x, y, module })
  return [1, -1].flatMap((side) => {
    const [ox, oy] = [-dy * side, dx * side]
    return [
      ordered(one, other, at(one.x + ox, one.y + oy)),
      ordered(other, one, at(other.x + ox, other.y + oy)),
      ordered(at((one.x + other.x + ox) / 2, (one.y + other.y + oy) / 2), one, other),
    ]
  })
}

/** How little three marks look like those of one code; null where they cannot be. */
function oddness(corner: Mark, one: Mark, other: Mark): number | null {
  const modules = [corner.module, one.module, other.module]
  const sizes = Math.max(...modules) / Math.min(...modules)
  if (sizes > 2 || one.dark !== corner.dark || other.dark !== corner.dark) return null
  const [ax, ay, bx, by] = [one.x - corner.x, one.y - corner.y, other.x - corner.x, other.y - corner.y]
  const [a, b] = [Math.hypot(ax, ay), Math.hypot(bx, by)]
  const cosine = Math.abs((ax * bx + ay * by) / (a * b))
  const legs = Math.max(a, b) / Math.min(a, b)
  const modulesAcross = Math.min(a, b) / Math.max(...modules)
  if (cosine > 0.7 || legs > 2.2 || modulesAcross < 9) return null
  return (
    cosine +
    Math.log(legs) +
    Math.log(sizes) +
    FAR * Math.log(modulesAcross) -
    (corner.rows + one.rows + other.rows) / 1_000
  )
}

/** Right and below are told apart as if the code were not mirrored; decoders read both. */
function ordered(corner: Mark, one: Mark, other: Mark): Corners {
  const clockwise = (one.x - corner.x) * (other.y - corner.y) - (one.y - corner.y) * (other.x - corner.x) > 0
  return clockwise ? { corner, right: one, below: other } : { corner, right: other, below: one }
}
