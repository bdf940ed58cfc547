import { showHints } from './hint'
import { END_HINT } from './frame'
import { endOn, isOrphaned, leave } from './leave'
import { originOfFrame } from './origin'

/** What shows hints in this document. */
export interface LatchkeyHint {
  /** Shows `words` beside code fields, in a document of `origin` and in no other; other words take the place of the former. */
  show(origin: string, words: string): void
  end(): void
}

declare global {
  /** Present in the isolated world of a document into which `autofill/hint-main` was injected. */
  var latchkeyHint: LatchkeyHint | undefined
}

let showing: { readonly words: string; readonly until: AbortController } | null = null

const hint: LatchkeyHint = {
  show(origin, words) {
    if (originOfFrame() !== origin || showing?.words === words) return
    hint.end()
    showing = { words, until: new AbortController() }
    // A page that the browser keeps for going back may return when nobody can end its hint any more.
    addEventListener('pagehide', hint.end, { signal: showing.until.signal })
    endOn(END_HINT, hint.end, showing.until.signal)
    showHints(document, words, showing.until, isOrphaned)
  },
  end() {
    showing?.until.abort()
    showing = null
  },
}

leave('latchkeyHint', hint)
