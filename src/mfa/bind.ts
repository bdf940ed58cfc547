import { equalBytes } from '../core/bytes'
import type { Binding, Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { claimCode } from './claim-code'
import { keyOf } from './key'
import { isOutcomeOpen, settle, standingIfKnown, storeStanding } from './settle'
import { managed, toPhase, type Asker, type BoundEntry, type FlowParts } from './store'
import type { User } from './wire'

/** With a clock further off than this, a binding is not confirmed (OTP-2). */
const LARGEST_SKEW_SECONDS = 30

/** What to bind, and how to call it where the server's own address says nothing. */
export interface BindRequest extends Asker {
  serverId: string
  account: string
  userId: string
  issuer: string
  sites: readonly string[]
}

/**
 * What came of a code sent to confirm a binding. `bound` carries the user where the server ends a login with it;
 * `waiting`: ask again at `until`, nothing was sent; `unknown`: the server may have taken it and cannot be asked.
 */
export type ConfirmOutcome =
  | { kind: 'bound'; entryId: string; recoveryCode: string; user?: User }
  | { kind: 'code-rejected' }
  | { kind: 'waiting'; until: number }
  | { kind: 'unknown' }

/**
 * Has the server make a secret and stores it with its recovery code, as a new entry even where another waits already
 * (BND-5). Nothing is in force until {@link confirm}. Throws `mfa/…`, `network/…`, `vault/…`.
 */
export async function bind({ api, store }: FlowParts, request: BindRequest): Promise<BoundEntry> {
  const association = await api.associateTotp(request)
  const { serverId, account, userId, sites } = request
  const binding: Binding = { serverId, account, userId, phase: 'associated' }
  const { recoveryCode } = association
  const wanted = { ...keyOf(association, request), sites, recoveryCode, binding }
  const stored = await store.add(wanted)
  if (!equalBytes(stored.secret, wanted.secret) || stored.recoveryCode !== recoveryCode) {
    throw new AppError('vault/storage-failed')
  }
  return managed(stored)
}

/**
 * Sends the code of the stored entry, so that the binding comes into force. `skewMs` is how far the server's clock is
 * ahead of ours. Throws `mfa/clock-wrong`, and what the api throws where the server is known not to have bound.
 *
 * ```
 * associated ─▶ confirming ─┬─ ok ─────────▶ bound
 *     ▲                     ├─ wrong code ─▶ associated
 *     │                     └─ open ───────▶ ask the list: bound, associated, or confirming still
 * ```
 */
export async function confirm(
  parts: FlowParts,
  entryId: string,
  asker: Asker,
  skewMs: number,
): Promise<ConfirmOutcome> {
  const entry = managed(await parts.store.read(entryId))
  if (entry.binding.phase === 'bound') return bound(entry)
  if (entry.binding.phase === 'confirming') return confirmAgain(parts, entry, asker, skewMs)
  if (entry.binding.phase !== 'associated') throw new AppError('mfa/refused')
  return sendCode(parts, entry, asker, skewMs)
}

/** An earlier code may have been taken: ask before another one is sent (BND-4). */
async function confirmAgain(
  parts: FlowParts,
  entry: BoundEntry,
  asker: Asker,
  skewMs: number,
): Promise<ConfirmOutcome> {
  const settled = await settle(parts, entry.id, asker)
  if (settled.binding.phase === 'bound') return bound(settled)
  return settled.binding.phase === 'associated' ? sendCode(parts, settled, asker, skewMs) : { kind: 'unknown' }
}

async function sendCode(parts: FlowParts, entry: BoundEntry, asker: Asker, skewMs: number): Promise<ConfirmOutcome> {
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  if (seconds > LARGEST_SKEW_SECONDS) throw new AppError('mfa/clock-wrong', { seconds })
  const claim = await claimCode(parts.store, entry.id, parts.now(), toPhase('confirming'))
  if (claim.kind === 'waiting') return claim
  let user: User | undefined
  try {
    ;({ user } = await parts.api.confirmTotp({ ...asker, totp: claim.code }))
  } catch (error) {
    return afterFailure(parts, entry, asker, error)
  }
  return { ...bound(await parts.store.change(entry.id, toPhase('bound'))), ...(user ? { user } : {}) }
}

/**
 * No refusal alone says that nothing happened: where a connection breaks, browsers send the request again by themselves,
 * and a code that was taken the first time is refused the second. So the list is asked after every failure (BND-4).
 * `before` is the entry as it was when the code was asked for.
 */
async function afterFailure(
  parts: FlowParts,
  before: BoundEntry,
  asker: Asker,
  error: unknown,
): Promise<ConfirmOutcome> {
  // The server asked for silence; the next wish to confirm begins by asking (BND-11).
  if (error instanceof AppError && error.code === 'mfa/rate-limited') throw error
  const standing = await standingIfKnown(before, parts, asker)
  if (standing?.kind === 'enabled') {
    return bound(await storeStanding(parts, managed(await parts.store.read(before.id)), standing))
  }
  const rejected = error instanceof AppError && error.code === 'mfa/code-rejected'
  const open = isOutcomeOpen(error)
  if (open && standing?.kind === 'superseded') return { kind: 'unknown' }
  if (standing) await parts.store.change(before.id, toPhase('associated'))
  if (rejected && standing) return { kind: 'code-rejected' }
  if (standing === null && (open || rejected)) return { kind: 'unknown' }
  throw error
}

function bound(entry: Entry): ConfirmOutcome {
  return { kind: 'bound', entryId: entry.id, recoveryCode: entry.recoveryCode ?? '' }
}
