import { computed, signal } from '@preact/signals'
import { type Searchable, fit, queryWords, searchable } from '../core/search'
import type { EntryView } from '../rpc/account-calls'
import { allHere, firstTags, inUse, looking, page, trashed } from './state'

/** Rows drawn before the list has been measured. */
export const FIRST_ROWS: RowWindow = { from: 0, to: 12 }

/** Which of the rows are drawn: those on the screen and some around them. */
export interface RowWindow {
  from: number
  to: number
}

export const search = signal('')
/** The tag whose accounts alone are listed. */
export const tagFilter = signal<string | null>(null)
/** The accounts ticked, by id; null while nothing is being selected. */
export const selection = signal<ReadonlySet<string> | null>(null)
/** The account that was opened from its row by keyboard: the focus goes back there. */
export const leftRow = signal<string | null>(null)
/** Whether the sheet of keys lies over the list. */
export const shortcutsShown = signal(false)
export const rowWindow = signal<RowWindow>(FIRST_ROWS)
/** Whether the rows go by too fast to be read. */
export const flying = signal(false)
/** Whether the user asked for the codes that come next. */
export const nextShown = signal(false)
/** An order that is on the screen and not stored yet. */
export const pendingOrder = signal<readonly string[] | null>(null)
/** How names in Chinese are spoken, by name; empty until somebody searches for one. */
export const readings = signal<ReadonlyMap<string, string>>(new Map())

/** Those that belong to the page in front, best first. */
export const matching = computed(() => {
  const ids = page.value?.matches ?? []
  return ids.flatMap((id) => inUse.value.filter((entry) => entry.id === id))
})

/** Whether the page in front belongs to an account that is not here yet. */
export const isMatchUnseen = computed(() => !allHere.value && matching.value.length < (page.value?.matches.length ?? 0))

/** Every tag in use, in the order of the alphabet. */
export const tags = computed(() => {
  const unseen = allHere.value ? [] : firstTags.value
  const all = new Set([...unseen, ...inUse.value.flatMap((entry) => entry.tags)])
  return [...all].toSorted((a, b) => a.localeCompare(b))
})

/** Pinned first, else in the user's order. */
const inOrder = computed(() => [
  ...inUse.value.filter(({ pinned }) => pinned),
  ...inUse.value.filter(({ pinned }) => !pinned),
])

const isUnfiltered = computed(() => search.value.trim() === '' && tagFilter.value === null)

/** Whether all rows are there and stand as the user put them, so that they can be moved. */
export const isWholeList = computed(() => allHere.value && isUnfiltered.value)

/** Whether the site's own accounts stand on top; a search, a tag and a selection show plain rows instead. */
export const siteOnTop = computed(() => isUnfiltered.value && selection.value === null && matching.value.length > 0)

/** Whether a row may yet go to another account: not all are here that are looked through, or the page is not looked at yet. */
export const isUnsettled = computed(
  () => (!allHere.value && !isUnfiltered.value) || isMatchUnseen.value || (looking.value && siteOnTop.value),
)

/** The rows below: what the tag and the search leave over, best first. */
export const listed = computed(() => {
  const tag = tagFilter.value
  const tagged = tag === null ? inOrder.value : inOrder.value.filter((entry) => entry.tags.includes(tag))
  const words = queryWords(search.value)
  if (words.length > 0) return bestFirst(tagged, words)
  if (!siteOnTop.value) return tagged
  const onTop = new Set(matching.value)
  return tagged.filter((entry) => !onTop.has(entry))
})

/** Every account that has a row, in the order of the keys 1 to 9. */
export const inRows = computed(() => [...(siteOnTop.value ? matching.value : []), ...listed.value])

/** Every account that has a row now. */
export const drawn = computed(() => [
  ...(siteOnTop.value ? matching.value : []),
  ...listed.value.slice(rowWindow.value.from, rowWindow.value.to),
])

/** Made once, when somebody searches: ten thousand accounts are looked through with each letter. */
const index = computed(() => new Map(inUse.value.map((entry) => [entry, textsOf(entry)] as const)))

/** Has the lists made of the accounts made anew, since what nobody looks at keeps what it held last (MEM-1). */
export function forgetLists(): void {
  for (const made of [inUse, trashed, matching, tags, inOrder, listed, inRows, drawn, index]) made.peek()
}

function textsOf({ issuer, label, tags: own, note }: EntryView): readonly Searchable[] {
  const spoken = [issuer, label].flatMap((name) => readings.value.get(name) ?? [])
  return [issuer, label, ...own, note, ...spoken].filter(Boolean).map(searchable)
}

function bestFirst(entries: readonly EntryView[], words: readonly string[]): readonly EntryView[] {
  const fits = new Map(entries.map((entry) => [entry, fit(words, index.value.get(entry) ?? [])] as const))
  const found = entries.filter((entry) => (fits.get(entry) ?? 0) > 0)
  return found.toSorted((a, b) => (fits.get(b) ?? 0) - (fits.get(a) ?? 0))
}
