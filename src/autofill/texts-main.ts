import { leave } from './leave'
import { shownTexts } from './shown-texts'

declare global {
  /** Present in the isolated world of a document into which `autofill/texts-main` was injected. */
  var latchkeyTexts: (() => readonly string[]) | undefined
}

leave('latchkeyTexts', () => shownTexts(document))
