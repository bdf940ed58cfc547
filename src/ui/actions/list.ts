import type { ReadonlySignal } from '@preact/signals'
import {
  FIRST_ROWS,
  flying,
  isUnsettled,
  nextShown,
  type RowWindow,
  rowWindow,
  search,
  selection,
  tagFilter,
} from '../list-state'
import { allHere, locks, screen } from '../state'
import { learnReadings, loadCodes } from './accounts'
import { load } from './attempt'

/** Narrows the list to what fits `query`, also as it is spoken. */
export function searchFor(query: string): void {
  search.value = query
  toTheTop()
  learnReadings()
}

/** Narrows the list to the accounts with a tag; the same tag again, or null, shows all. */
export function filterBy(tag: string | null): void {
  tagFilter.value = tag === tagFilter.value ? null : tag
  toTheTop()
}

function toTheTop(): void {
  rowWindow.value = FIRST_ROWS
  stand()
}

/** Rows that are followed by others sooner than this fly past. */
const STILL_MS = 100

let standing: ReturnType<typeof setTimeout> | undefined

/** Draws these rows, and reads the codes of those that have none yet; of rows that fly past once they stand still. */
export function showRows(rows: RowWindow): void {
  const { from, to } = rowWindow.value
  if (rows.from === from && rows.to === to) return
  rowWindow.value = rows
  flying.value = standing !== undefined
  if (!flying.value) void load('codes', loadCodes)
  clearTimeout(standing)
  standing = setTimeout(stand, STILL_MS)
}

function stand(): void {
  clearTimeout(standing)
  standing = undefined
  flying.value = false
  void load('codes', loadCodes)
}

/** So long a key waits for the rows it is meant for. */
const WAIT_MS = 5_000

let waits = 0

/**
 * Waits until each row is whose it will be, with its code; false where that took too long, or where the user went on or
 * somebody locked meanwhile.
 */
export async function rowsSettle(): Promise<boolean> {
  const turn = (waits += 1)
  const asked = whatIsAsked()
  await until(isUnsettled, false, WAIT_MS)
  await load('codes', loadCodes)
  return turn === waits && !isUnsettled.peek() && whatIsAsked().every((part, place) => part === asked[place])
}

function whatIsAsked(): readonly unknown[] {
  return [search, tagFilter, screen, locks].map((part) => part.peek())
}

/** Waits until every account is here. */
export function allAreHere(): Promise<void> {
  return until(allHere, true)
}

/** Waits until something is, or is not, so; where `mostMs` is given, no longer than that. */
async function until(state: ReadonlySignal<boolean>, wanted: boolean, mostMs?: number): Promise<void> {
  const ends: (() => void)[] = []
  await new Promise<void>((resolve) => {
    const late = mostMs === undefined ? undefined : setTimeout(resolve, mostMs)
    const stop = state.subscribe((now) => now !== wanted || resolve())
    ends.push(() => clearTimeout(late), stop)
  })
  for (const end of ends) end()
}

/** Shows the codes that come next beside the current ones, or no longer. */
export function toggleNextCodes(): void {
  nextShown.value = !nextShown.value
}

/** Begins to select accounts, this one first. */
export function startSelecting(id?: string): void {
  selection.value = new Set(id === undefined ? [] : [id])
}

export function toggleSelected(id: string): void {
  const before = selection.value ?? new Set()
  selection.value = before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set(before).add(id)
}

export function stopSelecting(): void {
  selection.value = null
}
