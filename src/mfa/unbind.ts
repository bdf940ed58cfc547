import { isOutcomeOpen, standingIfKnown, standingOf, storeStanding } from './settle'
import { managed, toPhase, type BoundEntry, type FlowParts } from './store'

/**
 * `unbound`: the server said so, the entry may go to the trash. `not-in-force`: the same, but the server did not ask for its
 * codes anyway, so nothing was sent. `unknown`: it may still ask for codes; keep it.
 */
export type UnbindOutcome = { kind: 'unbound' } | { kind: 'not-in-force' } | { kind: 'unknown' }

/**
 * Has the server forget the binding of an entry; the secret stays where it is (BND-7). Throws what the api throws
 * where the server is known not to have done it, or cannot be asked whether it is about this entry; the entry is what it
 * was then. The server forgets whatever is bound, another entry's secret too, and what it said of this one may be long
 * ago: so it is asked first.
 *
 * ```
 * bound ─▶ unbinding ─┬─ ok ──────▶ unbound
 *   ▲                 ├─ refused ─▶ bound
 *   └─────────────────┴─ open ────▶ ask the list: bound, unbound, or unbinding still
 * ```
 */
export async function unbind(parts: FlowParts, entryId: string, token: string): Promise<UnbindOutcome> {
  const entry = managed(await parts.store.read(entryId))
  if (entry.binding.phase === 'unbound') return { kind: 'unbound' }
  if (await isInForce(parts, entry, token)) return send(parts, entryId, token)
  await parts.store.change(entryId, toPhase('unbound'))
  return { kind: entry.binding.phase === 'unbinding' ? 'unbound' : 'not-in-force' }
}

/** Whether the server would ask for codes of this secret. */
async function isInForce(parts: FlowParts, entry: BoundEntry, token: string): Promise<boolean> {
  return (await standingOf(entry, parts, { token })).kind === 'enabled'
}

async function send(parts: FlowParts, entryId: string, token: string): Promise<UnbindOutcome> {
  await parts.store.change(entryId, toPhase('unbinding'))
  try {
    await parts.api.unbindTotp({ token })
  } catch (error) {
    return afterFailure(parts, entryId, token, error)
  }
  await parts.store.change(entryId, toPhase('unbound'))
  return { kind: 'unbound' }
}

async function afterFailure(parts: FlowParts, entryId: string, token: string, error: unknown): Promise<UnbindOutcome> {
  if (!isOutcomeOpen(error)) {
    await parts.store.change(entryId, toPhase('bound'))
    throw error
  }
  const entry = managed(await parts.store.read(entryId))
  const standing = await standingIfKnown(entry, parts, { token })
  if (standing === null) return { kind: 'unknown' }
  if ((await storeStanding(parts, entry, standing)).binding.phase !== 'unbound') throw error
  return { kind: 'unbound' }
}
