import { CONCEPTS, PLACES, STOP } from '../core/code-field'
import type { Concept, FieldReason, Place, Shape } from '../core/code-field'
import { fold } from './words'

export type Weights = Readonly<Partial<Record<Place, number>>>

/** All that is known of code fields, as plain data; the patterns are for texts that were folded. */
export interface Rules {
  readonly words: Readonly<Record<Concept, string>>
  readonly weights: Readonly<Record<Concept, Weights>>
  readonly weightsBesideAuthenticator: Readonly<Partial<Record<Concept, Weights>>>
  readonly weightsOfOneTime: Readonly<Partial<Record<Concept, Weights>>>
  readonly eitherCode: string
  readonly aside: string
  readonly contactField: string
  readonly cardField: string
  readonly captcha: string
  readonly captchaLink: string
  readonly plainCode: string
  readonly sixDigits: string
  readonly oneTime: string
  readonly token: string
  readonly shapes: Readonly<Record<Shape, number>>
  readonly shapesOfAuthenticator: Readonly<Partial<Record<Shape, number>>>
  readonly threshold: number
}

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

type Says = (concept: Concept, text: string) => boolean

const NAMES = ['own', 'label'] as const
const PROVING: readonly Concept[] = ['authenticator', 'secondFactor', 'code']
/** A label is short; what is longer tells a story in which any word may occur. */
const LABEL_LENGTH = 48
/** A few words and a colon, without a label's markup: the field's name all the same. */
const NAME_BESIDE = /^[^.:]{2,30}:$/u

const patterns = new Map<string, RegExp>()

/** A pattern is compiled once. To be tested it must not be global: that one goes on from where it was. */
function pattern(source: string, flags = 'u'): RegExp {
  let known = patterns.get(source)
  if (known === undefined) patterns.set(source, (known = new RegExp(source, flags)))
  return known
}

/** Everything that speaks for or against taking the candidate for a TOTP field. */
export function reasonsFor(seen: Facts, rules: Rules): FieldReason[] {
  const facts = folded(seen)
  const says: Says = (concept, text) => text !== '' && pattern(rules.words[concept]).test(text)
  const shapes = [...facts.shapes, ...neighbourShapes(facts, rules, says)]
  if (!shapes.includes('oneTimeCode')) shapes.push(...wordShapes(facts, rules, says))
  const isApp = NAMES.some((place) => says('authenticator', facts.texts[place]))
  const ofShapes = { ...rules.shapes, ...(isApp ? rules.shapesOfAuthenticator : {}) }
  return [
    ...shapes.map((about): FieldReason => ({ about, weight: ofShapes[about] })),
    ...wordReasons(facts, rules, says),
  ]
}

function folded(facts: Facts): Facts {
  const { own, label, beside, lead, links, page } = facts.texts
  const texts = {
    own: fold(own),
    label: fold(label),
    beside: fold(beside),
    lead: fold(lead),
    links: fold(links),
    page: fold(page),
  }
  if (texts.label === '' && NAME_BESIDE.test(texts.beside)) [texts.label, texts.beside] = [texts.beside, '']
  return { ...facts, texts, neighbours: facts.neighbours.map(fold), pictures: facts.pictures.map(fold) }
}

/** The sum of all reasons. */
export function scoreOf(reasons: readonly FieldReason[]): number {
  return reasons.reduce((sum, reason) => sum + reason.weight, 0)
}

function neighbourShapes({ neighbours, pictures, texts }: Facts, rules: Rules, says: Says): Shape[] {
  const shapes: Shape[] = []
  if (neighbours.some((name) => pattern(rules.cardField).test(name))) shapes.push('cardInForm')
  // Beside a password the address is who signs in, not where a code is sent.
  const isContact = (name: string): boolean =>
    pattern(rules.contactField).test(name) && !says('code', name) && !says('bareCode', name)
  if (!neighbours.some((name) => name.endsWith(' password')) && neighbours.some(isContact)) shapes.push('contactInForm')
  const shown = pictures.some((words) => pattern(rules.captcha).test(words))
  if ((shown || pattern(rules.captchaLink).test(texts.links)) && !says('authenticator', texts.label)) {
    shapes.push('captchaPicture')
  }
  return shapes
}

/** What it means that certain words are missing; a field that says it takes a one-time code needs none. */
function wordShapes(
  { texts, boxes, type, neighbours }: Facts,
  { plainCode, sixDigits, oneTime, token }: Rules,
  says: Says,
): Shape[] {
  const tells = (places: readonly Place[], concepts: readonly Concept[]): boolean =>
    places.some((place) => concepts.some((concept) => says(concept, texts[place])))
  const shapes: Shape[] = []
  // What is said to each box counts them; what stands in a box as a pattern names nothing.
  const isNamed = boxes === 1 && /\p{L}{2}/u.test(texts.label)
  if (isNamed && !tells(NAMES, [...PROVING, 'bareCode'])) shapes.push('namedOtherwise')
  const besidePassword = neighbours.some((name) => name.endsWith(' password'))
  // Among fields for other things a passcode is one of those; a plain code beside a password is that of a picture.
  const isOther = besidePassword
    ? pattern(plainCode).test(texts.label)
    : neighbours.some((name) => !says('recovery', name))
  const proving: readonly Concept[] = isOther ? ['authenticator', 'secondFactor'] : PROVING
  // How long a code is proves nothing: rooms and parcels have such codes, too.
  const isToken = NAMES.some((place) => pattern(token).test(texts[place]))
  const proves = (place: Place): boolean => {
    const text = isToken ? texts[place] : texts[place].replace(pattern(sixDigits, 'gu'), ' ')
    return proving.some((concept) => says(concept, text))
  }
  if (tells(NAMES, ['bareCode']) && !PLACES.some(proves)) shapes.push('someOtherCode')
  // A passcode is a password, unless it is for one use or a second step is spoken of.
  const isOnce = isToken || isOneTime(texts, oneTime)
  const isCode = tells(NAMES, PROVING) && (isOnce || tells(PLACES, ['authenticator', 'secondFactor']))
  if (type === 'password' && !isCode) shapes.push('password')
  return shapes
}

function isOneTime(texts: Facts['texts'], oneTime: string): boolean {
  return NAMES.some((place) => pattern(oneTime).test(texts[place]))
}

/** Each concept counts once, in the place where it says most; the same word in a label and a heading is one fact. */
function wordReasons({ texts, shapes }: Facts, rules: Rules, says: Says): FieldReason[] {
  const asides = pattern(rules.aside, 'gu')
  const heard = { ...texts, beside: texts.beside.replace(asides, ' '), lead: texts.lead.replace(asides, ' ') }
  const near = (['label', 'beside', 'lead'] as const).map((place) => heard[place])
  const app = near.some((text) => says('authenticator', text))
  // Six digits are no recovery code: what the page says of those is about another field, or shows one to be kept.
  const isSix = shapes.some((shape) => shape === 'sixLong' || shape === 'sixBoxes')
  // Shops and games ask for a second factor, too.
  const isStep = near.some((text) => says('secondFactor', text))
  const reasons: FieldReason[] = []
  for (const concept of CONCEPTS) {
    const aside = app || (concept === 'recovery' && isSix) || (concept === 'otherPurpose' && isStep)
    const milder = aside
      ? rules.weightsBesideAuthenticator
      : isOneTime(texts, rules.oneTime)
        ? rules.weightsOfOneTime
        : {}
    const weights = milder[concept] ?? rules.weights[concept]
    const best = PLACES.filter((place) => says(concept, heard[place]) && counts(concept, place, heard[place], rules))
      .map((place): FieldReason => ({ about: concept, place, weight: weights[place] ?? 0 }))
      .reduce<FieldReason | null>(
        (one, other) => (Math.abs(other.weight) > Math.abs(one?.weight ?? 0) ? other : one),
        null,
      )
    if (best !== null) reasons.push(best)
  }
  return reasons
}

function counts(concept: Concept, place: Place, text: string, rules: Rules): boolean {
  if (concept === 'unrelated') return place === 'own' || isShort(place, text, rules)
  return concept !== 'recovery' || !pattern(rules.eitherCode).test(text)
}

/** Of the labels of a field each is read for itself; what stands beside it is one text. */
function isShort(place: Place, text: string, { words }: Rules): boolean {
  const parts = place === 'label' ? text.split(STOP) : [text]
  return parts.some((part) => part.length <= LABEL_LENGTH && pattern(words.unrelated).test(part))
}
