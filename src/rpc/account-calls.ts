import type { Algorithm, BindingPhase, EntryType } from '../core/entry'
import type { PageView } from './fill-calls'
import type { VaultStatus } from './vault-calls'

/** An account as a page may see it: names and parameters, no secret. */
export interface EntryView {
  id: string
  type: EntryType
  issuer: string
  label: string
  algorithm: Algorithm
  digits: number
  periodSeconds: number
  /** HOTP: the counter of the next code. */
  counter: number | null
  sites: readonly string[]
  createdAt: number
  usedAt: number | null
  hasRecoveryCode: boolean
  /** How far its binding at an MFA server has come; null for an account that is not managed there. */
  phase: BindingPhase | null
  serverId: string | null
  /** Kept at the top of the list. */
  pinned: boolean
  tags: readonly string[]
  note: string
  /** The moment of the import that added it, the same for all that came with it. */
  importedAt: number | null
  trashedAt: number | null
}

/** A code and the span in which it is valid, in epoch milliseconds; `validUntil` is exclusive. */
export interface CodeView {
  id: string
  /** Null for an HOTP account whose first code has not been asked for. */
  code: string | null
  /** The one after it; null for HOTP, whose codes are made one at a time. */
  nextCode: string | null
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

/** The part of an entry the user may edit. */
export interface EntryChange {
  issuer: string
  label: string
  sites: readonly string[]
  tags?: readonly string[]
  note?: string
  pinned?: boolean
  /** HOTP only: of the next code. The page asks before it lowers one (OTP-4). */
  counter?: number
}

/** What a page shows first, in one answer. */
export interface Glance {
  status: VaultStatus
  /** Empty unless the vault is open. Of a large vault only what stands at the top: accounts of the page in front, the list's first, and those whose binding is unfinished. */
  entries: readonly EntryView[]
  /** The codes of those that are seen first. */
  codes: readonly CodeView[]
  /** The web page in front where accounts belong to it, as far as it is known before anybody looks into it. */
  page: PageView | null
  /** Whether `entries` are all there are. */
  whole: boolean
  /** Every tag in use, also of accounts that are not among `entries`. */
  tags: readonly string[]
  /** How many records do not open any more; the others are not touched by it (VLT-2). */
  damaged: number
}

/** The accounts and their codes. */
export interface AccountCalls {
  /** How the vault is and, when it is open, what a page shows first. Throws `vault/damaged`. */
  glance(): Glance
  /** All entries in the user's order, those in the trash among them; what lay there for 30 days goes first. Throws `vault/locked`. */
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
  keepRecoveryCode(id: string, recoveryCode: string): void
  /** Asks for the passphrase again; it is one of the two secrets a page may see. */
  showRecoveryCode(id: string, passphrase: string): string
}
