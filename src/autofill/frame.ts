import type { ErrorCode } from '../core/errors'

/** Why a fill did not happen. */
export type FillRefusal = Extract<ErrorCode, `fill/${string}`>

/** Said to hints in pages that we were let into before. It says nothing else, so that no page learns of another. */
export const END_HINT = 'end-hint'

/** Attributes by name; those that are missing or empty are left out. */
export type Attributes = Readonly<Record<string, string>>

/** The attributes of a field that say what it is for, or how long. */
export const FIELD_ATTRIBUTES: readonly string[] =
  'id name data-testid data-test data-cy data-qa formcontrolname ng-model v-model type autocomplete inputmode maxlength size pattern aria-label placeholder title data-placeholder alt'.split(
    ' ',
  )
/** The attributes of a picture that say what it shows. */
export const PICTURE_ATTRIBUTES: readonly string[] = 'id class alt title src name'.split(' ')

/** A field as its author describes it. */
export interface SeenField {
  readonly attributes: Attributes
  /** The texts of its labels and of what it refers to. */
  readonly labels: readonly string[]
}

/** What stands around a field, or around the boxes of one code. */
export interface SeenAround {
  readonly beside: string
  readonly lead: string
  readonly links: string
  /** The other fields that the user is asked to fill in with it. */
  readonly neighbours: readonly SeenField[]
  readonly pictures: readonly Attributes[]
}

/** One field that might take a code, or the boxes that might take one together. */
export interface SeenCandidate {
  readonly fields: readonly [SeenField, ...SeenField[]]
  /** Whether the user is in it. */
  readonly focused: boolean
  /** Null where there are very many candidates: `read` tells it of those that are worth it. */
  readonly around: SeenAround | null
}

/** What a document says of itself. */
export interface SeenPage {
  readonly title: string
  /** Of the address only the path. */
  readonly path: string
}

/** What our script saw in the document of one frame. It judges nothing: that is the background's part. */
export interface FrameReport extends SeenPage {
  /** The document's origin, or `'null'` where it has none that could match: sandboxed, `data:`, `blob:`, `srcdoc`. */
  readonly origin: string
  /** Whether this is the top frame, or all frames above it have its origin (FIL-4). */
  readonly sameOriginChain: boolean
  /** Whether the whole document was looked into; of one with very many parts some are passed over. */
  readonly isWhole: boolean
  readonly candidates: readonly SeenCandidate[]
}

/** Some candidates as they are now, each with its place in the report. */
export interface ReadAgain extends SeenPage {
  readonly candidates: readonly (readonly [index: number, SeenCandidate])[]
}

/** What came of pointing in one frame. */
export interface PickedIn {
  /** The frame's origin at that moment; `'null'` where a frame above has another. */
  readonly origin: string
  /** Null where he gave up. */
  readonly candidate: SeenCandidate | null
}

/** What came of a fill. */
export type FillReport = { readonly kind: 'filled' } | { readonly kind: 'refused'; readonly reason: FillRefusal }

/** What our script leaves in the isolated world of a document, for the background's next injected call. */
export interface LatchkeyAutofill {
  /**
   * Looks for what might be a code field and remembers it under `mark`, which is good for one fill here (FIL-3). The marks
   * of a few looks before stay good; the empty mark is a look and no more.
   */
  look(mark: string): FrameReport
  /** The candidates that `look` found under `mark`, as they are now; those that are none any more are left out. */
  read(mark: string, indexes: readonly number[]): ReadAgain
  /** Types `code` into a candidate that `look` found, if document, origin, frame and field are still the same. */
  fill(mark: string, origin: string, index: number, code: string): FillReport
}

declare global {
  /** Present in the isolated world of a document into which `autofill/main` was injected. */
  var latchkeyAutofill: LatchkeyAutofill | undefined
}
