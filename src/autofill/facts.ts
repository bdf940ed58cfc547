import { attribute, beginningOf, documentOf, holds, parentElement, read } from './dom'
import type { Facts, Shape } from './judge'
import type { Look } from './look'
import { STOP, surroundings } from './surroundings'
import { wordsOf } from './words'

/** The one field, or the boxes, that might take a code. */
export type Candidate = readonly [HTMLInputElement, ...HTMLInputElement[]]

/** A form with more fields than this is no sign-in form; what stands further down in it is not read. */
const MAX_NEIGHBOURS = 25
/** Of many labels, and of long ones, the beginning is enough. */
const MAX_LABELS = 5
const TEXT_LENGTH = 300

const NAMING = 'id name data-testid data-test data-cy data-qa formcontrolname ng-model v-model'.split(' ')
const LABELLING = 'aria-label placeholder title data-placeholder alt'.split(' ')

/** All that can be seen of a candidate. */
export function factsOf(candidate: Candidate, look: Look): Facts {
  const { pictures, ...around } = surroundings(holderOf(candidate), look.isRendered)
  const { texts, shapes, ...own } = ownFacts(candidate, look)
  const neighbours = neighboursOf(candidate, look).map((field) => describe(field, look))
  return {
    ...own,
    texts: {
      ...texts,
      ...around,
      page: pageText(documentOf(candidate[0])),
    },
    shapes: neighbours.length === 0 ? [...shapes, 'onlyField'] : shapes,
    neighbours,
    pictures: pictures.flatMap(pictureWords),
  }
}

/** What a candidate says of itself alone: cheap, and enough to see which of very many are worth a closer look. */
export function ownFacts(candidate: Candidate, look: Look): Facts {
  return {
    texts: {
      own: candidate.flatMap(ownWords).join(STOP),
      label: candidate.flatMap((field) => labelTexts(field, look)).join(STOP),
      beside: '',
      lead: '',
      links: '',
      page: '',
    },
    shapes: fieldShapes(candidate),
    boxes: candidate.length,
    type: typeOf(candidate[0]),
    neighbours: [],
    pictures: [],
  }
}

function ownWords(field: HTMLInputElement): string[] {
  return NAMING.map((name) => wordsOf(attribute(field, name))).filter((words) => words !== '')
}

function labelTexts(field: HTMLInputElement, look: Look): string[] {
  const texts = LABELLING.map((name) => attribute(field, name))
  const labels = look.labelsOf(field).slice(0, MAX_LABELS).map(textOf)
  const referred = [...referredTexts(field, 'aria-labelledby'), ...referredTexts(field, 'aria-describedby')]
  return [...texts, ...labels, ...referred].filter((text) => text !== '')
}

function referredTexts(field: Element, name: string): string[] {
  const root = read(field, 'getRootNode')()
  const ids = attribute(field, name)
    .split(/\s+/u)
    .filter((id) => id !== '')
  const find = 'getElementById' in root ? read(root as Document | ShadowRoot, 'getElementById') : () => null
  return ids.map((id) => find(id)).map((element) => (element === null ? '' : textOf(element)))
}

function textOf(element: Element): string {
  return beginningOf(element, TEXT_LENGTH)
}

/** The address is read for its words, not for its numbers; queries may hold anything. */
function pageText(document: Document): string {
  const path = /^[a-z]+:\/\/[^/]*([^?#]*)/iu.exec(read(document, 'URL'))?.[1] ?? ''
  return `${read(document, 'title')} . ${wordsOf(path)}`.slice(0, 400)
}

/** The field itself, or the smallest element that holds all boxes. */
function holderOf([first, ...others]: Candidate): Element {
  let holder: Element = first
  while (!others.every((box) => holds(holder, box))) {
    const parent = parentElement(holder)
    if (parent === null) return holder
    holder = parent
  }
  return holder
}

function fieldShapes(candidate: Candidate): Shape[] {
  const [field] = candidate
  const pattern = attribute(field, 'pattern')
  const length = candidate.length > 1 ? 0 : Number(attribute(field, 'maxlength')) || fixedLength(pattern)
  const shapes: (Shape | false)[] = [
    candidate.some((one) => /\bone-time-code\b/iu.test(attribute(one, 'autocomplete'))) && 'oneTimeCode',
    candidate.length === 6 && 'sixBoxes',
    candidate.length > 1 && candidate.length !== 6 && 'otherBoxes',
    length === 6 && 'sixLong',
    (length === 5 || length === 7 || length === 8) && 'codeLong',
    length > 0 && length < 5 && 'tooShort',
    /[a-z]-[a-z]|\{(?:1[1-9]|[2-9]\d)/u.test(pattern) && 'wordPattern',
    isNumeric(field, pattern) && 'numeric',
  ]
  return shapes.filter((shape) => shape !== false)
}

/** The length that a pattern of digits insists on; 0 when it leaves it open. */
function fixedLength(pattern: string): number {
  return Number(/^\^?(?:\\d|\[0-9\])[*+]?\{(\d+)\}\$?$/u.exec(pattern)?.[1] ?? 0)
}

function isNumeric(field: Element, pattern: string): boolean {
  if (/^(?:numeric|decimal|tel)$/iu.test(attribute(field, 'inputmode'))) return true
  return /^(?:number|tel)$/u.test(typeOf(field)) || /^\^?(?:\\d|\[0-9\])/u.test(pattern)
}

/** The type the author wrote; empty when there is none. */
export function typeOf(field: Element): string {
  return attribute(field, 'type').toLowerCase()
}

/** The other fields that the user is asked to fill in with this one. */
function neighboursOf(candidate: Candidate, look: Look): HTMLInputElement[] {
  const form = read(candidate[0], 'form')
  return look.inputs
    .filter((input) => form === null || read(input, 'form') === form)
    .slice(0, MAX_NEIGHBOURS)
    .filter((input) => !candidate.includes(input) && isAsked(input) && look.isRendered(input))
}

/** A short description of a neighbour; its type stands last. */
function describe(input: HTMLInputElement, look: Look): string {
  const known = look.described.get(input)
  if (known !== undefined) return known
  const words = [...ownWords(input), ...labelTexts(input, look), attribute(input, 'autocomplete'), typeOf(input)].join(
    ' ',
  )
  look.described.set(input, words)
  return words
}

function isAsked(input: Element): boolean {
  return !/^(?:hidden|submit|button|reset|image|checkbox|radio|file|range|color)$/u.test(typeOf(input))
}

/** A data URL is the picture itself, not a name for it. */
function pictureWords(picture: Element): string[] {
  const words = ['id', 'class', 'alt', 'title', 'src', 'name'].map((name) => attribute(picture, name))
  return words.filter((word) => word !== '' && !word.startsWith('data:'))
}
