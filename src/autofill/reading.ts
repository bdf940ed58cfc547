import { STOP } from '../core/code-field'
import type { Concept, Place } from '../core/code-field'
import type { Facts } from './facts'
import type { Rules } from './rules'
import { fold } from './words'

/** What a field is called. */
export const NAMES = ['own', 'label'] as const
/** What the user reads beside it. */
export const NEAR = ['label', 'beside', 'lead'] as const
/** The concepts of which one proves that a code is wanted. */
export const PROVING: readonly Concept[] = ['authenticator', 'secondFactor', 'code']
/** The concepts by which a code goes. */
export const CALLED: readonly Concept[] = [...PROVING, 'bareCode']
/** A label is short; what is longer tells a story in which any word may occur. */
const LABEL_LENGTH = 48
/** A few words, without a label's markup. */
const NAME_BESIDE = /^[^.:]{2,30}:?$/u

/** What libraries call all boxes ("please enter your pin code"), whatever goes into them. */
const PIN = /\bpin(?: ?code)?\b/gu

/** Whether a text speaks of a concept. */
export type Says = (concept: Concept, text: string) => boolean

const patterns = new Map<string, RegExp>()

/** A pattern is compiled once. To be tested it must not be global: that one goes on from where it was. */
export function pattern(source: string, flags = 'u'): RegExp {
  let known = patterns.get(source)
  if (known === undefined) patterns.set(source, (known = new RegExp(source, flags)))
  return known
}

/** Hears the concepts by the rules' words. */
export function hearing({ words }: Rules): Says {
  return (concept, text) => text !== '' && pattern(words[concept]).test(text)
}

/** The facts with texts that can be compared. */
export function folded(facts: Facts, says: Says): Facts {
  const { own, label, beside, lead, links, page } = facts.texts
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

/** Whether a field is called one for a code of one use. */
export function isOneTime(texts: Facts['texts'], oneTime: string): boolean {
  return NAMES.some((place) => pattern(oneTime).test(texts[place]))
}

/** Whether what stands near says that a code is wanted. */
export function provesNear(texts: Facts['texts'], says: Says): boolean {
  return NEAR.some((place) => PROVING.some((concept) => says(concept, texts[place])))
}

/** Where no other word speaks of a code, a recovery code is no other way, but what is asked for. */
export function withoutAsides(texts: Facts['texts'], rules: Rules, says: Says): Facts['texts'] {
  const strike = (from: Facts['texts'], source: string): Facts['texts'] => ({
    ...from,
    beside: from.beside.replace(pattern(source, 'gu'), ' '),
    lead: from.lead.replace(pattern(source, 'gu'), ' '),
  })
  const held = strike(texts, rules.without)
  const struck = strike(held, rules.aside)
  return provesNear(struck, says) ? struck : held
}

/** Whether a text speaks of a concept in a way that counts. */
export function counts(concept: Concept, place: Place, text: string, rules: Rules, says: Says): boolean {
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
