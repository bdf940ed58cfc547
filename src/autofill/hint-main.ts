import { showHints } from './hint'
import { originOfFrame } from './origin'

/** What shows hints in this document. */
export interface LatchkeyHint {
  /** Shows them, once, in a document of `origin` and in no other. */
  show(origin: string): void
  end(): void
}

declare global {
  /** Present in the isolated world of a document into which `autofill/hint-main` was injected. */
  var latchkeyHint: LatchkeyHint | undefined
}

// The native name: the polyfill would weigh more than all of this (trap 31). Unit tests load this file without a browser.
const { i18n, runtime } = globalThis.chrome ?? {}

let showing: AbortController | null = null

const hint: LatchkeyHint = {
  show(origin) {
    if (showing !== null || originOfFrame() !== origin) return
    showing = new AbortController()
    showHints(document, words(), showing.signal)
  },
  end() {
    showing?.abort()
    showing = null
  },
}

function words(): string {
  const suggested = runtime?.getManifest().commands?.['fill-code']?.suggested_key
  const keys = typeof suggested === 'string' ? suggested : (suggested?.default ?? '')
  return i18n?.getMessage('hint_fill', [keys]) ?? ''
}

// A page's element can bear this id; only an own property is ours.
if (!Object.hasOwn(globalThis, 'latchkeyHint')) Object.defineProperty(globalThis, 'latchkeyHint', { value: hint })
