import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { isOutcomeOpen, standingIfKnown, storeStanding } from './settle'
import { managed, type FlowParts } from './store'
import type { User } from './wire'

/**
 * What came of a recovery code. The old one is spent; `kept` says whether the new one is stored with the entry. If
 * not, nobody but the user can save it.
 */
export type RecoverOutcome =
  { kind: 'signed-in'; user: User; recoveryCode: string; kept: boolean } | { kind: 'code-rejected' }

/** `entryId`: the entry bound for this user, if there is one. An empty `recoveryCode` means the one stored with it. */
export interface RecoverRequest {
  mfaToken: string
  recoveryCode: string
  entryId: string | null
}

/**
 * Completes a login with a recovery code and keeps the new one before anything else happens (BND-6). Throws
 * `mfa/outcome-unknown` where the server may have spent the code and cannot be asked for the new one; else what the
 * api throws, the new code being stored if there is one.
 */
export async function recover(parts: FlowParts, request: RecoverRequest): Promise<RecoverOutcome> {
  const entry = request.entryId === null ? null : await parts.store.read(request.entryId)
  const recoveryCode = request.recoveryCode || entry?.recoveryCode || ''
  try {
    const answer = await parts.api.verifyRecoveryCode({ mfaToken: request.mfaToken, recoveryCode })
    const kept = await keep(parts, entry, answer.recoveryCode)
    return { kind: 'signed-in', ...answer, kept }
  } catch (error) {
    return afterFailure(parts, entry, { ...request, recoveryCode }, error)
  }
}

async function keep({ store }: FlowParts, entry: Entry | null, recoveryCode: string): Promise<boolean> {
  if (!entry) return false
  try {
    return (await store.change(entry.id, (stored) => ({ ...stored, recoveryCode }))).recoveryCode === recoveryCode
  } catch {
    // The store may refuse, but the code must reach the user all the same: `kept` says that nobody else has it.
    return false
  }
}

/**
 * A code may be refused because it was spent a moment ago: where a connection breaks, browsers send the request again by
 * themselves. Where the stored code is refused, the list tells, and also what the new one is (BND-6).
 */
async function afterFailure(
  parts: FlowParts,
  entry: Entry | null,
  { mfaToken, recoveryCode }: RecoverRequest,
  error: unknown,
): Promise<RecoverOutcome> {
  const rejected = error instanceof AppError && error.code === 'mfa/recovery-code-rejected'
  const ours = entry !== null && entry.recoveryCode === recoveryCode
  if (rejected && !ours) return { kind: 'code-rejected' }
  if (!rejected && !isOutcomeOpen(error)) throw error
  const standing = entry && (await standingIfKnown(entry, parts, { token: mfaToken, source: 'APPLICATION' }))
  if (!entry?.binding || standing?.kind !== 'enabled') throw new AppError('mfa/outcome-unknown')
  await storeStanding(parts, managed(entry), standing)
  if (!rejected) throw error
  if (standing.recoveryCode === recoveryCode) return { kind: 'code-rejected' }
  throw new AppError('mfa/recovery-code-replaced')
}
