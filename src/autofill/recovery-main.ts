import { leave } from './leave'
import { recoveryCodesIn } from './recovery-codes'

declare global {
  /** Present in the isolated world of a document into which `autofill/recovery-main` was injected. */
  var latchkeyRecoveryCodes: (() => string[]) | undefined
}

leave('latchkeyRecoveryCodes', () => recoveryCodesIn(document))
