import { attribute, documentOf, holds, inputsOf, isElement, parentElement, read } from './dom'
import {
  EITHER_CODE,
  OTHER_WAY_CLAUSE,
  PLACES,
  SHAPES,
  WEIGHTS,
  WEIGHTS_BESIDE_AUTHENTICATOR,
  WITHOUT_CLAUSE,
  WORDS,
} from './rules'
import type { Concept, Place, Shape } from './rules'
import { surroundings } from './surroundings'
import { fold, wordsOf } from './words'

/** The one field, or the boxes, that might take a code. */
export type Candidate = readonly [HTMLInputElement, ...HTMLInputElement[]]

/** One reason for or against a candidate. */
export interface Reason {
  readonly because: `${Concept} ${Place}` | Shape
  readonly weight: number
}

type Texts = Readonly<Record<Place, string>>

const PROVING = ['authenticator', 'secondFactor', 'code'] as const
const CONCEPTS = Object.keys(WORDS) as readonly Concept[]
/** A label is short; what is longer tells a story in which any word may occur. */
const LABEL_LENGTH = 48

/** A form with more fields than this is no sign-in form; what stands further down in it is not read. */
const MAX_NEIGHBOURS = 25

const NAMING = [
  'id',
  'name',
  'data-testid',
  'data-test',
  'data-cy',
  'data-qa',
  'formcontrolname',
  'ng-model',
  'v-model',
]
const LABELLING = ['aria-label', 'placeholder', 'title', 'data-placeholder', 'alt']

/** Everything that speaks for or against taking `candidate` for a TOTP field. */
export function reasonsFor(candidate: Candidate, isRendered: (element: Element) => boolean): Reason[] {
  const around = surroundings(holderOf(candidate), isRendered)
  const texts: Texts = {
    own: fold(candidate.flatMap(ownWords).join(' ')),
    label: fold(candidate.flatMap(labelTexts).join(' ')),
    beside: fold(around.beside),
    lead: fold(around.lead),
    links: fold(around.links),
    page: pageText(documentOf(candidate[0])),
  }
  const shapes = [...fieldShapes(candidate), ...formShapes(candidate, isRendered)]
  if (around.pictures.some(isCaptcha)) shapes.push('captchaPicture')
  if (!shapes.includes('oneTimeCode')) shapes.push(...wordShapes(texts, typeOf(candidate[0])))
  return [...shapes.map((because): Reason => ({ because, weight: SHAPES[because] })), ...wordReasons(texts)]
}

/** What a candidate says of itself alone: cheap, and enough to see which of very many are worth a closer look. */
export function ownScore(candidate: Candidate): number {
  const own = fold(candidate.flatMap(ownWords).join(' '))
  const label = fold(candidate.flatMap(labelTexts).join(' '))
  const words = wordReasons({ own, label, beside: '', lead: '', links: '', page: '' })
  return fieldShapes(candidate).reduce((sum, shape) => sum + SHAPES[shape], scoreOf(words))
}

/** The sum of all reasons. */
export function scoreOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, reason) => sum + reason.weight, 0)
}

/** Each concept counts once, in the place where it says most; the same word in a label and a heading is one fact. */
function wordReasons(texts: Texts): Reason[] {
  const heard: Texts = { ...texts, beside: withoutAsides(texts.beside), lead: withoutAsides(texts.lead) }
  const app = (['own', 'label', 'beside', 'lead'] as const).some((place) => WORDS.authenticator.test(heard[place]))
  return CONCEPTS.flatMap((concept) => strongest(concept, heard, app) ?? [])
}

/** What it means that certain words are missing; a field that says it takes a one-time code needs none. */
function wordShapes(texts: Texts, type: string): Shape[] {
  const tells = (places: readonly Place[], concepts: readonly Concept[]): boolean =>
    places.some((place) => concepts.some((concept) => WORDS[concept].test(texts[place])))
  const shapes: Shape[] = []
  if (texts.label !== '' && !tells(['own', 'label'], [...PROVING, 'bareCode'])) shapes.push('namedOtherwise')
  if (tells(['own', 'label'], ['bareCode']) && !tells(PLACES, PROVING)) shapes.push('someOtherCode')
  if (type === 'password' && !tells(['own', 'label'], PROVING)) shapes.push('password')
  return shapes
}

function withoutAsides(text: string): string {
  return text.replace(WITHOUT_CLAUSE, ' ').replace(OTHER_WAY_CLAUSE, ' ')
}

function strongest(concept: Concept, texts: Texts, app: boolean): Reason | null {
  const weights = (app ? WEIGHTS_BESIDE_AUTHENTICATOR[concept] : undefined) ?? WEIGHTS[concept]
  let best: Reason | null = null
  for (const place of PLACES) {
    const weight = weights[place] ?? 0
    if (Math.abs(weight) <= Math.abs(best?.weight ?? 0) || !says(concept, place, texts[place])) continue
    best = { because: `${concept} ${place}`, weight }
  }
  return best
}

function says(concept: Concept, place: Place, text: string): boolean {
  if (text === '' || !WORDS[concept].test(text)) return false
  if (concept === 'unrelated') return place === 'own' || text.length <= LABEL_LENGTH
  return concept !== 'recovery' || !EITHER_CODE.test(text)
}

function ownWords(field: HTMLInputElement): string[] {
  return NAMING.map((name) => wordsOf(attribute(field, name))).filter((words) => words !== '')
}

function labelTexts(field: HTMLInputElement): string[] {
  const texts = LABELLING.map((name) => attribute(field, name))
  const labels = [...(read(field, 'labels') ?? [])].map(textOf)
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
  return (read(element, 'textContent') ?? '').slice(0, 300)
}

/** The address is read for its words, not for its numbers; queries may hold anything. */
function pageText(document: Document): string {
  const path = /^[a-z]+:\/\/[^/]*([^?#]*)/iu.exec(read(document, 'URL'))?.[1] ?? ''
  return fold(`${read(document, 'title')} . ${wordsOf(path)}`).slice(0, 400)
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

function formShapes(candidate: Candidate, isRendered: (element: Element) => boolean): Shape[] {
  const form = closestForm(candidate[0])
  const scope = form ?? documentOf(candidate[0])
  const all = form === null ? inputsOf(documentOf(candidate[0])) : [...read(form, 'querySelectorAll')('input')]
  const others = all
    .slice(0, MAX_NEIGHBOURS)
    .filter((input) => !candidate.includes(input) && isAsked(input) && isRendered(input))
  if (others.length === 0) return ['onlyField']
  const names = others.map(describe)
  const shapes: Shape[] = []
  if (names.some((name) => CARD_FIELD.test(name))) shapes.push('cardInForm')
  // Beside a password the address is who signs in, not where a code is sent.
  if (
    isElement(scope) &&
    !names.some((name) => name.endsWith(' password')) &&
    names.some((name) => CONTACT_FIELD.test(name) && !WORDS.code.test(name))
  ) {
    shapes.push('contactInForm')
  }
  return shapes
}

const CARD_FIELD = /cc-number|card ?num|cardnumber|ccnum|card no|credit card|卡号|カード番号|카드/u
const CONTACT_FIELD = /phone|mobile|\btel\b|\btel$|e-?mail|手机|手機|邮箱|電話|电话|メール|휴대|이메일|telefon|correo/u

/** A short description of a neighbour; its type stands last. */
function describe(input: HTMLInputElement): string {
  const words = [...ownWords(input), ...labelTexts(input), attribute(input, 'autocomplete')].join(' ')
  return fold(`${words} ${typeOf(input)}`)
}

function isAsked(input: Element): boolean {
  return !/^(?:hidden|submit|button|reset|image|checkbox|radio|file|range|color)$/u.test(typeOf(input))
}

function closestForm(field: Element): Element | null {
  return read(field, 'closest')('form')
}

const CAPTCHA = /captcha|verif|v-?code|check-?code|auth-?code|rand|yzm|kaptcha|验证|驗證|看不清|認証/iu

function isCaptcha(picture: Element): boolean {
  const words = ['id', 'class', 'alt', 'title', 'src', 'name'].map((name) => attribute(picture, name))
  // A data URL is the picture itself, not a name for it.
  return words.some((word) => !word.startsWith('data:') && CAPTCHA.test(word))
}
