import { decodeBase32 } from '../core/base32'
import { equalBytes } from '../core/bytes'
import type { BindingPhase, Entry } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { managed, toPhase, type Asker, type BoundEntry, type FlowParts } from './store'
import type { Authenticator } from './wire'

/** What the server's list says of one secret. */
export type Standing =
  | { kind: 'enabled'; recoveryCode: string }
  | { kind: 'pending' }
  /** Not there, and another secret is in force. */
  | { kind: 'superseded' }
  /** Not there, and none is in force. */
  | { kind: 'absent' }

/** Refusals that leave no doubt: the server did not do what it was asked. */
const CERTAIN: readonly ErrorCode[] = [
  'mfa/account-locked',
  'mfa/argument-missing',
  'mfa/code-rejected',
  'mfa/login-expired',
  'mfa/no-such-user',
  'mfa/not-permitted',
  'mfa/not-signed-in',
  'mfa/rate-limited',
  'mfa/recovery-code-rejected',
]

/** Whether after this failure it is open what the server did, so that it has to be asked (BND-4). */
export function isOutcomeOpen(error: unknown): boolean {
  return !(error instanceof AppError && CERTAIN.includes(error.code))
}

/** Asks the list call about the secret of `entry`. Throws as the call does. */
export async function standingOf(entry: Entry, { api }: FlowParts, asker: Asker): Promise<Standing> {
  return standingIn(await api.listAuthenticators(asker), entry)
}

/** What a list that was asked for says about the secret of `entry`. */
export function standingIn(listed: readonly Authenticator[], { secret }: Pick<Entry, 'secret'>): Standing {
  const ours = listed.filter((item) => hasSecret(item, secret))
  const enabled = ours.find((item) => item.enabled)
  if (enabled) return { kind: 'enabled', recoveryCode: enabled.recoveryCode }
  if (ours.length > 0) return { kind: 'pending' }
  return { kind: listed.some((item) => item.enabled) ? 'superseded' : 'absent' }
}

/** Whether a listed factor is made from this secret. */
export function hasSecret(item: Authenticator, secret: Uint8Array): boolean {
  try {
    return equalBytes(decodeBase32(item.secret), secret)
  } catch {
    // A secret we cannot read is not ours: ours was read.
    return false
  }
}

/** The same, where no answer is an answer too: null. For a flow that has failed already and wants to know how. */
export async function standingIfKnown(entry: Entry, parts: FlowParts, asker: Asker): Promise<Standing | null> {
  try {
    return await standingOf(entry, parts, asker)
  } catch {
    // The failure that made us ask is the one to report.
    return null
  }
}

/**
 * Brings an entry to the server's truth by asking, and answers it as stored then (BND-4); also adopts the recovery
 * code in force (BND-6). Leaves it as it is where another secret is in force: the user decides. Throws as the list
 * call does.
 */
export async function settle(parts: FlowParts, entryId: string, asker: Asker): Promise<BoundEntry> {
  const entry = managed(await parts.store.read(entryId))
  return storeStanding(parts, entry, await standingOf(entry, parts, asker))
}

/** Stores what the server said of the entry. */
export async function storeStanding({ store }: FlowParts, entry: BoundEntry, standing: Standing): Promise<BoundEntry> {
  const phase = phaseAfter(entry.binding.phase, standing)
  const recoveryCode = (standing.kind === 'enabled' && standing.recoveryCode) || entry.recoveryCode
  if (phase === entry.binding.phase && recoveryCode === entry.recoveryCode) return entry
  return managed(
    await store.change(entry.id, (stored) => ({
      ...toPhase(phase)(stored),
      ...(recoveryCode ? { recoveryCode } : {}),
    })),
  )
}

/**
 * ```
 *              enabled  pending     superseded  absent
 * associated   bound    associated  associated  associated
 * confirming   bound    associated  confirming  associated
 * bound        bound    bound       bound       bound
 * unbinding    bound    associated  unbound     unbound
 * unbound      bound    unbound     unbound     unbound
 * ```
 * A bound entry stays so even where the server does not list it: only an unbind that the user asked for ends it.
 */
function phaseAfter(phase: BindingPhase, { kind }: Standing): BindingPhase {
  if (kind === 'enabled') return 'bound'
  if (phase === 'confirming') return kind === 'superseded' ? 'confirming' : 'associated'
  if (phase === 'unbinding') return kind === 'pending' ? 'associated' : 'unbound'
  return phase
}
