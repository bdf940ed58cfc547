import type { ScrollRoom } from '../in-page'

/** A page that never ends is looked at this far. */
const MOST_VIEWS = 40

/** Views share this much with the next one, so that no code smaller than that is cut in two. */
const SHARED = 0.4

/** Where to scroll a page so that every code on it is whole in one of the views; from the top, row by row. */
export function viewsOfPage({ width, height, viewWidth, viewHeight }: ScrollRoom): readonly {
  readonly left: number
  readonly top: number
}[] {
  const across = stops(width, viewWidth)
  return stops(height, viewHeight)
    .flatMap((top) => across.map((left) => ({ left, top })))
    .slice(0, MOST_VIEWS)
}

/** What the page says is not to be relied on: nonsense gives one view. */
function stops(total: number, view: number): readonly number[] {
  if (!(total > view && view > 0 && total < Infinity)) return [0]
  const count = Math.min(MOST_VIEWS, 1 + Math.ceil((total - view) / (view * (1 - SHARED))))
  return Array.from({ length: count }, (_, index) =>
    Math.min(Math.round(total - view), Math.round(index * view * (1 - SHARED))),
  )
}
