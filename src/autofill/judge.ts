import { CONCEPTS, PLACES, STOP } from '../core/code-field'
import type { Concept, FieldReason, Place, Shape } from '../core/code-field'
import type { Facts } from './facts'
import {
  CALLED,
  counts,
  folded,
  hearing,
  isOneTime,
  NAMES,
  NEAR,
  pattern,
  provesNear,
  PROVING,
  withoutAsides,
} from './reading'
import type { Says } from './reading'
import type { Rules, Weights } from './rules'

/** A word in letters that the rules have words in. */
const READ_LETTERS =
  /[a-z\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]{3}|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]{2}/u

/** Everything that speaks for or against taking the candidate for a TOTP field. */
export function reasonsFor(seen: Facts, rules: Rules): FieldReason[] {
  const says = hearing(rules)
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
  // A "2FA password" is one that somebody chose.
  const isChosen = /passw/u.test(texts.own + texts.label) && !tells(NAMES, ['authenticator', 'code', 'bareCode'])
  if (type === 'password' && (!isCode || isChosen)) shapes.push('password')
  return shapes
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
