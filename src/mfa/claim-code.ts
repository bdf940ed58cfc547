import { equalBytes } from '../core/bytes'
import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { codeAt, stepAt } from '../core/otp'
import { unusedFrom } from '../core/steps'
import type { BindingStore } from './store'

/** With less than this left of its step, a code is not sent any more: it would arrive in the next one. */
export const LEAST_LEFT_MS = 1_500

/** A code that is ours to send, or the moment at which to ask again. */
export type Claim = { kind: 'code'; code: string } | { kind: 'waiting'; until: number }

/**
 * Takes the code of this time step for sending it once (BND-10). The step is stored as used, together with what
 * `edit` changes, before the code is handed out, and the code is made from the entry as read back (BND-1). Throws
 * `vault/storage-failed` where that is not what was written, `entry/type-unsupported` for what is no TOTP.
 */
export async function claimCode(
  store: BindingStore,
  entryId: string,
  now: number,
  edit: (entry: Entry) => Entry = (entry) => entry,
): Promise<Claim> {
  const seen: { until: number | null; wanted: Entry | null } = { until: null, wanted: null }
  try {
    const stored = await store.change(entryId, (entry) => {
      if (entry.type !== 'totp') throw new AppError('entry/type-unsupported')
      // Decided on the stored state, within the write: two windows must not take the same step.
      const from = unusedFrom(entry, now, LEAST_LEFT_MS)
      seen.until = from > now ? from : null
      if (seen.until !== null) throw new AppError('mfa/code-rejected')
      return (seen.wanted = { ...edit(entry), lastStepUsed: stepAt(entry, now) })
    })
    if (!seen.wanted || !isKept(stored, seen.wanted)) throw new AppError('vault/storage-failed')
    return { kind: 'code', code: codeAt(stored, now).code }
  } catch (error) {
    // Ours, thrown above so that nothing is written.
    if (seen.until !== null) return { kind: 'waiting', until: seen.until }
    throw error
  }
}

/** Whether what was read back can make codes, save the user if it is lost, and knows that the code is on its way. */
function isKept(stored: Entry, wanted: Entry): boolean {
  return (
    equalBytes(stored.secret, wanted.secret) &&
    stored.recoveryCode === wanted.recoveryCode &&
    stored.lastStepUsed === wanted.lastStepUsed &&
    stored.binding?.phase === wanted.binding?.phase
  )
}
