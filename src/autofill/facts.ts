import { STOP } from '../core/code-field'
import type { Place, Shape } from '../core/code-field'
import type { Attributes, SeenCandidate, SeenField, SeenPage } from './frame'
import { wordsOf } from './words'

/** What was seen of a candidate: texts and attributes as they are, and no node. */
export interface Facts {
  readonly texts: Readonly<Record<Place, string>>
  readonly shapes: readonly Shape[]
  readonly boxes: number
  readonly type: string
  /** Each other field of the form in a few words, its type last. */
  readonly neighbours: readonly string[]
  /** The names and addresses of the pictures beside it. */
  readonly pictures: readonly string[]
}

const NAMING = 'id name data-testid data-test data-cy data-qa formcontrolname ng-model v-model'.split(' ')
/** The attributes that say something to the user. */
export const LABELLING = 'aria-label placeholder title data-placeholder alt'.split(' ')
const PAGE_LENGTH = 400
/** Eight boxes that each say the same at length say no more than one. */
const OWN_LENGTH = 600
const NEIGHBOUR_LENGTH = 300
/** `ABCD-EF12-3456`: no code of an authenticator is written so. */
const SAMPLE_OF_WORDS = /^(?=.*[a-z])(?:[a-z\d]+(?:-[a-z\d]+){2,}|x{4,}-x{4,})$/iu

/** What a candidate and the page around it say, sorted by where they say it. */
export function factsOf({ fields, around }: SeenCandidate, page: SeenPage): Facts {
  return {
    texts: {
      own: fields.flatMap(ownWords).join(STOP).slice(0, OWN_LENGTH),
      label: fields.flatMap(labelTexts).join(STOP).slice(0, OWN_LENGTH),
      beside: around?.beside ?? '',
      lead: around?.lead ?? '',
      links: around?.links ?? '',
      // The address is read for its words, not for its numbers; queries may hold anything.
      page: around === null ? '' : `${page.title} . ${wordsOf(page.path)}`.slice(0, PAGE_LENGTH),
    },
    shapes: [...fieldShapes(fields), ...(around?.neighbours.length === 0 ? (['onlyField'] as const) : [])],
    boxes: fields.length,
    type: typeOf(fields[0]),
    neighbours: around?.neighbours.map(inAFewWords) ?? [],
    pictures: around?.pictures.flatMap(pictureWords) ?? [],
  }
}

/** Fields that say they take something else are none, whatever stands around them. */
export function excludesCode({ fields: [{ attributes }] }: SeenCandidate): boolean {
  const { autocomplete = '', maxlength = '' } = attributes
  // A short field is called a new password to keep browsers from filling in what they know.
  if (/^new-password$/iu.test(autocomplete)) return !/^[5-8]$/u.test(maxlength)
  return /^current-password$|^cc-|^tel\b|^email$|^username$|postal|address/iu.test(autocomplete)
}

function ownWords({ attributes }: SeenField): string[] {
  return NAMING.map((name) => wordsOf(attributes[name] ?? '')).filter((words) => words !== '')
}

function labelTexts({ attributes, labels }: SeenField): string[] {
  return [...LABELLING.map((name) => attributes[name] ?? ''), ...labels].filter((text) => text !== '')
}

function typeOf({ attributes }: SeenField): string {
  return (attributes['type'] ?? '').toLowerCase()
}

/** A short description of a neighbour; its type stands last. */
function inAFewWords(field: SeenField): string {
  const words = [...ownWords(field), ...labelTexts(field), field.attributes['autocomplete'] ?? ''].join(' ')
  return `${words.slice(0, NEIGHBOUR_LENGTH)} ${typeOf(field)}`
}

/** A data URL is the picture itself, not a name for it. */
function pictureWords(attributes: Attributes): string[] {
  return Object.values(attributes).filter((word) => !word.startsWith('data:'))
}

function fieldShapes(fields: SeenCandidate['fields']): Shape[] {
  const [field] = fields
  const { pattern = '', maxlength = '', placeholder = '' } = field.attributes
  const length = fields.length > 1 ? 0 : Number(maxlength) || fixedLength(pattern)
  const isSix = fields.length === 6 && fields.some(takesOne)
  const shapes: (Shape | false)[] = [
    fields.some(({ attributes }) => /\bone-time-code\b/iu.test(attributes['autocomplete'] ?? '')) && 'oneTimeCode',
    isSix && 'sixBoxes',
    fields.length > 1 && !isSix && 'otherBoxes',
    length === 6 && 'sixLong',
    (length === 5 || length === 7 || length === 8) && 'codeLong',
    length > 0 && length < 5 && 'tooShort',
    ((length !== 6 && /[a-z]-[a-z]|\{(?:1[1-9]|[2-9]\d)/u.test(pattern)) || SAMPLE_OF_WORDS.test(placeholder)) &&
      'wordPattern',
    isNumeric(field, pattern) && 'numeric',
  ]
  return shapes.filter((shape) => shape !== false)
}

/** Whether it says that it is a box; what says nothing of the sort may be a cell of any table. */
function takesOne({ attributes }: SeenField): boolean {
  const { maxlength = '', size = '', placeholder = '', autocomplete = '' } = attributes
  return (
    /^[12]$/u.test(maxlength) || size === '1' || placeholder.length === 1 || /\bone-time-code\b/iu.test(autocomplete)
  )
}

/** The length that a pattern of digits insists on; 0 when it leaves it open. */
function fixedLength(pattern: string): number {
  return Number(/^\^?(?:\\d|\[0-9\])[*+]?\{(\d+)\}\$?$/u.exec(pattern)?.[1] ?? 0)
}

function isNumeric(field: SeenField, pattern: string): boolean {
  if (/^(?:numeric|decimal|tel)$/iu.test(field.attributes['inputmode'] ?? '')) return true
  return /^(?:number|tel)$/u.test(typeOf(field)) || /^\^?(?:\\d|\[0-9\])/u.test(pattern)
}
