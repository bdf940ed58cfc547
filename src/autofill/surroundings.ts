import { STOP } from '../core/code-field'
import { attribute, beginningOf, documentOf, holds, isElement, parentElement, read } from './dom'

/** What stands around a field, as the user reads it. */
export interface Surroundings {
  /** The text next to the field, up to the next field. */
  readonly beside: string
  /** Headings and sentences further out. */
  readonly lead: string
  /** Links and buttons around: other ways to sign in, mostly. */
  readonly links: string
  /** Pictures and canvases next to the field. */
  readonly pictures: readonly Element[]
}

const MAX_LEVELS = 16
const MAX_NODES = 600
const LEAD_LENGTH = 700
const LINKS_LENGTH = 500
const LINK_LENGTH = 120
const BESIDE_LENGTH = 200

/** What shows no words, or words of its own. */
export const SKIPPED: ReadonlySet<string> = new Set(
  'script style noscript template select option datalist textarea nav footer iframe object svg video audio'.split(' '),
)

/**
 * Reads outwards from a field (or from the element that holds its boxes): the siblings before and after it, then its
 * parent's, and so on to the page or the dialog it is in. It stops when it has read enough.
 */
export function surroundings(start: Element, isRendered: (element: Element) => boolean): Surroundings {
  const reader = new Reader(start, isRendered)
  reader.inside(start)
  let at: Element | null = start
  for (let level = 0; at !== null && level < MAX_LEVELS && !isBoundary(at) && !reader.full; level += 1) {
    reader.siblings(at, level)
    at = parentElement(at)
  }
  return reader.read()
}

/** What lies behind a dialog, or outside the body, does not belong to the field. */
function isBoundary(element: Element): boolean {
  const name = read(element, 'localName')
  return name === 'body' || name === 'dialog' || /^(?:alert)?dialog$/u.test(attribute(element, 'role'))
}

class Reader {
  readonly #start: Element
  readonly #isRendered: (element: Element) => boolean
  readonly #besideTexts: string[] = []
  readonly #leadTexts: string[] = []
  readonly #linkTexts: string[] = []
  readonly #pictures: Element[] = []
  #besideLevel = -1
  #isOutside = false
  #crossed = false
  #nodesLeft = MAX_NODES
  #leadLength = 0
  #linksLength = 0

  constructor(start: Element, isRendered: (element: Element) => boolean) {
    this.#start = start
    this.#isRendered = isRendered
  }

  get full(): boolean {
    return this.#nodesLeft <= 0 || this.#leadLength >= LEAD_LENGTH
  }

  read(): Surroundings {
    return {
      beside: this.#besideTexts.join(STOP),
      lead: this.#leadTexts.join(STOP),
      links: this.#linkTexts.join(STOP),
      pictures: this.#pictures,
    }
  }

  /** The texts within the element that holds the boxes; nothing for a single field. */
  inside(element: Element): void {
    this.#keep(this.#textOf(element), 0)
  }

  /** What stands below the form is read as links are: it speaks of other ways, and of the house. */
  siblings(at: Element, level: number): void {
    this.#isOutside ||= read(at, 'localName') === 'form'
    for (const way of ['previousSibling', 'nextSibling'] as const) {
      for (let node = read(at, way); node !== null && !this.full; node = read(node, way)) {
        const text = this.#textOf(node)
        if (this.#isOutside && way === 'nextSibling') this.#keepLink(text.slice(0, LINK_LENGTH))
        else this.#keep(text, level)
      }
    }
  }

  /** The nearest text up to another field is beside; what comes from further out leads. */
  #keep(text: string, level: number): void {
    if (text === '') return
    if (this.#besideLevel === -1 && !this.#crossed) this.#besideLevel = level
    const near = !this.#crossed && level <= this.#besideLevel && text.length <= BESIDE_LENGTH
    ;(near ? this.#besideTexts : this.#leadTexts).push(text.slice(0, LEAD_LENGTH))
    this.#leadLength += text.length
  }

  #textOf(root: Node): string {
    const texts: string[] = []
    // The walker never asks its filter about the root itself; where that holds nothing, none is needed.
    if (this.#visit(root, texts) === 2) return ''
    if (read(root, 'firstChild') !== null) {
      const walker = read(documentOf(root), 'createTreeWalker')(root, 5, (node) => this.#visit(node, texts))
      while (this.#nodesLeft > 0 && walker.nextNode() !== null);
    }
    return texts.join(' ').replace(/\s+/gu, ' ').trim()
  }

  /** Accepts (1) or rejects with all its content (2), keeping what it says. */
  #visit(node: Node, texts: string[]): 1 | 2 {
    this.#nodesLeft -= 1
    if (this.#nodesLeft < 0) return 2
    if (!isElement(node)) {
      // A comment (8) is for the author alone.
      if (read(node, 'nodeType') !== 8) texts.push((node.nodeValue ?? '').slice(0, LEAD_LENGTH))
      return 1
    }
    const name = read(node, 'localName')
    if (SKIPPED.has(name) || !this.#isRendered(node)) return 2
    if (name === 'input') return this.#visitInput(node)
    if (name === 'img' || name === 'canvas') this.#pictures.push(...(this.#crossed ? [] : [node]))
    if (isLink(node, name)) return this.#visitLink(node)
    return name === 'label' && this.#labelsAnother(node) ? 2 : 1
  }

  #visitInput(input: Element): 2 {
    const type = attribute(input, 'type').toLowerCase()
    if (type === 'submit' || type === 'button') this.#keepLink(attribute(input, 'value').slice(0, LINK_LENGTH))
    else if (!/^(?:hidden|checkbox|radio)$/u.test(type) && !holds(this.#start, input)) this.#crossed = true
    return 2
  }

  #visitLink(link: Element): 2 {
    this.#keepLink(beginningOf(link, LINK_LENGTH))
    return 2
  }

  #keepLink(text: string): void {
    if (text === '' || this.#linksLength > LINKS_LENGTH) return
    this.#linkTexts.push(text)
    this.#linksLength += text.length
  }

  /** The label of another field speaks of that one. */
  #labelsAnother(label: Element): boolean {
    const id = attribute(label, 'for')
    if (id === '') return read(label, 'querySelector')('input, select, textarea') !== null && !holds(label, this.#start)
    const root = read(label, 'getRootNode')() as Document | ShadowRoot
    const target = read(root, 'getElementById')(id)
    return target !== null && !holds(this.#start, target)
  }
}

function isLink(element: Element, name: string): boolean {
  return /^(?:a|button|summary)$/u.test(name) || /^(?:button|link|tab|menuitem)$/u.test(attribute(element, 'role'))
}
