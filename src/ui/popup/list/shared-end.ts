import { computed } from '@preact/signals'
import { drawn } from '../../list-state'
import { codes, now } from '../../state'

interface End {
  readonly until: number
  readonly periodMs: number
}

/**
 * When most of the codes shown end, and how long they live: what the one countdown shows. Null without any. It goes on
 * while none of the rows has its code yet.
 */
export const sharedEnd = computed<End | null>(() => {
  const end = mostFrequentEnd() ?? (areCodesAwaited() ? last : null)
  // The same one again, so that whoever shows it is not drawn anew because the rows are others.
  if (end?.until !== last?.until || end?.periodMs !== last?.periodMs) last = end
  return last
})

let last: End | null = null

function areCodesAwaited(): boolean {
  const rows = drawn.value
  return rows.length > 0 && !rows.some(({ id }) => codes.value.has(id)) && (last?.until ?? 0) > now.value
}

function mostFrequentEnd(): End | null {
  const votes = new Map<string, End & { count: number }>()
  for (const entry of drawn.value) {
    const until = codes.value.get(entry.id)?.validUntil
    if (!until) continue
    const periodMs = entry.periodSeconds * 1_000
    const key = `${until}/${periodMs}`
    votes.set(key, { until, periodMs, count: (votes.get(key)?.count ?? 0) + 1 })
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0] ?? null
}
