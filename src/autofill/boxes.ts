import { attribute, documentOf, holds, parentElement, read } from './dom'
import { typeOf } from './field'

/** The one field, or the boxes, that might take a code. */
export type Candidate = readonly [HTMLInputElement, ...HTMLInputElement[]]

const FEWEST = 5
const MOST = 8
/** How far apart in the tree two boxes of one code may hang. */
const MAX_HEIGHT = 4
/** "Digit 2 of 6" may stand between two boxes; what says more names another field. */
const MOST_LETTERS = 12

/**
 * Puts fields that follow each other and look alike into groups: the boxes of one code. A field that stands alone is
 * returned as it is; a row of boxes of another number than a code has is left out.
 */
export function groupBoxes(fields: readonly HTMLInputElement[]): Candidate[] {
  const groups: [HTMLInputElement, ...HTMLInputElement[]][] = []
  for (const field of fields) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group !== undefined && last !== undefined && isNextBox(last, field)) group.push(field)
    else groups.push([field])
  }
  return groups.flatMap(asCandidates)
}

function asCandidates(group: Candidate): Candidate[] {
  if (group.length === 1) return isBoxLength(group[0]) ? [] : [group]
  if (group.length >= FEWEST && group.length <= MOST) return [group]
  return group.some(isBoxLength) ? [] : group.map((field): Candidate => [field])
}

/** One character, or two where the page wants to notice typing into a full box. */
function isBoxLength(field: Element): boolean {
  return /^[12]$/u.test(attribute(field, 'maxlength'))
}

function isNextBox(before: HTMLInputElement, after: HTMLInputElement): boolean {
  if (!isBoxLike(after) || !isBoxLike(before)) return false
  return (
    typeOf(before) === typeOf(after) &&
    attribute(before, 'inputmode') === attribute(after, 'inputmode') &&
    // The first box may have more to say than the others.
    ['name', 'aria-label'].every((name) => unnumbered(before, name).endsWith(unnumbered(after, name))) &&
    close(before, after) &&
    between(before, after).replace(/[\d\s]/gu, '').length <= MOST_LETTERS
  )
}

/** The last box may say 1 while the first takes the whole code for the sake of pasting. */
function isBoxLike(field: HTMLInputElement): boolean {
  if (isBoxLength(field)) return true
  const length = attribute(field, 'maxlength')
  if (length !== '' && !/^[5-8]$/u.test(length)) return false
  return (
    /\bone-time-code\b/iu.test(attribute(field, 'autocomplete')) ||
    isNumbered(field) ||
    isSmall(field) ||
    isNameless(field)
  )
}

/** Names that count: `2fa1`, `code-0`, "digit 3 of 6". */
function isNumbered(field: Element): boolean {
  return ['id', 'name', 'aria-label', 'data-index', 'data-id'].some((name) => /\d/u.test(attribute(field, name)))
}

function isSmall(field: Element): boolean {
  const classes = attribute(field, 'class')
  return /\b(?:otp|digit|box|pin|code)|\bw-(?:8|9|1[0-6])\b/iu.test(classes) || attribute(field, 'size') === '1'
}

/** A field for digits that has no name for anyone is one of several. */
function isNameless(field: Element): boolean {
  const isForDigits = /^(?:num|tel)/u.test(attribute(field, 'inputmode'))
  return isForDigits && ['id', 'name', 'placeholder'].every((name) => attribute(field, name).length < 2)
}

/** What its author calls a box, without its number. */
function unnumbered(field: Element, name: string): string {
  const text = attribute(field, name).toLowerCase()
  return text.replace(/\d+|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth)\b/gu, '#')
}

/** The words between two boxes; none where each is in a shadow root of its own. */
function between(before: Element, after: Element): string {
  const range = read(documentOf(before), 'createRange')()
  range.setStartAfter(before)
  range.setEndBefore(after)
  return range.toString()
}

function close(before: Element, after: Element): boolean {
  let holder: Element | null = after
  for (let height = 0; height < MAX_HEIGHT && holder !== null; height += 1) holder = parentElement(holder)
  return holder === null || holds(holder, before)
}
