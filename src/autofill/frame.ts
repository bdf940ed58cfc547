import type { ErrorCode } from '../core/errors'

/** Why a fill did not happen. */
export type FillRefusal = Extract<ErrorCode, `fill/${string}`>

/** What our script says about the document of one frame. */
export interface FrameReport {
  /** The document's origin, or `'null'` where it has none that could match: sandboxed, `data:`, `blob:`, `srcdoc`. */
  readonly origin: string
  /** Whether this is the top frame, or all frames above it have its origin (FIL-4). */
  readonly sameOriginChain: boolean
  /** The field for a TOTP code; one box is a plain field. */
  readonly field: { readonly boxes: number } | null
  /** Whether the user is in that field. */
  readonly focused: boolean
}

/** What came of a fill. */
export type FillReport = { readonly kind: 'filled' } | { readonly kind: 'refused'; readonly reason: FillRefusal }

/** What our script leaves in the isolated world of a document, for the background's next injected call. */
export interface LatchkeyAutofill {
  /** Looks for the code field and remembers it under `mark`, which is good for one fill in this document (FIL-3). */
  look(mark: string): FrameReport
  /** Types `code` into the field that `look` found, if document, origin, frame and field are still the same. */
  fill(mark: string, origin: string, code: string): FillReport
  /** Texts shaped like a recovery code that the page shows. Called on the user's act alone. */
  recoveryCodes(): string[]
}

declare global {
  /** Present in the isolated world of a document into which `autofill/main` was injected. */
  var latchkeyAutofill: LatchkeyAutofill | undefined
}
