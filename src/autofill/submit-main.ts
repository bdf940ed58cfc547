import { watchSubmit } from './submit'
import type { SubmitWatch } from './submit'

declare global {
  /** Present in the isolated world of a document into which `autofill/submit-main` was injected: the watch over one fill. */
  var latchkeySubmit: SubmitWatch | undefined
}

// Each fill has a watch of its own. A page's element can bear this id; only an own property is ours.
Object.defineProperty(globalThis, 'latchkeySubmit', {
  value: watchSubmit(document, performance),
  configurable: true,
})
