/** Arrow keys go from row to row, `/` to the search, Escape empties it. Enter is the button's own. */
export function moveInList(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement
  const searchBox = list.querySelector<HTMLInputElement>('input[type="search"]')
  const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select')
  if (event.key === '/' && !typing) {
    event.preventDefault()
    searchBox?.focus()
  }
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (event.target instanceof HTMLElement && event.target.closest('[role="menu"]')) return
    event.preventDefault()
    focusNeighbour(list, event.key === 'ArrowDown' ? 1 : -1, searchBox)
  }
}

function focusNeighbour(list: HTMLElement, step: 1 | -1, searchBox: HTMLElement | null): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[role="listitem"]')]
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = at + step
  if (next < 0) searchBox?.focus()
  // The main button of a row: fill where there is one, else copy.
  else rows[Math.min(next, rows.length - 1)]?.querySelector<HTMLElement>('.fill, [data-copy], button')?.focus()
}
