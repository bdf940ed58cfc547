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
  readonly weightsBesidePassword: Readonly<Partial<Record<Concept, Weights>>>
  readonly either: string
  readonly without: string
  readonly aside: string
  readonly contactField: string
  readonly newPassword: string
  readonly cardField: string
  readonly captcha: string
  readonly captchaLink: string
  readonly plainCode: string
  readonly sixDigits: string
  readonly otherCode: string
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
const NEAR = ['label', 'beside', 'lead'] as const
const PROVING: readonly Concept[] = ['authenticator', 'secondFactor', 'code']
const CALLED: readonly Concept[] = [...PROVING, 'bareCode']
/** A label is short; what is longer tells a story in which any word may occur. */
const LABEL_LENGTH = 48
/** A few words, without a label's markup. */
const NAME_BESIDE = /^[^.:]{2,30}:?$/u

/** A word in letters that the rules have words in. */
const READ_LETTERS =
  /[a-z\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]{3}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]{2}/u

const PIN = /\bpin(?: ?code)?\b/gu

const patterns = new Map<string, RegExp>()

/** A pattern is compiled once. To be tested it must not be global: that one goes on from where it was. */
function pattern(source: string, flags = 'u'): RegExp {
  let known = patterns.get(source)
  if (known === undefined) patterns.set(source, (known = new RegExp(source, flags)))
  return known
}

/** Everything that speaks for or against taking the candidate for a TOTP field. */
export function reasonsFor(seen: Facts, rules: Rules): FieldReason[] {
  const says: Says = (concept, text) => text !== '' && pattern(rules.words[concept]).test(text)
  const facts = folded(seen, says)
  const shapes = [...facts.shapes, ...neighbourShapes(facts, rules, says)]
  if (!shapes.includes('oneTimeCode')) shapes.push(...wordShapes(facts, rules, says))
  else if (isElse(facts, says)) shapes.push('namedOtherwise')
  const isApp = NAMES.some((place) => says('authenticator', facts.texts[place]))
  const ofShapes = { ...rules.shapes, ...(isApp ? rules.shapesOfAuthenticator : {}) }
  return [
    ...shapes.map((about): FieldReason => ({ about, weight: ofShapes[about] })),
    ...wordReasons(facts, rules, says),
  ]
}

function folded(facts: Facts, says: Says): Facts {
  const { own, label, beside, lead, links, page } = facts.texts
  // Libraries call all boxes those of a PIN ("please enter your pin code"), whatever goes into them.
  const said = (text: string): string => (facts.boxes > 1 ? fold(text).replace(PIN, ' ') : fold(text))
  const texts = {
    own: said(own),
    label: said(label),
    beside: fold(beside),
    lead: fold(lead),
    links: fold(links),
    page: fold(page),
  }
  return {
    ...facts,
    texts: facts.boxes === 1 && !/\p{L}/u.test(texts.label) ? named(texts, says) : texts,
    neighbours: facts.neighbours.map(fold),
    pictures: facts.pictures.map(fold),
  }
}

/** What stands nearest to a field without a label is its label, where it ends as one does or says what code it is for. */
function named(texts: Facts['texts'], says: Says): Facts['texts'] {
  const [nearest = '', ...others] = texts.beside.split(STOP)
  const isName =
    NAME_BESIDE.test(nearest) && (nearest.endsWith(':') || PROVING.some((concept) => says(concept, nearest)))
  return isName ? { ...texts, label: nearest, beside: others.join(STOP) } : texts
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
  if (!neighbours.some(isPassword) && neighbours.some(isContact)) shapes.push('contactInForm')
  const shown = pictures.some((words) => pattern(rules.captcha).test(words))
  if ((shown || pattern(rules.captchaLink).test(texts.links)) && !says('authenticator', texts.label)) {
    shapes.push('captchaPicture')
  }
  return shapes
}

/** What is asked for in letters that we read is no code, whatever the field looks like. */
function isElse({ texts, boxes }: Facts, says: Says): boolean {
  const asked = boxes > 1 ? texts.beside + texts.lead : texts.label
  const isCode = PLACES.some((place) => CALLED.some((concept) => says(concept, texts[place])))
  return READ_LETTERS.test(asked) && !isCode
}

/** What it means that certain words are missing; a field that says it takes a one-time code needs none. */
function wordShapes(facts: Facts, rules: Rules, says: Says): Shape[] {
  const { texts, boxes, type, neighbours } = facts
  const { plainCode, sixDigits, oneTime, token } = rules
  const tells = (places: readonly Place[], concepts: readonly Concept[]): boolean =>
    places.some((place) => concepts.some((concept) => says(concept, texts[place])))
  const shapes: Shape[] = []
  // What is said to each box counts them; what stands in a box as a pattern names nothing.
  const isNamed = boxes === 1 && texts.label.split(STOP).some((part) => /\p{L}{2}/u.test(part) && !/\d{4}/u.test(part))
  const isCalled = tells(isNamed ? NAMES : PLACES, CALLED)
  if (isNamed ? !isCalled : boxes > 1 && isElse(facts, says)) shapes.push('namedOtherwise')
  const besidePassword = neighbours.some(isPassword)
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
  const isCode = tells(NAMES, CALLED) && (isOnce || tells(PLACES, ['authenticator', 'secondFactor']))
  if (type === 'password' && !isCode) shapes.push('password')
  return shapes
}

function isOneTime(texts: Facts['texts'], oneTime: string): boolean {
  return NAMES.some((place) => pattern(oneTime).test(texts[place]))
}

/** Each concept counts once, in the place where it says most; the same word in a label and a heading is one fact. */
function wordReasons(facts: Facts, rules: Rules, says: Says): FieldReason[] {
  const heard = withoutAsides(facts.texts, rules, says)
  const weighed = weighing({ ...facts, texts: heard }, rules, says)
  // A link to another way in tells of a step only where something else does.
  const silent = provesNear(heard, says) ? '' : 'links'
  // Beside a password that is to be set, the code was sent for that.
  const set = facts.neighbours.filter((name) => pattern(rules.newPassword).test(name))
  const textOf = (concept: Concept, place: Place): string =>
    concept === 'otherPurpose' && place === 'beside' ? [heard.beside, ...set].join(STOP) : heard[place]
  return CONCEPTS.flatMap((concept) => {
    const weights = weighed(concept)
    return PLACES.filter((place) => counts(concept, place, textOf(concept, place), rules, says))
      .map((place) => ({ about: concept, place, weight: weights[place] ?? 0 }))
      .filter(({ about, place, weight }) => weight !== 0 && (about !== 'recovery' || place !== silent))
      .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
      .slice(0, 1)
  })
}

/** How much each concept says of this candidate, by place. */
function weighing(
  { texts, shapes, boxes, neighbours }: Facts,
  rules: Rules,
  says: Says,
): (concept: Concept) => Weights {
  const tellNear = (concept: Concept): boolean => NEAR.some((place) => says(concept, texts[place]))
  const isApp = tellNear('authenticator')
  // Six digits are no recovery code: what the page says of those is about another field, or shows one to be kept.
  const isSix = shapes.some((shape) => shape === 'sixLong' || shape === 'sixBoxes') && provesNear(texts, says)
  // Shops and games ask for a second factor, too.
  const isStep = tellNear('secondFactor')
  // What a library calls its boxes says nothing of the page.
  const isOnce = boxes === 1 && isOneTime(texts, rules.oneTime)
  return (concept) => {
    const isMilder = isApp || (concept === 'recovery' && isSix) || (concept === 'otherPurpose' && isStep)
    const milder = isMilder ? rules.weightsBesideAuthenticator : isOnce ? rules.weightsOfOneTime : {}
    const surer = isOnce && isSignIn(neighbours) ? rules.weightsBesidePassword : {}
    return milder[concept] ?? surer[concept] ?? rules.weights[concept]
  }
}

/** One password, and not a new one. */
function isSignIn(neighbours: Facts['neighbours']): boolean {
  const passwords = neighbours.filter(isPassword)
  return passwords.length === 1 && !passwords.some((name) => /new|confirm|repeat/u.test(name))
}

/** Each neighbour's words end with its type. */
function isPassword(name: string): boolean {
  return /(?:^| )password$/u.test(name)
}

function provesNear(texts: Facts['texts'], says: Says): boolean {
  return NEAR.some((place) => PROVING.some((concept) => says(concept, texts[place])))
}

/** Where no other word speaks of a code, a recovery code is no other way, but what is asked for. */
function withoutAsides(texts: Facts['texts'], rules: Rules, says: Says): Facts['texts'] {
  const strike = (from: Facts['texts'], source: string): Facts['texts'] => ({
    ...from,
    beside: from.beside.replace(pattern(source, 'gu'), ' '),
    lead: from.lead.replace(pattern(source, 'gu'), ' '),
  })
  const held = strike(texts, rules.without)
  const struck = strike(held, rules.aside)
  return provesNear(struck, says) ? struck : held
}

function counts(concept: Concept, place: Place, text: string, rules: Rules, says: Says): boolean {
  if (concept === 'unrelated' && place !== 'own') return isOfOther(place, text, rules)
  return says(concept, text) && (concept !== 'recovery' || !takesEither(text, rules, says))
}

/** Whether a text asks for a code or a recovery code, in this order where it is more than a name. */
function takesEither(text: string, rules: Rules, says: Says): boolean {
  const isCode = (part = ''): boolean =>
    !says('recovery', part) && (/\d{3}/u.test(part) || CALLED.some((concept) => says(concept, part)))
  return text.split(/[.!?:]/u).some((sentence) => {
    const [first, second, ...more] = sentence.split(pattern(rules.either))
    if (isCode(first) && says('recovery', second ?? '')) return true
    return sentence.length <= LABEL_LENGTH && says('recovery', first ?? '') && [second, ...more].some(isCode)
  })
}

/** Of the texts beside a field each is read for itself: a short one names it; a long one must speak of such a code. */
function isOfOther(place: Place, text: string, { words, otherCode }: Rules): boolean {
  const isShort = (part: string): boolean => place !== 'lead' && part.length <= LABEL_LENGTH
  return text
    .split(STOP)
    .some((part) => (isShort(part) && pattern(words.unrelated).test(part)) || pattern(otherCode).test(part))
}
