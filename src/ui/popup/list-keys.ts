/**
 * Arrow keys go from row to row; `/` or any letter goes to the search, which then takes the letter; Escape empties the
 * search. Enter is the focused button's own.
 */
export function moveInList(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement
  const searchBox = list.querySelector<HTMLInputElement>('input[type="search"]')
  const target = event.target instanceof HTMLElement ? event.target : null
  if (event.defaultPrevented || target?.closest('[role="menu"]')) return
  const typing = target?.matches('input, textarea, select') === true
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    focusNeighbour(list, event.key === 'ArrowDown' ? 1 : -1, searchBox)
  } else if (!typing && isText(event)) {
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
