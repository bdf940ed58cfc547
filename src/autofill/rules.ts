import type { Concept, Place, Shape } from '../core/code-field'
import { PHRASES } from './phrases'
import type { Phrases } from './phrases'
import { WORDS } from './vocabulary'

export type Weights = Readonly<Partial<Record<Place, number>>>

/** All that is known of code fields, as plain data; the patterns are for texts that were folded. */
export interface Rules extends Phrases {
  readonly words: Readonly<Record<Concept, string>>
  readonly weights: Readonly<Record<Concept, Weights>>
  readonly weightsBesideAuthenticator: Readonly<Partial<Record<Concept, Weights>>>
  readonly weightsOfOneTime: Readonly<Partial<Record<Concept, Weights>>>
  readonly weightsBesidePassword: Readonly<Partial<Record<Concept, Weights>>>
  readonly shapes: Readonly<Record<Shape, number>>
  readonly shapesOfAuthenticator: Readonly<Partial<Record<Shape, number>>>
  readonly threshold: number
}

/** How much each concept says for (or against) a TOTP field, by where it was found. A missing place says nothing. */
const WEIGHTS: Readonly<Record<Concept, Weights>> = {
  // Only an app or a token makes TOTP codes.
  authenticator: { own: 7, label: 7, beside: 7, lead: 6, page: 3 },
  // The page asks for a second factor, most often this one.
  secondFactor: { own: 5, label: 5, beside: 4, lead: 4, page: 3 },
  code: { own: 4, label: 4, beside: 3, lead: 2, page: 1 },
  bareCode: { own: 2, label: 2, beside: 1 },
  // A code that was sent is not ours to make, and only such a code can be sent again.
  delivered: { own: -18, label: -18, beside: -18, lead: -16, page: -6 },
  resend: { label: -12, beside: -12, lead: -12, links: -12 },
  // A recovery code is spent by one use; but a link to that page is a sign of the code step.
  recovery: { own: -14, label: -14, beside: -12, lead: -10, page: -6, links: 1 },
  otherPurpose: { beside: -8, lead: -8, page: -6 },
  unrelated: { own: -12, label: -12, beside: -7, lead: -7 },
}

/**
 * The same where the user also reads of an authenticator app: then the page offers the others as other ways only, and
 * what a programmer called the field, which often serves several steps, says little.
 */
const WEIGHTS_BESIDE_AUTHENTICATOR: Readonly<Partial<Record<Concept, Weights>>> = {
  delivered: { own: -4, label: -16, beside: -4, lead: -2 },
  resend: { beside: -2, lead: -2, links: -2 },
  recovery: { own: -14, label: -12, beside: -3, lead: -1, links: 2 },
  otherPurpose: {},
  unrelated: { own: -3, label: -8, beside: -2, lead: 0 },
}

/** The same where the field is called one for a one-time code: shops have such fields, too. */
const WEIGHTS_OF_ONE_TIME: Readonly<Partial<Record<Concept, Weights>>> = {
  otherPurpose: { beside: -3, lead: -3, page: -3 },
}

/** The same where it stands beside the password of who signs in. */
const WEIGHTS_BESIDE_PASSWORD: Readonly<Partial<Record<Concept, Weights>>> = {
  code: { own: 5, label: 5, beside: 3, lead: 2, page: 1 },
}

/** What the attributes of a field and of its neighbours say, apart from words. */
const SHAPES: Readonly<Record<Shape, number>> = {
  // autocomplete="one-time-code" is evidence, not proof: SMS steps carry it too.
  oneTimeCode: 4,
  // maxlength, or a pattern of digits: exactly six; five, seven or eight; fewer than any TOTP has.
  sixLong: 2,
  codeLong: 1,
  tooShort: -8,
  // A pattern for letters, or for more than ten characters.
  wordPattern: -4,
  // Asks for digits: inputmode, type number or tel, a pattern of digits.
  numeric: 1,
  sixBoxes: 4,
  otherBoxes: 2,
  // No other field in the form.
  onlyField: 1,
  // Has a label, but one that speaks of no code; this holds in languages whose words are not listed, too.
  namedOtherwise: -8,
  // Called a code, while nothing around it is about proving who one is: a branch, product or class code.
  someOtherCode: -4,
  // The form asks for a phone number or an address as well: the code is sent there.
  contactInForm: -8,
  // A security code beside a card number is the card's.
  cardInForm: -12,
  // A picture of letters to be copied stands beside it.
  captchaPicture: -12,
  // A password field, unless its words say otherwise.
  password: -4,
  // The user pointed at it.
  taught: 60,
}

/** The same where the field is called one for an authenticator's code: no such code is sent anywhere. */
const SHAPES_OF_AUTHENTICATOR: Readonly<Partial<Record<Shape, number>>> = { contactInForm: -4 }

/** From this sum on a field is taken for a TOTP field. */
const THRESHOLD = 5

/** The rules that hold; none of them goes into a page. */
export const RULES: Rules = {
  ...PHRASES,
  words: WORDS,
  weights: WEIGHTS,
  weightsBesideAuthenticator: WEIGHTS_BESIDE_AUTHENTICATOR,
  weightsOfOneTime: WEIGHTS_OF_ONE_TIME,
  weightsBesidePassword: WEIGHTS_BESIDE_PASSWORD,
  shapes: SHAPES,
  shapesOfAuthenticator: SHAPES_OF_AUTHENTICATOR,
  threshold: THRESHOLD,
}
