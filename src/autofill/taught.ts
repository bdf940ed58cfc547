import type { TaughtField } from '../core/code-field'
import type { Attributes, SeenCandidate } from './frame'

/** What authors call a field by; texts differ from language to language. */
const NAMES = 'id name data-testid data-test data-cy data-qa formcontrolname ng-model v-model'.split(' ')
const TRAITS = ['type', 'autocomplete', 'inputmode', 'maxlength']
const TEXTS = ['placeholder', 'aria-label']

/** What is remembered of a field at which the user pointed; null where nothing tells it from other fields. */
export function taughtFrom(candidate: Pick<SeenCandidate, 'fields'>): TaughtField | null {
  const field = calledBy(candidate)
  return isDistinct(field) ? field : null
}

/** Type and length alone are those of very many fields. */
function isDistinct({ attributes }: TaughtField): boolean {
  return [...NAMES, ...TEXTS].some((name) => attributes[name] !== undefined)
}

function calledBy({ fields }: Pick<SeenCandidate, 'fields'>): TaughtField {
  const { attributes } = fields[0]
  const named = steady(attributes, NAMES)
  const known = Object.keys(named).length > 0 ? named : steady(attributes, TEXTS)
  return { boxes: fields.length, attributes: { ...known, ...steady(attributes, TRAITS) } }
}

/** Whether it is the field at which the user pointed, on another day and another page of the site. */
export function isTaught(candidate: SeenCandidate, taught: readonly TaughtField[]): boolean {
  const { boxes, attributes } = calledBy(candidate)
  return taught.some((field) => isDistinct(field) && field.boxes === boxes && isSame(field.attributes, attributes))
}

/** Numbers are counted anew with each visit, and names that a program made up are no names. */
function steady(attributes: Attributes, names: readonly string[]): Attributes {
  const pairs = names.map((name) => [
    name,
    (attributes[name] ?? '').replace(/\d+/gu, name === 'maxlength' ? '$&' : '#'),
  ])
  return Object.fromEntries(pairs.filter(([, value]) => value !== '' && !/^\W|#.*#.*#|[\da-f#]{12}/u.test(value ?? '')))
}

function isSame(one: Attributes, other: Attributes): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}
