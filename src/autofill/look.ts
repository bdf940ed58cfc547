import { read, renderedTest } from './dom'
import type { SeenField } from './frame'

/** What one look at a document needs again and again, each gathered once: a page may hold a million nodes (FIL-10). */
export interface Look {
  /** The inputs of the document and its open shadow roots, the first of very many. */
  readonly inputs: readonly HTMLInputElement[]
  /** Whether every part of the document was looked into; of a very large one some are passed over. */
  readonly isWhole: boolean
  isRendered(element: Element): boolean
  labelsOf(field: Element): readonly Element[]
  /** What was read of a field, so that it is read once, however many it stands beside. */
  readonly described: Map<Element, SeenField>
}

const MAX_INPUTS = 2_000
const MAX_LABELS = 300

/** Begins a look at a document's roots; what changes on the page meanwhile is not seen. */
export function lookAt(found: Iterator<Document | ShadowRoot, boolean | undefined>): Look {
  const roots: (Document | ShadowRoot)[] = []
  let next = found.next()
  for (; next.done !== true; next = found.next()) roots.push(next.value)
  const labels = byField(firstOf<HTMLLabelElement>(roots, 'label', MAX_LABELS))
  return {
    inputs: firstOf(roots, 'input', MAX_INPUTS),
    isWhole: next.value === true,
    isRendered: renderedTest(),
    labelsOf: (field) => labels.get(field) ?? [],
    described: new Map(),
  }
}

/** The first elements of a name. */
function firstOf<E extends Element>(roots: readonly (Document | ShadowRoot)[], name: string, most: number): E[] {
  const found: E[] = []
  for (const root of roots) {
    // Of a list that may be very long no more is read than is wanted.
    found.push(...(Array.prototype.slice.call(read(root, 'querySelectorAll')(name), 0, most - found.length) as E[]))
  }
  return found
}

/** A field's own list of labels is gathered anew from the whole document each time it is asked for. */
function byField(labels: readonly HTMLLabelElement[]): ReadonlyMap<Element, readonly Element[]> {
  const found = new Map<Element, Element[]>()
  for (const label of labels) {
    const field = read(label, 'control')
    if (field !== null) found.set(field, [...(found.get(field) ?? []), label])
  }
  return found
}
