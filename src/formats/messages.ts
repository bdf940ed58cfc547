import type { ErrorCode, ErrorParams } from '../core/errors'
import type { ImportedEntry, ReadOptions, Reading, WriteOptions, Writing } from './format'

/** What the worker is asked: to read a file, or to write one. */
export type Job =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly options: ReadOptions }
  | {
      readonly kind: 'write'
      readonly format: string
      readonly entries: readonly ImportedEntry[]
      readonly options: WriteOptions
    }

/** What a job of each kind comes to. */
export interface Outcomes {
  read: Reading & { readonly format: string }
  write: Writing
}

/** What the worker answers to a job of that kind. */
export type Reply<Kind extends Job['kind']> =
  | { readonly ok: true; readonly value: Outcomes[Kind] }
  | { readonly ok: false; readonly code: ErrorCode; readonly params: ErrorParams }
