import { signal } from '@preact/signals'
import type { Problem } from '../formats/format'
import type { Repair } from '../formats/repair'
import type { CarriedEntry, ImportVerdict } from '../rpc/transfer-calls'

/** A row of the files that were read, and what importing it would do. */
export interface ImportRow {
  readonly carried: CarriedEntry
  readonly verdict: ImportVerdict
  readonly fileName: string
  /** Another of the files has the same secret, and was read first. */
  readonly again: boolean
  /** What another of the files knows better of this secret, or worse; null where none does. */
  readonly repair: Repair | null
}

/** A file that gave nothing, and why. */
export interface FailedFile {
  readonly fileName: string
  readonly error: unknown
}

/** One of the files is being read. */
export interface ReadingStep {
  readonly step: 'reading'
  readonly fileName: string
  /** From 1. */
  readonly number: number
  readonly of: number
}

/** Why a file asks: it is protected, what was given is wrong, or opening it takes more memory than we take unasked (INP-4). */
export type PasswordReason =
  { kind: 'needed' } | { kind: 'wrong' } | { kind: 'wrong-key-file' } | { kind: 'costly'; memoryMib: number }

/** What the user gives to open a file. */
export interface FileSecret {
  readonly password: string
  readonly keyFile: Uint8Array | null
}

/** A file waits for its password. The question stays while the answer is tried. */
export interface PasswordStep {
  readonly step: 'password'
  readonly fileName: string
  readonly reason: PasswordReason
  readonly opening: boolean
  readonly several: boolean
  /** Whether a key file may be what opens it, with the password or without. */
  readonly mayHaveKeyFile: boolean
  /** Null leaves this file out. */
  readonly answer: (given: FileSecret | null) => void
}

/** Everything is read; nothing is stored before the user agrees (INP-10). */
export interface ProposalStep {
  readonly step: 'proposal'
  readonly rows: readonly ImportRow[]
  readonly problems: readonly Problem[]
  readonly failed: readonly FailedFile[]
}

/** How far an import has come. It holds secrets, so it is gone with the lock. */
export type Importing = (ReadingStep | PasswordStep | ProposalStep) & { readonly stop: () => void }

/** What an export came to. */
export interface Exported {
  readonly format: string
  /** Null where nothing was saved: the codes are on the screen. */
  readonly fileName: string | null
  /** Texts to be shown as QR codes, one after the other. */
  readonly codes: readonly string[]
  readonly problems: readonly Problem[]
  readonly damaged: number
}

export const importing = signal<Importing | null>(null)
export const exported = signal<Exported | null>(null)
