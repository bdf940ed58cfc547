import { documentOf, parentElement, read, renderedTest, rootsOf } from './dom'

const RECOVERY_CODE = /(?<![\da-z-])[\da-f]{4}(?:-[\da-f]{4}){5}(?![\da-z-])/giu
/** Beyond this many text nodes a page is not read. */
const MAX_TEXTS = 100_000

/** The distinct texts of the document that have the shape of the MFA server's recovery codes, and that the user can see. */
export function recoveryCodesIn(document: Document): string[] {
  const isRendered = renderedTest()
  const found = new Set<string>()
  for (const root of rootsOf(document)) {
    for (const [text, element] of textsIn(root)) {
      const codes = text.match(RECOVERY_CODE)
      if (codes !== null && isRendered(element)) for (const code of codes) found.add(code)
    }
  }
  return [...found]
}

function* textsIn(root: Document | ShadowRoot): Generator<readonly [string, Element]> {
  const document = read(root, 'nodeType') === 9 ? (root as Document) : documentOf(root)
  const walker = read(document, 'createTreeWalker')(root, 4)
  for (let left = MAX_TEXTS; left > 0 && walker.nextNode() !== null; left -= 1) {
    const parent = parentElement(walker.currentNode)
    if (parent !== null && !isCode(parent)) yield [walker.currentNode.nodeValue ?? '', parent]
  }
  for (const input of read(root, 'querySelectorAll')('input, textarea') as NodeListOf<HTMLInputElement>) {
    if (read(input, 'readOnly')) yield [read(input, 'value'), input]
  }
}

function isCode(element: Element): boolean {
  return /^(?:script|style|template|noscript)$/u.test(read(element, 'localName'))
}
