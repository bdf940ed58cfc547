/**
 * Where a word was found, from the field outwards. `own`: the field's id, name and kin; `label`: its labels, placeholder
 * and description; `beside`: the text next to it; `lead`: the texts and headings around; `links`: links and buttons
 * around; `page`: the page's title and address.
 */
export const PLACES = ['own', 'label', 'beside', 'lead', 'links', 'page'] as const
export type Place = (typeof PLACES)[number]

/** What the texts of a page can be about; `autofill/vocabulary.ts` explains each. */
export const CONCEPTS = [
  'authenticator',
  'secondFactor',
  'code',
  'bareCode',
  'delivered',
  'resend',
  'recovery',
  'otherPurpose',
  'unrelated',
] as const
export type Concept = (typeof CONCEPTS)[number]

/** What the attributes of a field and of its neighbours say; `autofill/rules.ts` explains each. */
export const SHAPES = [
  'oneTimeCode',
  'sixLong',
  'codeLong',
  'tooShort',
  'wordPattern',
  'numeric',
  'sixBoxes',
  'otherBoxes',
  'onlyField',
  'namedOtherwise',
  'someOtherCode',
  'contactInForm',
  'cardInForm',
  'captchaPicture',
  'password',
  'taught',
] as const
export type Shape = (typeof SHAPES)[number]

/** One reason for (above 0) or against (below 0) taking a field for a code field. */
export type FieldReason =
  | { readonly about: Concept; readonly place: Place; readonly weight: number }
  | { readonly about: Shape; readonly weight: number }

/** A field at which the user pointed, by what its author calls it. It holds no text of the page's and no value. */
export interface TaughtField {
  readonly boxes: number
  readonly attributes: Readonly<Record<string, string>>
}

/** How one site may be taken for another; `autofill/look-alike.ts` explains each. */
export const LOOK_ALIKE_KINDS = ['letters', 'near-miss', 'embedded', 'tenant', 'insecure'] as const
export type LookAlikeKind = (typeof LOOK_ALIKE_KINDS)[number]

/** Between two texts that were read of a page: the end of a sentence, so that no pattern reaches across. */
export const STOP = ' . '
