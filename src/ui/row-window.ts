import type { RowWindow } from './list-state'

/** Rows drawn beyond each edge, so that scrolling and arrow keys find some. */
const AROUND = 8

/** The window moves by this many rows, so that not every pixel draws anew. */
const STEP = 4

/** Where a list of equal rows stands in what scrolls it, in pixels. */
export interface Scrolled {
  /** How far its first row has gone up beyond the upper edge; negative while it is below. */
  gone: number
  /** The height of what can be seen. */
  height: number
  rowHeight: number
  total: number
}

/** The rows to draw: all that can be seen, some around them, and never many more. */
export function windowAt({ gone, height, rowHeight, total }: Scrolled): RowWindow {
  const first = Math.floor(gone / rowHeight) - AROUND
  const last = Math.ceil((gone + height) / rowHeight) + AROUND
  const from = Math.floor(within(first, total) / STEP) * STEP
  return { from, to: Math.min(total, Math.max(from, Math.ceil(within(last, total) / STEP) * STEP)) }
}

function within(row: number, total: number): number {
  return Math.min(Math.max(row, 0), total)
}
