import { recoveryCodesIn } from './recovery-codes'

declare global {
  /** Present in the isolated world of a document into which `autofill/recovery-main` was injected. */
  var latchkeyRecoveryCodes: (() => string[]) | undefined
}

// A page's element can bear this id; only an own property is ours.
if (!Object.hasOwn(globalThis, 'latchkeyRecoveryCodes')) {
  Object.defineProperty(globalThis, 'latchkeyRecoveryCodes', { value: () => recoveryCodesIn(document) })
}
