import type { PickedIn } from './frame'
import { leave } from './leave'
import { hasSameOriginChain, originOfFrame } from './origin'
import { pick } from './pick'

/** What lets the user point at a field in this document. */
export interface LatchkeyPick {
  start(hint: string, missed: string): Promise<PickedIn>
  end(): void
}

declare global {
  /** Present in the isolated world of a document into which `autofill/pick-main` was injected. */
  var latchkeyPick: LatchkeyPick | undefined
}

/** Nobody points for longer; whoever forgot about it gets his page back. */
const LONGEST_MS = 60_000

let picking = new AbortController()

const picker: LatchkeyPick = {
  async start(hint, missed) {
    picking.abort()
    picking = new AbortController()
    const { signal } = picking
    AbortSignal.timeout(LONGEST_MS).addEventListener('abort', () => signal === picking.signal && picker.end())
    const candidate = await pick(document, { hint, missed }, signal)
    return { origin: hasSameOriginChain() ? originOfFrame() : 'null', candidate }
  },
  end: () => picking.abort(),
}

leave('latchkeyPick', picker)
