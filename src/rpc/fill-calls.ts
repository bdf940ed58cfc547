import type { ErrorCode } from '../core/errors'

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

/** The web page in front, and filling a code into it. */
export interface FillCalls {
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
}
