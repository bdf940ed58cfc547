import { attribute, parentElement, read, rootsOf } from './dom'
import { lookAt } from './look'

const MAX_NODES = 3_000
const MAX_TEXTS = 200
const LEAST_LENGTH = 3
const MOST_LENGTH = 80

/**
 * The short texts that the user can see, and what stands in the fields for names and addresses: among them a page says
 * who is signing in. Which of them is an account's name is for the background to know.
 */
export function shownTexts(document: Document): string[] {
  try {
    const { inputs, isRendered } = lookAt(rootsOf(document))
    const names = inputs.filter((input) => isNameField(input) && isRendered(input)).map((input) => read(input, 'value'))
    return [...names.filter(isShort), ...textsOf(document, isRendered)].slice(0, MAX_TEXTS)
  } catch {
    // The page's nodes are foreign; without its texts the order of accounts is a little worse.
    return []
  }
}

function isNameField(input: HTMLInputElement): boolean {
  const named = ['name', 'id', 'autocomplete'].some((name) => /user|mail|login|account/iu.test(attribute(input, name)))
  return /^(?:email|text)$/u.test(read(input, 'type')) && (named || read(input, 'type') === 'email')
}

function textsOf(document: Document, isRendered: (element: Element) => boolean): string[] {
  const walker = read(document, 'createTreeWalker')(document, 4)
  const texts: string[] = []
  for (let left = MAX_NODES; left > 0 && texts.length < MAX_TEXTS && walker.nextNode() !== null; left -= 1) {
    const text = (walker.currentNode.nodeValue ?? '').trim()
    const parent = parentElement(walker.currentNode)
    if (isShort(text) && parent !== null && !isCode(parent) && isRendered(parent)) texts.push(text)
  }
  return texts
}

function isShort(text: string): boolean {
  return text.length >= LEAST_LENGTH && text.length <= MOST_LENGTH
}

function isCode(element: Element): boolean {
  return /^(?:script|style|template|noscript|title)$/u.test(read(element, 'localName'))
}
