/** What kind of one-time password an account uses. */
export type EntryType = 'totp' | 'hotp' | 'steam' | 'motp' | 'yandex'

/** The hash an account's codes are made with. `MD5` belongs to mOTP alone. */
export type Algorithm = 'SHA1' | 'SHA224' | 'SHA256' | 'SHA384' | 'SHA512' | 'MD5'

/** An account as it is scanned, typed or imported: all that a code depends on, and its names. */
export interface NewEntry {
  type: EntryType
  issuer: string
  /** The account's name, without the issuer. */
  label: string
  secret: Uint8Array
  algorithm: Algorithm
  /** 5 to 10. */
  digits: number
  /** 1 to 3,600. Ignored for HOTP, where it is 30. */
  periodSeconds: number
  /** HOTP only: the counter of the next code. */
  counter?: number
  /** mOTP and Yandex only. */
  pin?: string
}

/**
 * How far the binding of an entry at its MFA server has come. Written before the step it announces
 * (threat model BND-3):
 * `associated` the server made the secret and waits for a code; `confirming` a code is on its way;
 * `bound` the server said so; `unbinding` the request to forget it is on its way; `unbound` the server said it is gone.
 */
export type BindingPhase = 'associated' | 'confirming' | 'bound' | 'unbinding' | 'unbound'

/** Which factor of which user at which MFA server an entry is. */
export interface Binding {
  serverId: string
  /** The name the user signed in with. */
  account: string
  userId: string
  phase: BindingPhase
}

/** One stored account. Its id is random and never changes; nothing else identifies it (BND-8). */
export interface Entry extends NewEntry {
  id: string
  /** Origins (or registrable domains the user widened to) where this entry's code may be offered. */
  sites: readonly string[]
  /** Epoch milliseconds, as every moment here. */
  createdAt: number
  /** When the user last copied or filled a code. */
  usedAt?: number
  /** The last time step whose code was sent to a server or filled into a page (BND-10). */
  lastStepUsed?: number
  /** The server's recovery code for this binding; as secret as the secret. */
  recoveryCode?: string
  binding?: Binding
  /** When it was moved to the trash; absent while it is in use. */
  trashedAt?: number
}

/** An MFA server the user added, and the account last signed in with. */
export interface Server {
  id: string
  /** Origin of the application's own host, without a trailing slash. */
  appHost: string
  appId: string
  userPoolId?: string
  account?: string
}

/** How the second factor of a sign-in may be given; the MFA server's own words. */
export type SecondFactor = 'OTP' | 'SMS' | 'EMAIL'
