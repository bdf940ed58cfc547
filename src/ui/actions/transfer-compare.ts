import { background } from '../../rpc/client'
import type { EntryView } from '../../rpc/account-calls'
import { type Comparisons, settings } from '../../settings'
import { codes, inUse, now } from '../state'
import { load } from './attempt'
import { preferences } from './preferences'

/** Reads the codes of accounts that are compared with the old app's, where none is known or it has ended. */
export async function loadComparedCodes(ids: readonly string[]): Promise<void> {
  const stale = ids.filter((id) => (codes.value.get(id)?.validUntil ?? 0) <= now.value)
  if (stale.length === 0) return
  await load('compare', async () => {
    const views = await background.codes(stale)
    codes.value = new Map([...codes.value, ...views.map((view) => [view.id, view] as const)])
  })
}

/** The accounts whose code the user found to be the old app's. */
export function comparedEqual(): ReadonlySet<string> {
  return new Set(preferences.comparisons.shown.value?.equal)
}

/** Whether the user has stopped comparing an import, which its moment names. */
export function isComparisonEnded(importedAt: number): boolean {
  return preferences.comparisons.shown.value?.ended.includes(importedAt) ?? false
}

/** Ticks an account off, or takes that back. It is remembered when the page closes. */
export async function markEqual(id: string, equal: boolean): Promise<void> {
  await keep((kept) => {
    const others = kept.equal.filter((one) => one !== id)
    return { ...kept, equal: equal ? [...others, id] : others }
  })
}

/** Asks no more about an import. */
export async function endComparison(importedAt: number): Promise<void> {
  await keep((kept) => ({ ...kept, ended: [...kept.ended, importedAt] }))
}

/**
 * Shown at once, since ticks follow each other fast. What is stored goes by what is stored: an event of an earlier write, or of
 * another page's, may have put back what is shown.
 */
async function keep(change: (kept: Comparisons) => Comparisons): Promise<void> {
  const { shown } = preferences.comparisons
  const entries = inUse.value
  const next = (kept: Comparisons) => onlyOf(entries, change(kept))
  shown.value = next(shown.value ?? NOTHING_COMPARED)
  await load('compare', () =>
    navigator.locks.request('latchkey-comparisons', async () => {
      await settings.comparisons.set(next(await settings.comparisons.get()))
    }),
  )
}

const NOTHING_COMPARED: Comparisons = { equal: [], ended: [] }

/** Of what is no longer in use nothing is kept. */
function onlyOf(entries: readonly EntryView[], { equal, ended }: Comparisons): Comparisons {
  return {
    equal: equal.filter((id) => entries.some((entry) => entry.id === id)),
    ended: ended.filter((moment) => entries.some(({ importedAt }) => importedAt === moment)),
  }
}
