import { AppError } from '../core/errors'
import { claimCode } from './claim-code'
import type { FlowParts } from './store'
import type { User } from './wire'

/** What came of a second factor. `waiting`: nothing was sent, ask again at `until`. */
export type VerifyOutcome =
  { kind: 'signed-in'; user: User } | { kind: 'code-rejected' } | { kind: 'waiting'; until: number }

/** Completes a login with the code of a stored entry, each code at most once (BND-10). Throws as the api does. */
export async function verify(
  { api, store, now }: FlowParts,
  entryId: string,
  mfaToken: string,
): Promise<VerifyOutcome> {
  const claim = await claimCode(store, entryId, now())
  if (claim.kind === 'waiting') return claim
  try {
    const { user } = await api.verifyTotp({ mfaToken, totp: claim.code })
    return { kind: 'signed-in', user }
  } catch (error) {
    if (error instanceof AppError && error.code === 'mfa/code-rejected') return { kind: 'code-rejected' }
    throw error
  }
}
