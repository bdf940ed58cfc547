/** How many elements of a page are looked at in search of shadow roots; beyond this only the document itself counts. */
const MAX_ELEMENTS = 20_000
/** How many roots wait to be looked into; with so many in sight nothing further is searched for more. */
const MAX_ROOTS = 300

type Getter = (node: object) => unknown

const getters = new WeakMap<object, Map<PropertyKey, Getter>>()

/**
 * Reads a member of a node from its prototypes. A page can shadow the members of documents and forms with named
 * elements (`<form name="querySelector">`, `<input name="parentNode">`), and would mislead us otherwise (FIL-10).
 */
export function read<N extends object, K extends keyof N>(node: N, key: K): N[K] {
  const prototype: unknown = Object.getPrototypeOf(node)
  if (typeof prototype !== 'object' || prototype === null) return node[key]
  let known = getters.get(prototype)
  if (known === undefined) getters.set(prototype, (known = new Map()))
  let getter = known.get(key)
  if (getter === undefined) known.set(key, (getter = getterFor(prototype, key)))
  return getter(node) as N[K]
}

function getterFor(prototype: object, key: PropertyKey): Getter {
  const descriptor = inherited(prototype, key)
  const { get, value } = descriptor ?? {}
  if (get !== undefined) return (node) => get.call(node) as unknown
  if (typeof value === 'function') return (node) => (value as (...args: unknown[]) => unknown).bind(node)
  return (node) => (descriptor === undefined ? Reflect.get(node, key) : value) as unknown
}

/** The descriptor of `key` on the nearest prototype that has one. */
export function inherited(prototype: object | null, key: PropertyKey): PropertyDescriptor | undefined {
  for (let level = prototype; level !== null; level = Object.getPrototypeOf(level) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(level, key)
    if (descriptor !== undefined) return descriptor
  }
  return undefined
}

/** Whether a node is an element, whatever its page calls `nodeType`. */
export function isElement(node: Node | null): node is Element {
  return node !== null && read(node, 'nodeType') === 1
}

/** The parent as the user sees it: a shadow root's is its host. Null at the document. */
export function parentElement(node: Node): Element | null {
  const parent = read(node, 'parentNode')
  if (parent === null || isElement(parent)) return parent
  // A shadow root is a document fragment (11); only it has a host.
  return read(parent, 'nodeType') === 11 ? ((parent as Partial<ShadowRoot>).host ?? null) : null
}

/** Whether `inner` is `outer` or lies in it, shadow roots included. */
export function holds(outer: Element, inner: Element): boolean {
  let at: Element | null = inner
  while (at !== null && at !== outer) at = parentElement(at)
  return at === outer
}

/** An attribute's value, or the empty string. */
export function attribute(element: Element, name: string): string {
  return read(element, 'getAttribute')(name) ?? ''
}

/** The beginning of what an element says; of much text no more is read than is asked for. */
export function beginningOf(element: Element, length: number): string {
  const walker = read(documentOf(element), 'createTreeWalker')(element, 4)
  let text = ''
  for (let left = length; left > 0 && text.length < length && walker.nextNode() !== null; left -= 1) {
    text += (walker.currentNode.nodeValue ?? '').slice(0, length)
  }
  return text.replace(/\s+/gu, ' ').trim().slice(0, length)
}

/** The document and every open shadow root in it, in document order of their hosts; ends with whether these are all. */
export function* rootsOf(document: Document): Generator<Document | ShadowRoot, boolean> {
  const waiting: (Document | ShadowRoot)[] = [document]
  let left = MAX_ELEMENTS
  let areAll = true
  for (let root = waiting.shift(); root !== undefined; root = waiting.shift()) {
    yield root
    const all = allIn(root)
    const shadowOf = shadowReader(all[0])
    let index = 0
    for (; index < all.length && left > 0 && waiting.length < MAX_ROOTS; index += 1, left -= 1) {
      const inner = shadowOf(all[index])
      if (inner !== null) waiting.push(inner)
    }
    areAll &&= index === all.length
  }
  return areAll
}

/** A document's live collection costs nothing for what is not read of it; shadow roots have none, and are small. */
function allIn(root: Document | ShadowRoot): ArrayLike<Element> {
  return 'getElementsByTagName' in root ? read(root, 'getElementsByTagName')('*') : read(root, 'querySelectorAll')('*')
}

/** One getter for all elements, since looking it up for each costs more than the reading. */
function shadowReader(some: Element | undefined): (element: Element | undefined) => ShadowRoot | null {
  const get = some === undefined ? undefined : inherited(Object.getPrototypeOf(some) as object, 'shadowRoot')?.get
  return (element) => (element === undefined ? null : ((get?.call(element) as ShadowRoot | null | undefined) ?? null))
}

/** The window a document is shown in; null for one that is shown nowhere. */
export function windowOf(document: Document): (Window & typeof globalThis) | null {
  return read(document, 'defaultView')
}

/** The document a node lives in; only a document lives in none but itself. */
export function documentOf(node: Node): Document {
  return read(node, 'ownerDocument') ?? (node as Document)
}

/** The computed style of an element, or null in a document that is shown nowhere. */
export function styleOf(element: Element): CSSStyleDeclaration | null {
  return windowOf(documentOf(element))?.getComputedStyle(element) ?? null
}

/**
 * Tells which elements are rendered at all, by computed style alone and so without layout. It remembers what it has
 * seen, so make a new one for each look at a page. Transparent text and opacity do not count: widgets paint their own.
 */
export function renderedTest(): (element: Element) => boolean {
  const known = new WeakMap<Element, boolean>()
  function boxed(element: Element): boolean {
    const chain: Element[] = []
    let shown = true
    for (let at: Element | null = element; at !== null; at = parentElement(at)) {
      const before = known.get(at)
      if (before !== undefined) {
        shown = before
        break
      }
      chain.push(at)
    }
    for (const at of chain.reverse()) known.set(at, (shown &&= hasBox(at)))
    return shown
  }
  return (element) => boxed(element) && !/^(?:hidden|collapse)$/u.test(styleOf(element)?.visibility ?? '')
}

function hasBox(element: Element): boolean {
  const has = read(element, 'hasAttribute')
  if (has('hidden') || has('inert')) return false
  const name = read(element, 'localName')
  if (name === 'dialog' && !has('open')) return false
  if (isClosedDetailsContent(element)) return false
  return (styleOf(element)?.display ?? inlineDisplay(element)) !== 'none'
}

function isClosedDetailsContent(element: Element): boolean {
  const parent = read(element, 'parentNode')
  if (!isElement(parent) || read(parent, 'localName') !== 'details') return false
  return !read(parent, 'hasAttribute')('open') && read(element, 'localName') !== 'summary'
}

function inlineDisplay(element: Element): string {
  return /display\s*:\s*none/iu.test(attribute(element, 'style')) ? 'none' : ''
}
