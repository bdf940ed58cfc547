/** Where the modules of a code lie in a picture: a smooth surface, bent as paper is. Both sides run from -1 to 1. */
export interface Surface {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** A place on the code, where it was seen in the picture, and how sure that is. */
export interface Sighting {
  readonly s: number
  readonly t: number
  readonly x: number
  readonly y: number
  readonly weight: number
}

/** How much bends are disliked that no sighting asks for, as a share of all weight. */
const STIFFNESS = 3e-4

/** The surface through what was seen, by least squares, of the first `terms` bends. */
export function fitted(sightings: readonly Sighting[], terms: number): Surface {
  // Rows of the normal equations, each with its two right-hand sides behind it.
  const rows = Array.from({ length: terms }, () => new Float64Array(terms + 2))
  let all = 0
  for (const { s, t, x, y, weight } of sightings) {
    const values = powers(s, t, terms)
    all += weight
    for (let row = 0; row < terms; row++) {
      const into = rows[row] ?? values
      const share = weight * (values[row] ?? 0)
      for (let column = 0; column < terms; column++) into[column] = (into[column] ?? 0) + share * (values[column] ?? 0)
      into[terms] = (into[terms] ?? 0) + share * x
      into[terms + 1] = (into[terms + 1] ?? 0) + share * y
    }
  }
  rows.forEach((row, at) => {
    if (at > 2) row[at] = (row[at] ?? 0) + STIFFNESS * all
  })
  solve(rows, terms)
  return {
    x: Float64Array.from(rows, (row) => row[terms] ?? 0),
    y: Float64Array.from(rows, (row) => row[terms + 1] ?? 0),
  }
}

/** Where a place of the code lies in the picture. */
export function placeOn({ x, y }: Surface, s: number, t: number): readonly [x: number, y: number] {
  const values = powers(s, t, x.length)
  let [px, py] = [0, 0]
  for (let term = 0; term < values.length; term++) {
    px += (x[term] ?? 0) * (values[term] ?? 0)
    py += (y[term] ?? 0) * (values[term] ?? 0)
  }
  return [px, py]
}

function powers(s: number, t: number, terms: number): Float64Array {
  const [ss, tt] = [s * s, t * t]
  const all = [1, s, t, s * t, ss, tt, ss * t, s * tt, ss * s, tt * t, ss * tt, ss * s * t, s * tt * t]
  return Float64Array.from(all.slice(0, terms))
}

/** Gauss and Jordan's elimination; the equations are symmetric and stiffened, so that no row needs to be exchanged. */
function solve(rows: readonly Float64Array[], terms: number): void {
  for (let pivot = 0; pivot < terms; pivot++) {
    const own = rows[pivot] ?? new Float64Array()
    const scale = own[pivot] || 1e-12
    for (let column = 0; column < own.length; column++) own[column] = (own[column] ?? 0) / scale
    for (const row of rows) {
      const share = row[pivot] ?? 0
      if (row === own || share === 0) continue
      for (let column = 0; column < row.length; column++) {
        row[column] = (row[column] ?? 0) - share * (own[column] ?? 0)
      }
    }
  }
}
