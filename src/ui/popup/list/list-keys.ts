import { moveAccount, pinAccounts } from '../../actions/arranging'
import { copyCode } from '../../actions/clipboard'
import {
  allAreHere,
  filterBy,
  rowsSettle,
  searchFor,
  startSelecting,
  stopSelecting,
  toggleNextCodes,
  toggleSelected,
} from '../../actions/list'
import { fillCode } from '../../actions/page'
import {
  inRows,
  isUnsettled,
  isWholeList,
  matching,
  search,
  selection,
  shortcutsShown,
  tagFilter,
} from '../../list-state'
import { allHere, inUse, page } from '../../state'
import { editFromRow, focusMain, focusNeighbour, focusPage, focusPlace } from './row-focus'

/** Where a key was pressed. */
interface Pressed {
  list: HTMLElement
  event: KeyboardEvent
  searchBox: HTMLInputElement | null
  /** The account whose row has the focus. */
  id: string | null
}

/**
 * The keys of the list, wherever on the page the focus is; the sheet behind `?` names them. Whatever else would type
 * something goes to the search, which then takes it. What lies over the list has its own keys.
 */
export function listKeys(list: HTMLElement, event: KeyboardEvent): void {
  const target = event.target instanceof HTMLElement ? event.target : null
  if (event.defaultPrevented || target?.closest('[role="menu"], dialog')) return
  const searchBox = list.querySelector<HTMLInputElement>('input[type="search"]')
  const id = target?.closest<HTMLElement>('[data-id]')?.dataset['id'] ?? null
  const pressed: Pressed = { list, event, searchBox, id }
  const act = event.altKey ? withAlt(pressed) : event.ctrlKey || event.metaKey ? withCommand(pressed) : alone(pressed)
  if (act) {
    event.preventDefault()
    act()
  } else if (target !== searchBox && isText(event)) {
    searchBox?.focus()
  }
}

/** What a click on the account would do: fill where it can be filled, copy elsewhere, tick while selecting. */
function actOn(id: string): void {
  if (selection.value !== null) toggleSelected(id)
  else if (page.value?.hasCodeField && matching.value.some((entry) => entry.id === id)) void fillCode(id)
  else void copyCode(id)
}

type Act = (() => void) | null

function alone(pressed: Pressed): Act {
  const { list, event, searchBox } = pressed
  switch (event.key) {
    case 'ArrowDown':
      return () => focusNeighbour(list, 1, searchBox)
    case 'ArrowUp':
      return () => focusNeighbour(list, -1, searchBox)
    case 'PageDown':
      return () => focusPage(list, 1)
    case 'PageUp':
      return () => focusPage(list, -1)
    case 'Home':
      return isTyping(pressed) ? null : () => focusPlace(list, 0)
    case 'End':
      return isTyping(pressed) ? null : () => void focusLast(list)
    case 'Escape':
      return backOut(pressed)
    case '/':
      return isTyping(pressed) ? null : () => askToSearch(searchBox)
    case '?':
      return search.value === '' ? () => (shortcutsShown.value = true) : null
    case 'Enter':
      return event.target === searchBox ? actOnPlace(pressed, 0) : null
    default:
      return takesDigits(pressed) ? actOnPlace(pressed, digitOf(event) - 1) : null
  }
}

async function focusLast(list: HTMLElement): Promise<void> {
  if (!allHere.value) await allAreHere()
  focusPlace(list, inRows.value.length - 1)
}

/** Whether the key belongs to a text that stands in the search. */
function isTyping({ event, searchBox }: Pressed): boolean {
  return event.target === searchBox && searchBox?.value !== ''
}

function withAlt(pressed: Pressed): Act {
  const { list, event, id } = pressed
  const pinned = inUse.value.find((entry) => entry.id === id)?.pinned
  switch (event.code || event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      return id && isWholeList.value ? () => move(list, id, event.key === 'ArrowDown' ? 1 : -1) : null
    case 'KeyE':
      return id === null || selection.value !== null ? null : () => editFromRow(id)
    case 'KeyN':
      return toggleNextCodes
    case 'KeyP':
      return id && pinned !== undefined ? () => void pinAccounts([id], !pinned) : null
    case 'KeyS':
      return selection.value === null ? () => select(list, id) : () => stop(list, id)
    default:
      return actOnPlace(pressed, digitOf(event) - 1)
  }
}

/** Text that is marked is copied by the browser. */
function withCommand({ event, searchBox, id }: Pressed): Act {
  if (event.key.toLowerCase() !== 'c' || event.shiftKey || event.repeat) return null
  const marked = searchBox !== null && searchBox.selectionStart !== searchBox.selectionEnd
  if (marked || !(document.getSelection()?.isCollapsed ?? true)) return null
  if (id === null && isUnsettled.value) return () => void withPlace(0, copyCode)
  const wanted = id ?? inRows.value[0]?.id
  return wanted === undefined ? null : () => void copyCode(wanted)
}

/** A key that is held since before does nothing (FIL-8). */
function actOnPlace({ event }: Pressed, place: number): Act {
  const isAsked = place > 0 || (place === 0 && (event.key !== 'Enter' || search.value.trim() !== ''))
  if (event.repeat || !isAsked) return null
  const entry = inRows.value[place]
  if (isUnsettled.value && (entry || !allHere.value)) return () => void withPlace(place, actOn)
  return entry ? () => actOn(entry.id) : null
}

/** Until then another account may stand there. */
async function withPlace(place: number, act: (id: string) => unknown): Promise<void> {
  const entry = (await rowsSettle()) ? inRows.value[place] : undefined
  if (entry) act(entry.id)
}

/** A digit is meant for the rows until somebody asks for the search. */
function takesDigits({ event, searchBox }: Pressed): boolean {
  const asked = event.target === searchBox && searchBox?.dataset['asked'] !== undefined
  return digitOf(event) > 0 && search.value === '' && !asked
}

function digitOf({ code, key }: KeyboardEvent): number {
  return Number(/^(?:Digit|Numpad)?([1-9])$/.exec(code || key)?.[1] ?? 0)
}

function backOut({ list, searchBox, id }: Pressed): Act {
  if (selection.value !== null) return () => stop(list, id)
  if (search.value === '' && tagFilter.value === null) return null
  return () => {
    if (search.value === '') filterBy(null)
    else searchFor('')
    searchBox?.focus()
  }
}

function askToSearch(searchBox: HTMLInputElement | null): void {
  searchBox?.focus()
  if (searchBox) searchBox.dataset['asked'] = ''
}

/** Whether a key would type something. The space bar presses buttons. */
function isText({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey
}

function select(list: HTMLElement, id: string | null): void {
  startSelecting(id ?? undefined)
  keepFocus(list, id)
}

function stop(list: HTMLElement, id: string | null): void {
  stopSelecting()
  keepFocus(list, id)
}

function move(list: HTMLElement, id: string, step: 1 | -1): void {
  moveAccount(id, step)
  keepFocus(list, id)
}

/** The row keeps the focus on its way, and where the button that had it is there no more. */
function keepFocus(list: HTMLElement, id: string | null): void {
  if (id === null) return
  requestAnimationFrame(() => {
    const row = list.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)
    if (row && !row.contains(document.activeElement)) focusMain(row)
  })
}
