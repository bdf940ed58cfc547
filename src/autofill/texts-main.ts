import { shownTexts } from './shown-texts'

declare global {
  /** Present in the isolated world of a document into which `autofill/texts-main` was injected. */
  var latchkeyTexts: (() => readonly string[]) | undefined
}

// A page's element can bear this id; only an own property is ours.
if (!Object.hasOwn(globalThis, 'latchkeyTexts')) {
  Object.defineProperty(globalThis, 'latchkeyTexts', { value: () => shownTexts(document) })
}
