import type { Algorithm, BindingPhase, EntryType, SecondFactor } from '../core/entry'
import type { ErrorCode } from '../core/errors'

/**
 * Whether there is a vault in this browser profile, and whether its key is in memory. `damaged`: there was one, and no copy of it
 * has anything left that a passphrase could open.
 */
export type VaultStatus = 'absent' | 'damaged' | 'locked' | 'unlocked'

/** An account as a page may see it: names and parameters, no secret. */
export interface EntryView {
  id: string
  type: EntryType
  issuer: string
  label: string
  algorithm: Algorithm
  digits: number
  periodSeconds: number
  sites: readonly string[]
  createdAt: number
  usedAt: number | null
  hasRecoveryCode: boolean
  /** How far its binding at an MFA server has come; null for an account that is not managed there. */
  phase: BindingPhase | null
  serverId: string | null
  /** The moment of the import that added it, the same for all that came with it. */
  importedAt: number | null
  trashedAt: number | null
}

/** A code and the span in which it is valid, in epoch milliseconds; `validUntil` is exclusive. */
export interface CodeView {
  id: string
  /** Null for an HOTP account whose first code has not been asked for. */
  code: string | null
  validFrom: number
  /** `Infinity` does not travel in messages: null means the code does not expire (HOTP). */
  validUntil: number | null
}

/** What the user typed or agreed to. `secret` is Base32 text (hexadecimal for mOTP). */
export interface EntryDraft {
  type: EntryType
  issuer: string
  label: string
  secret: string
  algorithm: Algorithm
  digits: number
  periodSeconds: number
  counter?: number
  pin?: string
  /** An origin, a host, or empty for none. */
  site: string
}

/** What a scanned or pasted text would add. Nothing is stored until `addEntry` (INP-7). */
export interface Proposal {
  draft: EntryDraft
  /** `same`: this very secret is already stored; `other-secret`: another one under the same names is. */
  already: 'same' | 'other-secret' | null
}

/** An account on its way in with an import or out with an export. `secret` is Base32 text (hexadecimal for mOTP). */
export interface CarriedEntry extends Omit<EntryDraft, 'site'> {
  /** Addresses as a file has them; those that are no site are dropped. */
  sites: readonly string[]
  groups?: readonly string[]
  note?: string
  favourite?: boolean
  recoveryCode?: string
}

/**
 * What importing an account would do. `new`, `other-secret` (the same names are here with another one): it is added;
 * `in-trash`: it comes back from there; `same` (this secret is in use here), `repeated` (the import has it twice),
 * `refused`: nothing happens.
 */
export type ImportVerdict =
  { kind: 'new' | 'other-secret' | 'in-trash' | 'same' | 'repeated' } | { kind: 'refused'; reason: ErrorCode }

/** What an import did. `importedAt` names it for `undoImport`. */
export interface ImportResult {
  added: number
  skipped: number
  importedAt: number
}

/** Everything in use, with its secrets. `damaged`: how many records do not open and are not in it. */
export interface ExportedVault {
  entries: readonly CarriedEntry[]
  damaged: number
}

/** The part of an entry the user may edit. */
export interface EntryChange {
  issuer: string
  label: string
  sites: readonly string[]
}

/** The web page in front, as far as the browser lets us see it. */
export interface PageView {
  /** Null where the browser does not let us look: its own pages, the store, a tab without a gesture. */
  origin: string | null
  /** The end of its host that one owner registered; null for http, addresses, single names and shared domains. */
  domain: string | null
  /** Whether a field for a TOTP code was found in a frame we may fill. */
  hasCodeField: boolean
  /** Entries whose sites match the page, best first. */
  matches: readonly string[]
}

/** What came of a wish to fill: done, or waiting for the next time step because this one's code was used or is about to end. */
export type FillResult = { kind: 'filled' } | { kind: 'waiting'; entryId: string; until: number }

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

export type UnbindResult = { kind: 'unbound' } | { kind: 'unknown' }

/** An administrator's credentials: held by the administrator page, sent with each call, stored nowhere (ADM-2). */
export interface AdminCredentials {
  host: string
  userPoolId: string
  secret: string
}

/** What the popup, the options page and the administrator page may ask of the background. */
export interface PageCalls {
  vaultStatus(): VaultStatus
  /** Throws `vault/already-exists`, `vault/passphrase-too-short`. Leaves the vault unlocked. */
  createVault(passphrase: string): void
  /** Throws `vault/wrong-passphrase`, `vault/damaged`, `vault/newer-format`. */
  unlock(passphrase: string): void
  lock(): void
  changePassphrase(current: string, next: string): void

  /** All entries in the user's order, those in the trash among them. Throws `vault/locked`. */
  entries(): readonly EntryView[]
  /** How many records do not open any more; the others are not touched by it (VLT-2). */
  damagedRecords(): number
  /** The codes valid now of the entries named, or of all outside the trash. */
  codes(ids?: readonly string[]): readonly CodeView[]
  /** HOTP: commits the counter, then answers the new code (OTP-4). */
  nextCode(id: string): CodeView
  /** Reads a scanned or pasted text. Throws `otpauth/…`, `entry/…`, `scan/not-an-authenticator-code`, `scan/transfer-code`. */
  propose(text: string, site: string): Proposal
  /** Throws `entry/already-present` when this very secret is stored. */
  addEntry(draft: EntryDraft): EntryView
  changeEntry(id: string, change: EntryChange): EntryView
  /** Throws `entry/still-bound` while the MFA server would go on asking for its codes (BND-7). */
  trashEntry(id: string): void
  restoreEntry(id: string): void
  deleteEntry(id: string): void
  /** The user copied a code: the clipboard is cleared after 30 s, by the background (OTP-5). */
  codeCopied(id: string): void

  /** What importing these would do, one by one. Stores nothing (INP-10). */
  proposeImport(drafts: readonly CarriedEntry[]): readonly ImportVerdict[]
  /** Adds what is not here yet, all in one write; overwrites nothing (BND-8). */
  importEntries(drafts: readonly CarriedEntry[]): ImportResult
  /** Moves what an import added to the trash, in one write; answers how many those were. */
  undoImport(importedAt: number): number
  /** Asks for the passphrase again. With `showSecret` the only call that hands out secrets. Throws `vault/wrong-passphrase`. */
  exportEntries(passphrase: string): ExportedVault
  /** The account as an `otpauth://` address. Asks for the passphrase again. Throws `vault/wrong-passphrase`. */
  showSecret(id: string, passphrase: string): string
  /** Something of ours is on the clipboard: it is cleared after the user's choice of seconds (OTP-5). */
  clearClipboardLater(): void

  /** Looks at the page in `tabId`: where it is, whether it has a code field, which entries match. */
  lookAtPage(tabId: number): PageView
  /** Fills the entry's code into the field on the page in `tabId`; called on the user's act alone (FIL-1). */
  fill(tabId: number, entryId: string): FillResult
  /** The fill that waits for the next time step, if any. */
  pendingFill(): { entryId: string; until: number } | null
  /** Why the fill that waited was not done; told once. */
  takeFillRefusal(): ErrorCode | null
  cancelFill(): void
  /** Texts shaped like a recovery code that the page in `tabId` shows. Read on the user's click. */
  readRecoveryCodes(tabId: number): readonly string[]
  keepRecoveryCode(id: string, recoveryCode: string): void
  /** Asks for the passphrase again; it is one of the two secrets a page may see. */
  showRecoveryCode(id: string, passphrase: string): string

  servers(): readonly ServerView[]
  /** Throws `mfa/address-invalid`, `mfa/host-not-granted` (the page asks the browser for the origin first). */
  addServer(server: { appHost: string; appId: string; userPoolId?: string }): ServerView
  /** Refused with `entry/still-bound` while an entry is bound there. */
  removeServer(serverId: string): void
  signIn(serverId: string, account: string, password: string): SignInResult
  signOut(serverId: string): void
  factors(serverId: string): readonly FactorView[]
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

  adminStatus(credentials: AdminCredentials, userId: string): Readonly<Record<string, boolean>>
  adminUnassociate(credentials: AdminCredentials, userId: string, type: 'OTP' | 'FACE'): void
  adminImport(
    credentials: AdminCredentials,
    key: { userId: string; secret: string; recoveryCode?: string },
  ): { id: string; userId: string; enabled: boolean; recoveryCode: string }
}

/** What the background tells every open page. Events carry no data; a page asks again. */
export type Event = 'locked' | 'unlocked' | 'entries-changed' | 'servers-changed' | 'fill-changed' | 'settings-changed'
