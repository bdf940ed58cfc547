import type { BindingPhase } from '../core/entry'
import { standingIn, storeStanding, type Standing } from './settle'
import { managed, type Asker, type BoundEntry, type FlowParts } from './store'
import type { Authenticator } from './wire'

/** An entry as the list left it. */
export interface ReconciledEntry {
  entry: BoundEntry
  /** What it was before the list was asked. */
  before: BindingPhase
  /** The server neither asks for its codes nor waits for one to confirm it. */
  notThere: boolean
}

/** What the server has of one user's second factors, and what became of the entries that belong to them. */
export interface Reconciled {
  listed: readonly Authenticator[]
  entries: readonly ReconciledEntry[]
}

/**
 * Asks the list call once and brings every entry named to the server's truth. Nothing is removed, and a bound entry stays
 * so where the server does not list it: what to do about that is the user's choice (BND-5). Throws as the list call does.
 */
export async function reconcile(parts: FlowParts, asker: Asker, entryIds: readonly string[]): Promise<Reconciled> {
  const listed = await parts.api.listAuthenticators(asker)
  const entries: ReconciledEntry[] = []
  for (const id of entryIds) entries.push(await reconcileOne(parts, id, listed))
  return { listed, entries }
}

async function reconcileOne(
  parts: FlowParts,
  entryId: string,
  listed: readonly Authenticator[],
): Promise<ReconciledEntry> {
  const stored = managed(await parts.store.read(entryId))
  const standing = standingIn(listed, stored)
  const entry = await storeStanding(parts, stored, standing)
  return { entry, before: stored.binding.phase, notThere: isNotThere(entry.binding.phase, standing) }
}

function isNotThere(phase: BindingPhase, { kind }: Standing): boolean {
  return kind !== 'enabled' && !(kind === 'pending' && phase === 'associated')
}
