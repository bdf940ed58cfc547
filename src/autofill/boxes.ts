import { attribute, documentOf, holds, isElement, parentElement, read } from './dom'
import { SKIPPED } from './surroundings'

/** The one field, or the boxes, that might take a code. */
export type Candidate = readonly [HTMLInputElement, ...HTMLInputElement[]]

const FEWEST = 5
const MOST = 8
/** How far apart in the tree two boxes of one code may hang. */
const MAX_HEIGHT = 4
/** "Digit 2 of 6" may stand between two boxes; what says more names another field. */
const MOST_LETTERS = 12
/** With more than this between them two fields are no boxes of one code. */
const MOST_NODES = 200

/**
 * Puts fields that follow each other and that the user cannot tell apart into groups: the boxes of one code. A field that
 * stands alone is returned as it is; a row of boxes of another number than a code has is left out.
 */
export function groupBoxes(
  fields: readonly HTMLInputElement[],
  isRendered: (element: Element) => boolean,
): Candidate[] {
  const texts = fields.map((field, at) => {
    const before = fields[at - 1]
    return before !== undefined && areAlike(before, field) ? between(before, field, isRendered) : undefined
  })
  const groups: [HTMLInputElement, ...HTMLInputElement[]][] = []
  for (const [at, field] of fields.entries()) {
    const text = texts[at]
    // What is said of each box anew names none of them.
    const isSaidOften = texts.indexOf(text) < texts.lastIndexOf(text)
    const isOfBoxes = isSaidOften && (isBoxLength(field) || (text?.length ?? 0) <= MOST_LETTERS)
    if (text !== undefined && (text === '' || isOfBoxes)) groups.at(-1)?.push(field)
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

function areAlike(before: HTMLInputElement, after: HTMLInputElement): boolean {
  return (
    isBoxLike(after) &&
    isBoxLike(before) &&
    // Some hide each character that stands in its box.
    (isBoxLength(after) || attribute(before, 'type') === attribute(after, 'type')) &&
    lettersOf(attribute(before, 'placeholder')) === lettersOf(attribute(after, 'placeholder')) &&
    // The first box may have more to say than the others.
    unnumbered(before, 'aria-label').endsWith(unnumbered(after, 'aria-label')) &&
    close(before, after)
  )
}

/** The last box may say 1 while the first takes the whole code for the sake of pasting. */
function isBoxLike(field: HTMLInputElement): boolean {
  return isBoxLength(field) || /^[5-8]?$/u.test(attribute(field, 'maxlength'))
}

/** What its author calls a box, without its number. */
function unnumbered(field: Element, name: string): string {
  return withoutNumbers(attribute(field, name))
}

function withoutNumbers(text: string): string {
  return text.toLowerCase().replace(/\d+|\b(?:first|second|third|(?:four|fif|six|seven|eigh)th)\b/gu, '#')
}

/** The words between two boxes as the user reads them, without numbers; none where each is in a shadow root of its own. */
function between(before: Element, after: Element, isRendered: (element: Element) => boolean): string | undefined {
  let left = MOST_NODES
  let text = ''
  const visit = (node: Node): 1 | 2 => {
    left -= 1
    return left < 0 || (isElement(node) && (SKIPPED.has(read(node, 'localName')) || !isRendered(node))) ? 2 : 1
  }
  const walker = read(documentOf(before), 'createTreeWalker')(read(before, 'getRootNode')(), 5, visit)
  walker.currentNode = before
  for (let node = walker.nextNode(); node !== after; node = walker.nextNode()) {
    if (node === null) return left < 0 ? undefined : ''
    text += node.nodeValue ?? ''
  }
  return lettersOf(text)
}

function lettersOf(text: string): string {
  return withoutNumbers(text).replace(/[^\p{L}]/gu, '')
}

function close(before: Element, after: Element): boolean {
  return holds(above(after), before)
}

/** The element that holds all that stands near a field. */
export function above(field: Element): Element {
  let holder = field
  for (let height = 0; height < MAX_HEIGHT; height += 1) holder = parentElement(holder) ?? holder
  return holder
}
