/** The modules of a code that are the same in all codes of its size: 1 dark, -1 light, 0 for those that hold the text. */
export type Layout = Int8Array

/** The fixed modules of a code of `size` by `size`, row by row: corner marks, the dotted lines, the small marks between. */
export function layoutOf(size: number): Layout {
  const layout = new Int8Array(size * size)
  for (let at = 8; at < size - 8; at++) {
    layout[6 * size + at] = layout[at * size + 6] = at % 2 === 0 ? 1 : -1
  }
  const middles = smallMarks(size)
  const last = middles.at(-1) ?? 0
  for (const x of middles) {
    for (const y of middles) if (Math.min(x, y) > 6 || (x !== y && Math.max(x, y) < last)) ring(layout, size, x, y, 2)
  }
  for (const [x, y] of cornersOfCode(size)) ring(layout, size, x, y, 4)
  return layout
}

/** The middle modules of the three corner marks. */
export function cornersOfCode(size: number): readonly (readonly [x: number, y: number])[] {
  return [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ]
}

/** Rings around a middle: the mark's own, and for corner marks the light one around it. */
function ring(layout: Layout, size: number, middleX: number, middleY: number, reach: number): void {
  for (let y = middleY - reach; y <= middleY + reach; y++) {
    for (let x = middleX - reach; x <= middleX + reach; x++) {
      if (x < 0 || y < 0 || x >= size || y >= size) continue
      const away = Math.max(Math.abs(x - middleX), Math.abs(y - middleY))
      const light = reach === 2 ? away === 1 : away === 2 || away === 4
      layout[y * size + x] = light ? -1 : 1
    }
  }
}

/** Where the small marks' middles are, along both sides (ISO/IEC 18004, annex E). */
function smallMarks(size: number): readonly number[] {
  const version = (size - 17) / 4
  if (version < 2) return []
  const steps = Math.floor(version / 7) + 1
  const step = version === 32 ? 26 : Math.ceil((size - 13) / (2 * steps)) * 2
  return [6, ...Array.from({ length: steps }, (_, index) => size - 7 - (steps - 1 - index) * step)]
}

/** How many modules one lies away from the nearest corner mark; less than one within. */
export function fromMark(size: number, u: number, v: number): number {
  const [left, above] = [Math.abs(u - 3), Math.abs(v - 3)]
  const [right, below] = [Math.abs(u - size + 4), Math.abs(v - size + 4)]
  return Math.min(Math.max(left, above), Math.max(right, above), Math.max(left, below)) - 3
}
