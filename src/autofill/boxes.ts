import { attribute, beginningOf, holds, parentElement } from './dom'
import { typeOf } from './field'
import type { Look } from './look'

/** The one field, or the boxes, that might take a code. */
export type Candidate = readonly [HTMLInputElement, ...HTMLInputElement[]]

const FEWEST = 5
const MOST = 8
/** How far apart in the tree two boxes of one code may hang. */
const MAX_HEIGHT = 4

/**
 * Puts fields that follow each other and look alike into groups: the boxes of one code. A field that stands alone is
 * returned as it is; a row of boxes of another number than a code has is left out.
 */
export function groupBoxes(fields: readonly HTMLInputElement[], look: Look): Candidate[] {
  const groups: [HTMLInputElement, ...HTMLInputElement[]][] = []
  for (const field of fields) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group !== undefined && last !== undefined && isNextBox(last, field, look)) group.push(field)
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

function isNextBox(before: HTMLInputElement, after: HTMLInputElement, look: Look): boolean {
  if (!isBoxLike(after) || !isBoxLike(before)) return false
  return (
    typeOf(before) === typeOf(after) &&
    !look.labelsOf(after).some(isName) &&
    signature(before) === signature(after) &&
    spoken(before).endsWith(spoken(after)) &&
    close(before, after)
  )
}

/** The last box may say 1 while the first takes the whole code for the sake of pasting. */
function isBoxLike(field: HTMLInputElement): boolean {
  if (isBoxLength(field)) return true
  const length = attribute(field, 'maxlength')
  if (length !== '' && !/^[5-8]$/u.test(length)) return false
  return /\bone-time-code\b/iu.test(attribute(field, 'autocomplete')) || isNumbered(field) || isSmall(field)
}

/** Names that count: `2fa1`, `code-0`, "digit 3 of 6". */
function isNumbered(field: Element): boolean {
  return ['id', 'name', 'aria-label', 'data-index', 'data-id'].some((name) => /\d/u.test(attribute(field, name)))
}

function isSmall(field: Element): boolean {
  const classes = attribute(field, 'class')
  return /\b(?:otp|digit|box|pin|code)|\bw-(?:8|9|1[0-6])\b/iu.test(classes) || attribute(field, 'size') === '1'
}

/** What two boxes of one code share once the numbers are taken out of their names. */
function signature(field: Element): string {
  return `${unnumbered(field, 'name')}|${attribute(field, 'inputmode')}`
}

/** What is read out for a box without its number; for the first box more may be said than for the others. */
function spoken(field: Element): string {
  return unnumbered(field, 'aria-label')
}

function unnumbered(field: Element, name: string): string {
  const text = attribute(field, name).toLowerCase()
  return text.replace(/\d+|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth)\b/gu, '#')
}

/** Boxes that each have a visible label of their own are fields of a form. */
function isName(label: Element): boolean {
  return beginningOf(label, 60).replace(/[\d\s]/gu, '').length > 12
}

function close(before: Element, after: Element): boolean {
  let holder: Element | null = after
  for (let height = 0; height < MAX_HEIGHT && holder !== null; height += 1) holder = parentElement(holder)
  return holder === null || holds(holder, before)
}
