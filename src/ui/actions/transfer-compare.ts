import { background } from '../../rpc/client'
import { codes, now } from '../state'
import { comparedEqual } from '../transfer-state'
import { load } from './attempt'

/** Reads the codes of accounts that are compared with the old app's, where none is known or it has ended. */
export async function loadComparedCodes(ids: readonly string[]): Promise<void> {
  const stale = ids.filter((id) => (codes.value.get(id)?.validUntil ?? 0) <= now.value)
  if (stale.length === 0) return
  await load('compare', async () => {
    const views = await background.codes(stale)
    codes.value = new Map([...codes.value, ...views.map((view) => [view.id, view] as const)])
  })
}

/** Ticks an account off, or takes that back. */
export function markEqual(id: string, equal: boolean): void {
  const next = new Set(comparedEqual.value)
  if (equal) next.add(id)
  else next.delete(id)
  comparedEqual.value = next
}
