import { groupBoxes } from './boxes'
import { attribute, inputsOf, read, renderedTest } from './dom'
import { ownScore, reasonsFor, scoreOf } from './evidence'
import type { Candidate, Reason } from './evidence'
import { THRESHOLD } from './rules'

/** What a look at a page found: one field, or the boxes of one code in their order. */
export interface CodeField {
  fields: HTMLInputElement[]
}

/** A candidate with what speaks for and against it. */
export interface Judged {
  readonly fields: Candidate
  readonly reasons: readonly Reason[]
  readonly score: number
}

/** More than any sign-in page has: of so many fields the first are looked at, and of those the likeliest read closely. */
const MAX_FIELDS = 150
const MAX_CANDIDATES = 12

const TEXT_LIKE = new Set(['', 'text', 'tel', 'number', 'password'])

/**
 * The field of `document` that wants a TOTP code, or null where nothing does. Needs no layout, reads through open
 * shadow roots and never throws: a page that breaks it has no code field.
 */
export function detectCodeField(document: Document): CodeField | null {
  const best = judgeFields(document)[0]
  return best !== undefined && best.score >= THRESHOLD ? { fields: [...best.fields] } : null
}

/** All candidates of a document, the likeliest first; equals stay in document order. */
export function judgeFields(document: Document): Judged[] {
  try {
    const isRendered = renderedTest()
    const fields = inputsOf(document).filter(mayTakeCode).slice(0, MAX_FIELDS).filter(isRendered)
    return likeliest(groupBoxes(fields).filter(isUsable))
      .map((candidate) => judge(candidate, isRendered))
      .sort((a, b) => b.score - a.score)
  } catch {
    // The page's nodes are foreign: whatever breaks here must not reach the page or stop the popup (FIL-10).
    return []
  }
}

function likeliest(candidates: Candidate[]): Candidate[] {
  if (candidates.length <= MAX_CANDIDATES) return candidates
  const scores = new Map(candidates.map((candidate) => [candidate, ownScore(candidate)]))
  const ranked = [...candidates].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))
  const chosen = new Set(ranked.slice(0, MAX_CANDIDATES))
  return candidates.filter((candidate) => chosen.has(candidate))
}

function judge(fields: Candidate, isRendered: (element: Element) => boolean): Judged {
  const reasons = reasonsFor(fields, isRendered)
  return { fields, reasons, score: scoreOf(reasons) }
}

function mayTakeCode(input: HTMLInputElement): boolean {
  // An unknown type is a text field to the browser.
  const type = read(input, 'type')
  if (!TEXT_LIKE.has(type)) return false
  return !/^(?:current|new)-password$|^cc-|^tel\b|^email$|^username$|postal|address/iu.test(
    attribute(input, 'autocomplete'),
  )
}

/** A single field that is locked wants nothing now; boxes may be locked until they are reached. */
function isUsable([field, ...others]: Candidate): boolean {
  if (others.length > 0) return true
  return !read(field, 'readOnly') && !read(field, 'disabled') && read(field, 'closest')('fieldset[disabled]') === null
}
