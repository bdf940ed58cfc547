import { above, groupBoxes } from './boxes'
import type { Candidate } from './boxes'
import { attribute, holds, parentElement, read, rootsOf } from './dom'
import { attributesOf, describe, isHinted, isTextLike, typeOf } from './field'
import { PICTURE_ATTRIBUTES } from './frame'
import type { SeenAround, SeenCandidate, SeenField } from './frame'
import { lookAt } from './look'
import type { Look } from './look'
import { surroundings } from './surroundings'

/** More than any sign-in page has: of so many fields only those that hint at a code count. */
const MAX_FIELDS = 60
/** Beyond this many candidates only what they say of themselves is told at once. */
const MAX_READ = 8
/** A form with more fields than this is no sign-in form; what stands further down in it is not read. */
const MAX_NEIGHBOURS = 25
const MAX_PICTURES = 20

/** What one look at a document found, with the nodes it was read from. */
export interface Gathered {
  readonly look: Look
  readonly candidates: readonly Candidate[]
}

/** The fields of `document` that might take a code. Never throws: a page that breaks it has none (FIL-10). */
export function gather(document: Document): Gathered {
  try {
    const look = lookAt(rootsOf(document))
    const all = look.inputs.filter((input) => isTextLike(input) && attribute(input, 'aria-hidden') !== 'true')
    const fields = (all.length > MAX_FIELDS ? all.filter(isHinted).slice(0, MAX_FIELDS) : all).filter(look.isRendered)
    return { look, candidates: groupBoxes(fields, look.isRendered).filter(isUsable) }
  } catch {
    return { look: lookAt([].values()), candidates: [] }
  }
}

/** All that can be seen of each candidate; where there are very many, what they say of themselves. */
export function seenIn({ look, candidates }: Gathered): SeenCandidate[] {
  try {
    const few = candidates.length <= MAX_READ
    return candidates.map((candidate) => seenOf(candidate, look, few))
  } catch {
    // The page's nodes are foreign: whatever breaks here must not reach the page or stop the popup.
    return []
  }
}

/** All that can be seen of one candidate, or only what it says of itself. */
export function seenOf(candidate: Candidate, look: Look, withAround: boolean): SeenCandidate {
  const [first, ...others] = candidate
  return {
    fields: [describe(first, look), ...others.map((field) => describe(field, look))],
    focused: candidate.some(isFocused),
    around: withAround ? aroundOf(candidate, look) : null,
  }
}

function aroundOf(candidate: Candidate, look: Look): SeenAround {
  const { pictures, ...texts } = surroundings(holderOf(candidate, look), look.isRendered)
  return {
    ...texts,
    neighbours: neighboursOf(candidate, look),
    pictures: pictures.slice(0, MAX_PICTURES).map((picture) => attributesOf(picture, PICTURE_ATTRIBUTES)),
  }
}

/** The field itself, or the smallest element that holds all boxes; the first box where that holds other fields too. */
function holderOf(candidate: Candidate, look: Look): Element {
  const [first] = candidate
  let holder: Element = first
  while (!candidate.every((box) => holds(holder, box))) holder = parentElement(holder) ?? first
  const contains = read(holder, 'contains')
  const holdsOthers =
    holder !== first && look.inputs.some((input) => contains(input) && !candidate.includes(input) && isAsked(input))
  return holdsOthers ? first : holder
}

/** The other fields of the form; without one those near by. */
function neighboursOf(candidate: Candidate, look: Look): SeenField[] {
  const form = read(candidate[0], 'form')
  const isNear = read(above(candidate[0]), 'contains')
  return look.inputs
    .filter((input) => (form === null ? isNear(input) : read(input, 'form') === form))
    .slice(0, MAX_NEIGHBOURS)
    .filter((input) => !candidate.includes(input) && isAsked(input) && look.isRendered(input))
    .map((input) => describe(input, look))
}

/** What is filled in already and locked says who signs in. */
function isAsked(input: HTMLInputElement): boolean {
  return (
    !read(input, 'readOnly') &&
    !/^(?:hidden|submit|button|reset|image|checkbox|radio|file|range|color)$/u.test(typeOf(input))
  )
}

/** A single field that is locked wants nothing now; boxes may be locked until they are reached. */
function isUsable([field, ...others]: Candidate): boolean {
  if (others.length > 0) return true
  return !read(field, 'readOnly') && !read(field, 'closest')(':disabled')
}

function isFocused(field: HTMLInputElement): boolean {
  const root = read(field, 'getRootNode')() as Document | ShadowRoot
  return read(root, 'activeElement') === field
}
