import browser from 'webextension-polyfill'
// oxlint-disable-next-line import/default -- what `?iife` gives
import pickScript from '../../autofill/pick-main.ts?iife'
import { boundedPicked } from '../../autofill/bounded'
import type { PickedIn, SeenCandidate } from '../../autofill/frame'
import { taughtFrom } from '../../autofill/taught'
import { AppError } from '../../core/errors'
import { announce } from '../../rpc/client'
import { liveEntries } from '../entries'
import { topOrigin } from './fields'
import { keepRefusal } from './fill'
import { injected, lookIntoFrames } from './frames'
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
  const ready = await letPointIn(tabId, frameIds)
  if (ready.length === 0) throw new AppError('fill/page-protected')
  void remember(tabId, ready, origin).catch(() => undefined)
}

/** Brings our script into each frame; one that is gone by now is left out. */
async function letPointIn(tabId: number, frameIds: readonly number[]): Promise<number[]> {
  const ready = await Promise.all(
    frameIds.map((frameId) =>
      injected({ target: { tabId, frameIds: [frameId] }, files: [pickScript] }).then(
        () => [frameId],
        () => [],
      ),
    ),
  )
  return ready.flat()
}

/** Whoever locks the vault or leaves the page meanwhile has given up. */
async function remember(tabId: number, frameIds: number[], origin: string): Promise<void> {
  const awake = setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_MS)
  try {
    const picked = await firstPicked(tabId, frameIds)
    // The frame may have gone to another site since the look.
    if (picked.origin !== origin || picked.candidate === null) return
    await keep(tabId, origin, picked.candidate)
    await announce('fill-changed')
    // Not every browser opens it unasked; whoever opens it himself finds the field in it as well.
    await browser.action.openPopup().catch(() => undefined)
  } finally {
    clearInterval(awake)
  }
}

/** A field without a name cannot be remembered; the popup that opens next says so. */
async function keep(tabId: number, origin: string, candidate: SeenCandidate): Promise<void> {
  const field = taughtFrom(candidate)
  if (field === null) return keepRefusal(tabId, new AppError('fill/field-unnamed'))
  await rememberField(origin, field)
}

/** In one frame the user points, or gives up; the others wait for him in vain, and those that fail are not asked. */
async function firstPicked(tabId: number, frameIds: number[]): Promise<PickedIn> {
  try {
    return await Promise.any(frameIds.map((frameId) => pickedIn(tabId, frameId)))
  } finally {
    await Promise.all(frameIds.map((frameId) => stopPicking(tabId, frameId)))
  }
}

async function pickedIn(tabId: number, frameId: number): Promise<PickedIn> {
  const [result] = await browser.scripting.executeScript({
    target: { tabId, frameIds: [frameId] },
    func: (hint: string, missed: string) => globalThis.latchkeyPick?.start(hint, missed),
    args: [browser.i18n.getMessage('pick_hint'), browser.i18n.getMessage('pick_missed')],
  })
  const picked = boundedPicked(result?.result)
  if (picked === null) throw new AppError('fill/page-changed')
  return picked
}

async function stopPicking(tabId: number, frameId: number): Promise<void> {
  // A frame that is gone does not point any more.
  await injected({ target: { tabId, frameIds: [frameId] }, func: () => globalThis.latchkeyPick?.end() }).catch(
    () => undefined,
  )
}
