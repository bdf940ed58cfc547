import type { MfaApi } from './api'
import { tokenTimes } from './jwt'
import type { Credentials } from './password'
import type { SecondFactorDemand, User } from './wire'

/** How long an mfaToken lives if it does not say so itself (mfa-api §2.3). */
const MFA_TOKEN_SECONDS = 360

/** A login that waits for its second factor; `expiresAt` is when its mfaToken dies, in epoch milliseconds by our clock. */
export interface PendingLogin extends SecondFactorDemand {
  expiresAt: number
}

/** Signed in, or a second factor is asked for. */
export type SignIn = { kind: 'session'; user: User } | PendingLogin

/** From account and password to a session or to the token that asks for a second factor. Throws as the api does. */
export async function login(api: MfaApi, credentials: Credentials, now: () => number): Promise<SignIn> {
  // Taken before the request: the token must not be thought to live longer than it does.
  const begun = now()
  const result = await api.loginByPassword(credentials)
  return result.kind === 'session' ? result : { ...result, expiresAt: begun + lifetimeMs(result.mfaToken) }
}

/** The span is the token's own; the moments in it are by the server's clock, which may differ from ours. */
function lifetimeMs(mfaToken: string): number {
  const { iat, exp } = tokenTimes(mfaToken)
  const seconds = iat !== undefined && exp !== undefined && exp > iat ? exp - iat : MFA_TOKEN_SECONDS
  return seconds * 1000
}
