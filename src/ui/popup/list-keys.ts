import { searchFor } from '../actions/navigation'
import { search } from '../state'

/**
 * The keys of the list, wherever on the page the focus is: arrows go from row to row; `/` or any letter goes to the
 * search, which then takes the letter; Escape empties the search, and without one is the browser's, which closes the
 * popup. Enter is the focused button's own. What lies over the list has its own keys.
 */
export function listKeys(list: HTMLElement, event: KeyboardEvent): void {
  const target = event.target instanceof HTMLElement ? event.target : null
  if (event.defaultPrevented || target?.closest('[role="menu"], dialog')) return
  const searchBox = list.querySelector<HTMLInputElement>('input[type="search"]')
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    focusNeighbour(list, event.key === 'ArrowDown' ? 1 : -1, searchBox)
  } else if (event.key === 'Escape' && search.value !== '') {
    event.preventDefault()
    searchFor('')
    searchBox?.focus()
  } else if (target !== searchBox && isText(event)) {
    // The key that only asks for the search is not part of it.
    if (event.key === '/') event.preventDefault()
    searchBox?.focus()
  }
}

/** Whether a key would type something. The space bar presses buttons. */
function isText({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey
}

function focusNeighbour(list: HTMLElement, step: 1 | -1, searchBox: HTMLElement | null): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[role="listitem"]')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = at + step
  if (next < 0) searchBox?.focus()
  // The main button of a row: fill where there is one, else copy.
  else rows[Math.min(next, rows.length - 1)]?.querySelector<HTMLElement>('.fill, [data-copy], button')?.focus()
}
