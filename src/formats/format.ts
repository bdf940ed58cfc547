import type { Bytes } from '../core/bytes'
import type { NewEntry, PortableBinding } from '../core/entry'
import type { ErrorCode } from '../core/errors'
import type { Archive } from './archive'

/** An entry as a file has it, with what travels beside the code: all of it optional, none of it judged. */
export interface ImportedEntry extends NewEntry {
  groups?: readonly string[]
  note?: string
  favourite?: boolean
  /** Addresses as the file has them; whoever stores them turns them into origins. */
  sites?: readonly string[]
  recoveryCode?: string
  /** This and what follows is known to our own backup only. Epoch milliseconds. */
  createdAt?: number
  usedAt?: number
  lastStepUsed?: number
  binding?: PortableBinding
}

/** A row that did not come through as it stood, and why. Never holds a secret. */
export interface Problem {
  /** The row's name or issuer; where it has neither, its number in the file, from 1. */
  row: string
  reason: ErrorCode
}

/** What came out of a file, in the file's order. */
export interface Reading {
  entries: ImportedEntry[]
  problems: Problem[]
}

/** A file for another program, and what that program's format cannot hold. */
export interface Writing {
  bytes: Bytes
  problems: Problem[]
}

/** A file as the user brought it, looked at once for all formats. Its name says nothing: people rename. */
export interface ForeignFile {
  readonly bytes: Bytes
  /** Without its byte order mark; null where the bytes are no text. */
  readonly text: string | null
  /** What the text is as JSON; undefined where it is none. May hold members such as `__proto__`: read with `member`. */
  readonly json: unknown
  /** The members of a zip; null where the file is none. */
  readonly archive: Archive | null
}

/** What the user gives along with a file. */
export interface ReadOptions {
  /** As typed, never trimmed. */
  readonly password?: string
  /** What KeePass wants beside the password, or in its place. */
  readonly keyFile?: Uint8Array
  /** A key derivation that asks for more is refused as `format/too-costly`; 1,024 where nothing is said (INP-4). */
  readonly memoryMib?: number
}

/** What the user gives for a file to be written. */
export interface WriteOptions {
  /** The file is encrypted where one is given, and the format knows how. */
  readonly password?: string
}

/** A file or text layout that entries come from or go to. One file each, both directions in it. */
export interface Format {
  /** As in `importFormats` and `exportFormats`. */
  readonly name: string
  /**
   * Whether a file is of this format. Looks, never throws. `perhaps` where the layout has no mark of its own:
   * such a format is asked only when no other is sure, and answers `format/unknown` in `read` if it was not its own.
   */
  recognise(file: ForeignFile): boolean | 'perhaps'
  /** The entries of a file that was recognised. Throws `format/…`; one bad row is a problem, not a failure. */
  read(file: ForeignFile, options: ReadOptions): Promise<Reading>
  /** A file that holds `entries`. Absent where the format is only read. Throws `format/needs-password`. */
  write?(entries: readonly ImportedEntry[], options: WriteOptions): Promise<Writing>
}
