import type { BindingPhase, SecondFactor } from '../core/entry'
import type { EntryView } from './account-calls'

/** An MFA server and whether somebody is signed in there. */
export interface ServerView {
  id: string
  appHost: string
  appId: string
  account: string | null
  signedIn: boolean
  /** A sign-in that waits for a second factor, until it expires. */
  pending: PendingSignIn | null
  /** By how many seconds our clock and the server's differ; 0 while that is not known (OTP-2). */
  clockOffSeconds: number
  /** By how many the server's is ahead, behind where negative. */
  clockAheadSeconds: number
  /** By how many seconds codes of the accounts bound here are made ahead of our clock; null where it is trusted. */
  correctedBySeconds: number | null
}

/** A password was right and the server now asks for a second factor (codes 1635 and 1636, mfa-api.md §2.5). */
export interface PendingSignIn {
  account: string
  factors: readonly SecondFactor[]
  /** The user has no TOTP at this application and has to bind one to get in. */
  mustBind: boolean
  phone: string | null
  /** Such as `+1`; null for mainland China. */
  phoneCountryCode: string | null
  email: string | null
  /** The six minutes of the mfaToken end here. */
  expiresAt: number
}

export type SignInResult = { kind: 'signed-in' } | { kind: 'second-factor'; pending: PendingSignIn }

/** A second factor enrolled at the server, beside what the vault holds. */
export interface FactorView {
  id: string
  enabled: boolean
  createdAt: string
  /** The entry that holds this very secret, or null: bound there, missing here. */
  entryId: string | null
}

/** What server and vault say of one user's second factors. */
export interface FactorsView {
  listed: readonly FactorView[]
  /** Entries of this user that the server neither asks for nor waits for: here, not bound there. */
  notThere: readonly string[]
}

/** What the server answered to a code: an expected outcome, not an error. */
export type ConfirmResult =
  | { kind: 'bound'; entryId: string; recoveryCode: string }
  | { kind: 'code-rejected' }
  | { kind: 'waiting'; until: number }
  /** Not known whether the server took it; the list call could not be asked either. */
  | { kind: 'unknown' }

export type VerifyResult = { kind: 'signed-in' } | { kind: 'code-rejected' } | { kind: 'waiting'; until: number }

export type RecoverResult =
  /** `kept` says whether the new code is stored with an entry; if not, the page must make the user save it. */
  { kind: 'signed-in'; recoveryCode: string; kept: boolean } | { kind: 'code-rejected' }

/** `not-in-force`: the server did not ask for its codes, so nothing was sent. It is in the trash then, as if unbound. */
export type UnbindResult = { kind: 'unbound' } | { kind: 'not-in-force' } | { kind: 'unknown' }

/** The user's MFA servers and what is done there. */
export interface ServerCalls {
  servers(): readonly ServerView[]
  /** Throws `mfa/address-invalid`, `mfa/host-not-granted` (the page asks the browser for the origin first). */
  addServer(server: { appHost: string; appId: string; userPoolId?: string }): ServerView
  /** Refused with `entry/still-bound` while an entry is bound there. */
  removeServer(serverId: string): void
  signIn(serverId: string, account: string, password: string): SignInResult
  signOut(serverId: string): void
  /** Asks the server for its user's factors, and brings the entries that belong to them to its truth (BND-4). */
  factors(serverId: string): FactorsView
  /**
   * Stores what is bound there and missing here, beside what is stored (BND-8). Throws `mfa/factor-gone`.
   */
  adopt(serverId: string, factorId: string): EntryView
  /**
   * Makes an entry whose codes the server does not ask for a plain account, or moves it to the trash. Throws
   * `entry/still-bound` where the server says that it does ask.
   */
  letGo(entryId: string, as: 'plain' | 'trash'): void
  /** Makes codes of the accounts bound here by the server's clock, which the user agreed is so far ahead; null: by ours. */
  correctClock(serverId: string, aheadSeconds: number | null): void
  /** Associates and stores the secret and the recovery code; nothing is in force until `confirmBinding`. */
  bind(serverId: string): EntryView
  confirmBinding(entryId: string): ConfirmResult
  /** Asks the list call about an entry whose outcome is unknown; answers its phase afterwards. */
  settleBinding(entryId: string): BindingPhase
  unbind(entryId: string): UnbindResult
  /** Answers the pending sign-in's second factor with the code of a stored entry. */
  verifyTotp(serverId: string, entryId: string): VerifyResult
  /** An empty `recoveryCode` means the one stored with the bound entry. */
  useRecoveryCode(serverId: string, recoveryCode: string): RecoverResult
  isBindable(serverId: string, to: { phone: string } | { email: string }): boolean
  sendDelivered(serverId: string, to: { phone: string; phoneCountryCode?: string } | { email: string }): void
  verifyDelivered(
    serverId: string,
    to: { phone: string; phoneCountryCode?: string } | { email: string },
    code: string,
  ): VerifyResult
}
