import { computed } from '@preact/signals'
import { drawn } from '../../list-state'
import { codes } from '../../state'

/** When most of the codes shown end, and how long they live: what the one countdown shows. Null without any. */
export const sharedEnd = computed(() => {
  const votes = new Map<string, { until: number; periodMs: number; count: number }>()
  for (const entry of drawn.value) {
    const until = codes.value.get(entry.id)?.validUntil
    if (!until) continue
    const periodMs = entry.periodSeconds * 1_000
    const key = `${until}/${periodMs}`
    votes.set(key, { until, periodMs, count: (votes.get(key)?.count ?? 0) + 1 })
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0] ?? null
})
