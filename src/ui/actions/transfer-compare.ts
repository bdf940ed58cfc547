import { background } from '../../rpc/client'
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
  const others = [...comparedEqual()].filter((one) => one !== id)
  await keep({ equal: equal ? [...others, id] : others })
}

/** Asks no more about an import. */
export async function endComparison(importedAt: number): Promise<void> {
  await keep({ ended: [...(preferences.comparisons.shown.value?.ended ?? []), importedAt] })
}

/** Shown at once, since ticks follow each other fast; of what is no longer in use nothing is kept. */
async function keep(change: Partial<Comparisons>): Promise<void> {
  const all = { equal: [], ended: [], ...preferences.comparisons.shown.value, ...change }
  const equal = all.equal.filter((id) => inUse.value.some((entry) => entry.id === id))
  const ended = all.ended.filter((moment) => inUse.value.some(({ importedAt }) => importedAt === moment))
  preferences.comparisons.shown.value = { equal, ended }
  await load('compare', () => settings.comparisons.set({ equal, ended }))
}
