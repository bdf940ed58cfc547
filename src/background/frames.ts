import browser from 'webextension-polyfill'
// The address of a bundle, not code: the build makes it one classic script (ARCHITECTURE, "Builds").
// oxlint-disable-next-line import/default -- what `?iife` gives
import frameScript from '../autofill/main.ts?iife'
import type { FillReport, FrameReport } from '../autofill/frame'
import { AppError } from '../core/errors'

/** What our script saw in one frame of a tab. */
export interface SeenFrame {
  frameId: number
  report: FrameReport
}

/**
 * Puts our script into the tab's top frame and the frames of the same origin, and has each look for a code field and
 * remember `mark`. Throws `fill/page-protected` where the browser lets no script in.
 */
export async function lookIntoFrames(tabId: number, mark: string): Promise<readonly SeenFrame[]> {
  const target = { tabId, allFrames: true }
  try {
    await browser.scripting.executeScript({ target, files: [frameScript] })
    const results = await browser.scripting.executeScript({
      target,
      func: (ownMark: string) => globalThis.latchkeyAutofill?.look(ownMark),
      args: [mark],
    })
    return results.flatMap(({ frameId, result }) => (result ? [{ frameId, report: result as FrameReport }] : []))
  } catch (error) {
    throw new AppError('fill/page-protected', {}, { cause: error })
  }
}

/**
 * Has our script write `code` in the frame that was looked at with `mark`. Ids do not pin a document, so the script
 * itself compares its origin and the mark in the turn that writes (FIL-3). A frame that is gone refuses.
 */
export async function fillFrame(
  place: { tabId: number; frameId: number; origin: string; mark: string },
  code: string,
): Promise<FillReport> {
  try {
    const [result] = await browser.scripting.executeScript({
      target: { tabId: place.tabId, frameIds: [place.frameId] },
      func: (mark: string, origin: string, digits: string) => globalThis.latchkeyAutofill?.fill(mark, origin, digits),
      args: [place.mark, place.origin, code],
    })
    return (result?.result as FillReport | undefined) ?? { kind: 'refused', reason: 'fill/page-changed' }
  } catch {
    // The tab or the frame is gone, or has gone where we may not follow.
    return { kind: 'refused', reason: 'fill/page-changed' }
  }
}

/** Texts shaped like a recovery code in the tab's top frame and the frames of its origin. */
export async function recoveryCodesIn(tabId: number): Promise<readonly string[]> {
  const frames = await lookIntoFrames(tabId, '')
  // A granted MFA host may let our script into its frames on other sites, too.
  const frameIds = frames.filter(({ report }) => report.sameOriginChain).map(({ frameId }) => frameId)
  const results = await browser.scripting.executeScript({
    target: { tabId, frameIds },
    func: () => globalThis.latchkeyAutofill?.recoveryCodes(),
  })
  return [...new Set(results.flatMap(({ result }) => (result as string[] | null) ?? []))]
}
