import browser from 'webextension-polyfill'
// oxlint-disable-next-line import/default -- what `?iife` gives
import pickScript from '../autofill/pick-main.ts?iife'
import { boundedCandidate } from '../autofill/bounded'
import type { SeenCandidate } from '../autofill/frame'
import { taughtFrom } from '../autofill/taught'
import { AppError } from '../core/errors'
import { announce } from '../rpc/client'
import { liveEntries } from './entries'
import { topOrigin } from './fields'
import { lookIntoFrames } from './frames'
import { matching } from './page-view'
import { rememberField } from './site-memory'

/** A browser stops an idle background after 30 s; a call of its interface in between keeps it. */
const KEEP_ALIVE_MS = 20_000

/**
 * Lets the user point at the code field on the page in a tab, and remembers it for that site. Answers once he can; the
 * popup may close meanwhile. Throws `fill/page-protected`, and `fill/no-matching-account` where nothing could be filled.
 */
export async function pickField(tabId: number): Promise<void> {
  const frames = await lookIntoFrames(tabId, '')
  const origin = topOrigin(frames)
  if (origin === null) throw new AppError('fill/page-protected')
  if (matching(await liveEntries(), origin).length === 0) throw new AppError('fill/no-matching-account')
  const frameIds = frames.filter(({ report }) => report.sameOriginChain).map(({ frameId }) => frameId)
  await browser.scripting.executeScript({ target: { tabId, frameIds }, files: [pickScript] })
  void remember(tabId, frameIds, origin).catch(() => undefined)
}

/** Whoever locks the vault or leaves the page meanwhile has given up. */
async function remember(tabId: number, frameIds: number[], origin: string): Promise<void> {
  const awake = setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_MS)
  try {
    const hint = browser.i18n.getMessage('pick_hint')
    // In one frame the user points, or gives up; the others wait for him in vain.
    const picked = await Promise.race(frameIds.map((frameId) => pickedIn(tabId, frameId, hint)))
    await stopPicking(tabId, frameIds)
    if (picked === null) return
    await rememberField(origin, taughtFrom(picked))
    await announce('fill-changed')
    // Not every browser opens it unasked; whoever opens it himself finds the field in it as well.
    await browser.action.openPopup().catch(() => undefined)
  } finally {
    clearInterval(awake)
  }
}

async function pickedIn(tabId: number, frameId: number, hint: string): Promise<SeenCandidate | null> {
  const [result] = await browser.scripting.executeScript({
    target: { tabId, frameIds: [frameId] },
    func: (words: string) => globalThis.latchkeyPick?.start(words),
    args: [hint],
  })
  return boundedCandidate(result?.result)
}

async function stopPicking(tabId: number, frameIds: number[]): Promise<void> {
  // A frame that is gone does not point any more.
  await browser.scripting
    .executeScript({ target: { tabId, frameIds }, func: () => globalThis.latchkeyPick?.stop() })
    .catch(() => undefined)
}
