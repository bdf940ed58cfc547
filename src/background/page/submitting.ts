// oxlint-disable-next-line import/default -- what `?iife` gives
import submitScript from '../../autofill/submit-main.ts?iife'
import { injected } from './frames'

/** Begins to watch a frame before a code is typed into it, so that what the page then does by itself is seen. */
export async function watchFrame(tabId: number, frameId: number): Promise<void> {
  const target = { tabId, frameIds: [frameId] }
  try {
    await injected({ target, files: [submitScript] })
    await injected({ target, func: () => globalThis.latchkeySubmit?.watch() })
  } catch {
    // A page that is gone refuses the fill as well, which says it better.
  }
}

/** Has the form sent, if the page does not do so by itself. Nobody waits for it. */
export async function submitFrame(tabId: number, frameId: number): Promise<void> {
  await injected({
    target: { tabId, frameIds: [frameId] },
    func: () => globalThis.latchkeySubmit?.submitIfQuiet(),
  })
    // Gone, because it was sent: what was wished for.
    .catch(() => undefined)
}
