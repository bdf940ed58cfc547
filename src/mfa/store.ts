import type { Binding, BindingPhase, Entry } from '../core/entry'
import { AppError } from '../core/errors'
import type { MfaApi, TotpSource } from './api'

/** An entry that a server manages. */
export type BoundEntry = Entry & { binding: Binding }

/** The vault as the flows see it. */
export interface BindingStore {
  /** Decrypted from what is stored. Throws `vault/entry-missing`. */
  read(id: string): Promise<Entry>
  /** Stores a new entry; see `change`. */
  add(entry: Omit<Entry, 'id' | 'createdAt'>): Promise<Entry>
  /**
   * Replaces an entry by what `edit` makes of its stored state, one change after the other; what `edit` throws is
   * passed on, and nothing is written then. Resolves after the write is durable, with the entry as read back and decrypted (BND-1).
   */
  change(id: string, edit: (entry: Entry) => Entry): Promise<Entry>
}

/** What every flow works with. The background sees to it that one flow runs at a time (BND-9). */
export interface FlowParts {
  api: MfaApi
  store: BindingStore
  /** Epoch milliseconds, by the clock that codes are made with. */
  now: () => number
}

/** Who asks: a user token or mfaToken, and in whose name. */
export interface Asker {
  token: string
  source?: TotpSource
}

/** The entry, which has to be one that a server manages. Throws `mfa/refused`. */
export function managed(entry: Entry): BoundEntry {
  if (!entry.binding) throw new AppError('mfa/refused')
  return { ...entry, binding: entry.binding }
}

/** An edit that moves the binding to another phase. */
export function toPhase(phase: BindingPhase): (entry: Entry) => Entry {
  return (entry) => ({ ...entry, binding: { ...managed(entry).binding, phase } })
}
