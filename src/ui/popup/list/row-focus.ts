import { openEdit } from '../../actions/navigation'
import { inRows, leftRow } from '../../list-state'

/** How many frames a row may take to be drawn after the list was scrolled to it. */
const FRAMES = 10
/** Rows that a page of the list has where that cannot be measured. */
const PAGE_ROWS = 8
/** What a row may have as its main button, first choice first. */
const MAIN = ['.fill', 'input[type="checkbox"]', '[data-copy]', 'button:not(.quiet)', 'button']

/** Moves the focus to the row beside the one that has it; from the first row up to the search. */
export function focusNeighbour(list: HTMLElement, step: 1 | -1, searchBox: HTMLElement | null): void {
  const rows = rowsOf(list)
  const next = rows.findIndex((row) => row.contains(document.activeElement)) + step
  if (next < 0) searchBox?.focus()
  else focusMain(rows[Math.min(next, rows.length - 1)])
}

/** Moves the focus up or down by as many rows as can be seen at once. */
export function focusPage(list: HTMLElement, direction: 1 | -1): void {
  const row = list.querySelector<HTMLElement>('.row')?.offsetHeight
  const seen = row ? Math.floor((list.querySelector('main')?.clientHeight ?? 0) / row) - 1 : 0
  focusPlace(list, placeInFocus(list) + direction * Math.max(seen, row ? 1 : PAGE_ROWS))
}

/** Brings the row at `place`, or the one nearest to it, into sight and moves the focus there as soon as it is drawn. */
export function focusPlace(list: HTMLElement, place: number): void {
  const wanted = Math.max(0, Math.min(place, inRows.value.length - 1))
  if (!rowAt(list, wanted)) scrollTowards(list, wanted)
  focusWhenDrawn(list, wanted, FRAMES)
}

/** Opens an account from its row, to which the focus comes back with the list. */
export function editFromRow(id: string): void {
  leftRow.value = id
  openEdit(id)
}

/** Moves the focus to the row that was left for its account, if it is still there. */
export function focusLeftRow(list: HTMLElement): void {
  const place = inRows.value.findIndex(({ id }) => id === leftRow.value)
  leftRow.value = null
  if (place >= 0) focusPlace(list, place)
}

/** The main button of a row: fill where there is one, else copy; the box while selecting. */
export function focusMain(row: HTMLElement | undefined): void {
  const mains = MAIN.map((selector) => row?.querySelector<HTMLElement>(selector))
  mains.find(Boolean)?.focus()
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role="listitem"]')]
}

/** Cards of the site in front stand above the rows and have no number: they are always drawn. */
function placeOf(list: HTMLElement, row: HTMLElement): number {
  return Number(row.ariaPosInSet ?? row.getAttribute('aria-posinset') ?? rowsOf(list).indexOf(row) + 1) - 1
}

/** -1 while the focus is on no row. */
function placeInFocus(list: HTMLElement): number {
  const row = rowsOf(list).find((one) => one.contains(document.activeElement))
  return row ? placeOf(list, row) : -1
}

function rowAt(list: HTMLElement, place: number): HTMLElement | undefined {
  return rowsOf(list).find((row) => placeOf(list, row) === place)
}

/** Any row that is drawn tells where the others would be. */
function scrollTowards(list: HTMLElement, place: number): void {
  const [scroller, row] = [list.querySelector('main'), list.querySelector<HTMLElement>('.row')]
  if (!scroller || !row) return
  const top = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  const wanted = top + (place - placeOf(list, row)) * row.offsetHeight
  scroller.scrollTop += wanted - (scroller.clientHeight - row.offsetHeight) / 2
}

function focusWhenDrawn(list: HTMLElement, place: number, frames: number): void {
  const row = rowAt(list, place)
  if (row) focusMain(row)
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(list, place, frames - 1))
}
