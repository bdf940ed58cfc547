import { groupBoxes } from './boxes'
import { attribute, read } from './dom'
import { factsOf, ownFacts } from './facts'
import type { Candidate } from './facts'
import { reasonsFor, scoreOf } from './judge'
import type { Facts, Reason, Rules } from './judge'
import { lookAt } from './look'
import type { Look } from './look'

/** A candidate with what speaks for and against it. */
export interface Judged {
  readonly fields: Candidate
  readonly facts: Facts
  readonly reasons: readonly Reason[]
  readonly score: number
}

/** More than any sign-in page has: of so many fields only those that hint at a code count, and the likeliest are read. */
const MAX_FIELDS = 60
const MAX_CANDIDATES = 8

const TEXT_LIKE = new Set(['', 'text', 'tel', 'number', 'password'])

/** The fields that take a TOTP code, none where nothing does. Never throws: a page that breaks it has no code field. */
export function findFields(document: Document, rules: Rules): readonly HTMLInputElement[] {
  const best = judgeFields(document, rules)[0]
  return best !== undefined && best.score >= rules.threshold ? best.fields : []
}

/** All candidates of a document, the likeliest first; equals stay in document order. */
export function judgeFields(document: Document, rules: Rules): Judged[] {
  try {
    const look = lookAt(document)
    const all = look.inputs.filter(mayTakeCode)
    const fields = (all.length > MAX_FIELDS ? all.filter(isHinted).slice(0, MAX_FIELDS) : all).filter(look.isRendered)
    return likeliest(groupBoxes(fields, look).filter(isUsable), look, rules)
      .map((candidate) => judge(candidate, factsOf(candidate, look), rules))
      .sort((a, b) => b.score - a.score)
  } catch {
    // The page's nodes are foreign: whatever breaks here must not reach the page or stop the popup (FIL-10).
    return []
  }
}

function likeliest(candidates: Candidate[], look: Look, rules: Rules): Candidate[] {
  if (candidates.length <= MAX_CANDIDATES) return candidates
  const ranked = candidates
    .map((candidate) => judge(candidate, ownFacts(candidate, look), rules))
    .sort((a, b) => b.score - a.score)
  const chosen = new Set(ranked.slice(0, MAX_CANDIDATES).map(({ fields }) => fields))
  return candidates.filter((candidate) => chosen.has(candidate))
}

function judge(fields: Candidate, facts: Facts, rules: Rules): Judged {
  const reasons = reasonsFor(facts, rules)
  return { fields, facts, reasons, score: scoreOf(reasons) }
}

function mayTakeCode(input: HTMLInputElement): boolean {
  // An unknown type is a text field to the browser.
  const type = read(input, 'type')
  if (!TEXT_LIKE.has(type)) return false
  return !/^(?:current|new)-password$|^cc-|^tel\b|^email$|^username$|postal|address/iu.test(
    attribute(input, 'autocomplete'),
  )
}

function isHinted(input: Element): boolean {
  return ['id', 'name', 'autocomplete'].some((name) => /otp|code|fa|auth|token|pin/iu.test(attribute(input, name)))
}

/** A single field that is locked wants nothing now; boxes may be locked until they are reached. */
function isUsable([field, ...others]: Candidate): boolean {
  if (others.length > 0) return true
  return !read(field, 'readOnly') && !read(field, 'disabled') && read(field, 'closest')('fieldset[disabled]') === null
}
