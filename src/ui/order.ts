import type { EntryView } from '../rpc/account-calls'

/** The ids with `id` taken out and put right before or right behind `neighbour`. */
export function besides(ids: readonly string[], id: string, neighbour: string, side: 'before' | 'behind'): string[] {
  const others = ids.filter((one) => one !== id)
  const at = others.indexOf(neighbour)
  if (at < 0) return [...ids]
  return others.toSpliced(side === 'before' ? at : at + 1, 0, id)
}

/** The entries in this order; those it does not name follow behind in their old one. */
export function inOrderOf(entries: readonly EntryView[], order: readonly string[]): readonly EntryView[] {
  const places = new Map(order.map((id, place) => [id, place]))
  const placeOf = ({ id }: EntryView): number => places.get(id) ?? order.length
  return entries.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** The row at `place` if `entry` may go there, else the nearest where it may: pinned accounts stay above the others. */
export function nearestPlace(rows: readonly EntryView[], entry: EntryView, place: number): number {
  const first = rows.findIndex(({ pinned }) => pinned === entry.pinned)
  const last = rows.findLastIndex(({ pinned }) => pinned === entry.pinned)
  return Math.min(Math.max(place, first), last)
}
