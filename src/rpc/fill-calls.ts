import type { FieldReason, LookAlikeKind } from '../core/code-field'
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
  /** Entries of other hosts of the same domain, which might be used on all of it; absent where there are none. */
  widenable?: readonly string[]
  /** The site of an entry for which this one might be taken; absent where it is none such. */
  lookAlike?: { site: string; kind: LookAlikeKind }
}

/** Why an entry belongs to the page in front, or does not. */
export type Belonging = 'site' | 'domain' | 'other-site' | 'no-site'

/** What was decided on the page in front, and why. */
export interface PageExplanation {
  origin: string | null
  field: {
    /** `found`; `unlikely`: some fields were looked at, and none is one; `none`: there is no field at all. */
    state: 'found' | 'unlikely' | 'none'
    boxes: number
    /** For and against the field that was found, or that came nearest; the weightiest first. */
    reasons: readonly FieldReason[]
  }
  /** Whether a field was found in a frame of another origin, which is never filled (FIL-4). */
  inStrangeFrame: boolean
  /** Whether parts of the page were passed over: they did not answer in time, or are more than are looked into. */
  passedOver: boolean
  accounts: readonly { id: string; because: Belonging }[]
  /** What may go into a bug report: attributes of fields, no text, no address. */
  report: string
}

/** What is remembered of a site. */
export interface SiteView {
  origin: string
  hasField: boolean
  submit: boolean
  /** Whether a hint stands beside its code fields, and the toolbar counts its accounts. */
  hint: boolean
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
  /** Why the page in `tabId` has a code field or none, and to which entries it belongs. */
  explainPage(tabId: number): PageExplanation
  /** Lets the user point at the code field on the page in `tabId`; what came of it is told by `fill-changed`. */
  pickField(tabId: number): void
  /** Offers the entry on all hosts of the domain of `origin`. Throws `entry/site-invalid` for a shared domain (FIL-2). */
  widenSite(entryId: string, origin: string): void
  /** The sites of all entries, with what is remembered of each. */
  rememberedSites(): readonly SiteView[]
  /** Whether forms of this site are sent once a code is in them. */
  setAutoSubmit(origin: string, submit: boolean): void
  /** Whether a hint stands beside code fields of this site. Throws `fill/site-not-granted` unless the user let us in. */
  setHint(origin: string, hint: boolean): void
  forgetSite(origin: string): void
  /** Gives what a match pattern grants back to the browser, after ending the hints there; false where it keeps it. */
  giveBackGrant(pattern: string): boolean
  /** Texts shaped like a recovery code that the page in `tabId` shows. Read on the user's click. */
  readRecoveryCodes(tabId: number): readonly string[]
}
