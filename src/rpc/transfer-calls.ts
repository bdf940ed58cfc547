import type { PortableBinding } from '../core/entry'
import type { ErrorCode } from '../core/errors'
import type { EntryDraft } from './account-calls'

/** An account on its way in with an import or out with an export. `secret` is Base32 text (hexadecimal for mOTP). */
export interface CarriedEntry extends Omit<EntryDraft, 'site'> {
  /** Addresses as a file has them; those that are no site are dropped. */
  sites: readonly string[]
  groups?: readonly string[]
  note?: string
  favourite?: boolean
  recoveryCode?: string
  /** This and what follows is known to our own backup only. A binding comes back where its server is in this vault. */
  createdAt?: number
  usedAt?: number
  lastStepUsed?: number
  binding?: PortableBinding
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

/** Accounts on their way in and out. */
export interface TransferCalls {
  /** What importing these would do, one by one. Stores nothing (INP-10). */
  proposeImport(drafts: readonly CarriedEntry[]): readonly ImportVerdict[]
  /** Adds what is not here yet, all in one write; overwrites nothing (BND-8). */
  importEntries(drafts: readonly CarriedEntry[]): ImportResult
  /** Moves what an import added to the trash, in one write; answers how many those were. */
  undoImport(importedAt: number): number
  /**
   * The accounts of these ids, or with null all in use. Asks for the passphrase again. With `showSecret` the only call that hands
   * out secrets. Throws `vault/wrong-passphrase`.
   */
  exportEntries(passphrase: string, ids: readonly string[] | null): ExportedVault
  /** The account as an `otpauth://` address. Asks for the passphrase again. Throws `vault/wrong-passphrase`. */
  showSecret(id: string, passphrase: string): string
  /** Something of ours is on the clipboard: it is cleared after the user's choice of seconds (OTP-5). */
  clearClipboardLater(): void
}
