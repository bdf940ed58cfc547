import { attribute, beginningOf, read } from './dom'
import { FIELD_ATTRIBUTES } from './frame'
import type { Attributes, SeenField } from './frame'
import type { Look } from './look'

/** Of many labels, and of long ones, the beginning is enough. */
const MAX_LABELS = 5
const TEXT_LENGTH = 200

/** An unknown type is a text field to the browser. */
export function isTextLike(input: HTMLInputElement): boolean {
  return /^(?:text|tel|number|password)$/u.test(read(input, 'type'))
}

/** Whether its names alone make it worth a look, where there are very many. */
export function isHinted(input: Element): boolean {
  return ['id', 'name', 'autocomplete'].some((name) => /otp|code|fa|auth|token|pin/iu.test(attribute(input, name)))
}

/** The type the author wrote; empty when there is none. */
export function typeOf(field: Element): string {
  return attribute(field, 'type').toLowerCase()
}

/** The attributes of these names that are there, no longer than they are worth reading. */
export function attributesOf(element: Element, names: readonly string[]): Attributes {
  const pairs = names.map((name) => [name, attribute(element, name).slice(0, TEXT_LENGTH)] as const)
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

/** A field as its author describes it; read once in a look. */
export function describe(field: HTMLInputElement, look: Look): SeenField {
  const known = look.described.get(field)
  if (known !== undefined) return known
  const seen = { attributes: attributesOf(field, FIELD_ATTRIBUTES), labels: labelTexts(field, look) }
  look.described.set(field, seen)
  return seen
}

function labelTexts(field: HTMLInputElement, look: Look): string[] {
  const labels = look.labelsOf(field).slice(0, MAX_LABELS).map(textOf)
  return [...labels, ...referredTexts(field, 'aria-labelledby'), ...referredTexts(field, 'aria-describedby')].filter(
    (text) => text !== '',
  )
}

function referredTexts(field: Element, name: string): string[] {
  const root = read(field, 'getRootNode')()
  const ids = attribute(field, name).split(/\s+/u).slice(0, MAX_LABELS)
  const find = 'getElementById' in root ? read(root as Document | ShadowRoot, 'getElementById') : () => null
  return ids.map(find).map((element) => (element === null ? '' : textOf(element)))
}

function textOf(element: Element): string {
  return beginningOf(element, TEXT_LENGTH)
}
