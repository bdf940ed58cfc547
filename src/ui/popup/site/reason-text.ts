import type { Concept, FieldReason, Place, Shape } from '../../../core/code-field'
import { type TextKey, text } from '../../../i18n/text'

const ABOUT: Readonly<Record<Concept, TextKey>> = {
  authenticator: 'why_about_authenticator',
  secondFactor: 'why_about_second_factor',
  code: 'why_about_code',
  bareCode: 'why_about_bare_code',
  delivered: 'why_about_delivered',
  resend: 'why_about_resend',
  recovery: 'why_about_recovery',
  otherPurpose: 'why_about_other_purpose',
  unrelated: 'why_about_unrelated',
}

const WHERE: Readonly<Record<Place, TextKey>> = {
  own: 'why_place_own',
  label: 'why_place_label',
  beside: 'why_place_beside',
  lead: 'why_place_lead',
  links: 'why_place_links',
  page: 'why_place_page',
}

const SHAPE: Readonly<Record<Shape, TextKey>> = {
  oneTimeCode: 'why_shape_one_time_code',
  sixLong: 'why_shape_six_long',
  codeLong: 'why_shape_code_long',
  tooShort: 'why_shape_too_short',
  wordPattern: 'why_shape_word_pattern',
  numeric: 'why_shape_numeric',
  sixBoxes: 'why_shape_six_boxes',
  otherBoxes: 'why_shape_other_boxes',
  onlyField: 'why_shape_only_field',
  namedOtherwise: 'why_shape_named_otherwise',
  someOtherCode: 'why_shape_some_other_code',
  contactInForm: 'why_shape_contact_in_form',
  cardInForm: 'why_shape_card_in_form',
  captchaPicture: 'why_shape_captcha_picture',
  password: 'why_shape_password',
  taught: 'why_shape_taught',
}

/** What speaks for or against a field, in the user's words. */
export function reasonText(reason: FieldReason): string {
  // Keys from the tables above need no parameters, which the type of a key at large does not tell.
  const plain = text as (key: TextKey) => string
  if (!('place' in reason)) return plain(SHAPE[reason.about])
  return text('why_reason', { what: plain(ABOUT[reason.about]), where: plain(WHERE[reason.place]) })
}
