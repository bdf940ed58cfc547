import { leave } from './leave'
import { watchSubmit } from './submit'
import type { SubmitWatch, Submitted } from './submit'

/** What watches over one fill in this document, and sends its form. */
export interface LatchkeySubmit {
  watch(): void
  /** Called by the script that fills, which runs in the same isolated world. */
  filled(fields: readonly HTMLInputElement[]): void
  submitIfQuiet(): Promise<Submitted | null>
  end(): void
}

declare global {
  /** Present in the isolated world of a document into which `autofill/submit-main` was injected. */
  var latchkeySubmit: LatchkeySubmit | undefined
}

let watching: SubmitWatch | null = null

const submitter: LatchkeySubmit = {
  watch() {
    watching?.stop()
    watching = watchSubmit(document, performance)
  },
  filled(fields) {
    watching?.filled(fields)
  },
  async submitIfQuiet() {
    const watch = watching
    watching = null
    return (await watch?.submitIfQuiet()) ?? null
  },
  end() {
    watching?.stop()
  },
}

leave('latchkeySubmit', submitter)
