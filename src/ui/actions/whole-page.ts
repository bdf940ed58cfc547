import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'
import { createDecoder, type Decoder } from '../../scan/decode'
import { blobOfDataUrl } from '../../scan/image'
import { inTime, unlessStopped } from '../../scan/in-time'
import { drawingsOnPage, picturesOnPage, scrollPage, type PagePictures, type ScrollRoom } from '../../scan/in-page'
import { TIME_LIMIT_MS } from '../../scan/limits'
import { captureTab } from '../../scan/sources/tab'
import { viewsOfPage } from '../../scan/sources/page-views'
import { pagePart } from '../scan-state'
import { startScanWorker } from '../workers'

const MOST_PICTURES = 24
const MOST_DRAWINGS = 6
const MOST_PIXELS = 4_000_000
/** Chrome pictures a tab twice a second at most. */
const CAPTURE_EVERY_MS = 550

type Place = Pick<ScrollRoom, 'left' | 'top'>

/**
 * The QR codes anywhere on a page: in its pictures' own pixels, else in what it shows, view by view, until some are found.
 * The page is then where it was before. Throws `scan/page-protected`, `scan/timed-out` where the page hangs, or the signal's reason.
 */
export async function textsOnPage(tabId: number, signal: AbortSignal): Promise<readonly string[]> {
  const decoder = createDecoder(startScanWorker)
  try {
    const inPictures = await textsInPictures(tabId, decoder, signal)
    return inPictures.length > 0 ? inPictures : await textsInViews(tabId, decoder, signal)
  } finally {
    decoder.close()
    pagePart.value = null
  }
}

async function textsInPictures(tabId: number, decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  const own = await picturesBy(tabId, picturesOnPage, [null, MOST_PICTURES, MOST_PIXELS], signal)
  const drawings = await picturesBy(tabId, drawingsOnPage, [MOST_DRAWINGS], signal)
  const texts = new Set<string>()
  for (const picture of [...own.slice(0, MOST_PICTURES), ...drawings.slice(0, MOST_DRAWINGS)]) {
    for (const text of await textsIn(() => blobOfDataUrl(String(picture)), decoder, signal)) texts.add(text)
  }
  return [...texts]
}

/** What one of the functions that are sent into a page says of its pictures; none where it does not answer. */
async function picturesBy(
  tabId: number,
  func: unknown,
  args: readonly unknown[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const { pictures } = ((await inPage(tabId, func, args, signal)) ?? {}) as Partial<PagePictures>
    return Array.isArray(pictures) ? pictures : []
  } catch (error) {
    if (error instanceof AppError && error.code === 'scan/timed-out') return []
    throw error
  }
}

async function textsInViews(tabId: number, decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  const before = await scrolled(tabId, null, signal)
  const views = viewsOfPage(before)
  try {
    for (const [index, view] of views.entries()) {
      signal.throwIfAborted()
      pagePart.value = { part: index + 1, of: views.length }
      const next = new Promise((resolve) => setTimeout(resolve, CAPTURE_EVERY_MS))
      await scrolled(tabId, view, signal)
      const picture = await unlessStopped(signal, () => captureTab(tabId))
      const texts = await textsIn(() => picture, decoder, signal)
      if (texts.length > 0) return texts
      await next
    }
    return []
  } finally {
    await scrollBack(tabId, before)
  }
}

async function scrolled(tabId: number, place: Place | null, signal: AbortSignal): Promise<ScrollRoom> {
  const to = place && { left: place.left, top: place.top }
  const room = (await inPage(tabId, scrollPage, [to], signal)) as ScrollRoom | undefined
  if (!room) throw new AppError('scan/page-protected')
  return room
}

/** Also for who has stopped. That the page is gone or hangs by now costs nothing of what was found. */
async function scrollBack(tabId: number, place: Place): Promise<void> {
  await scrolled(tabId, place, new AbortController().signal).catch(() => undefined)
}

/** A picture that cannot be read, or not in time, is passed over. */
async function textsIn(picture: () => Blob, decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await decoder.decode(picture(), signal)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof AppError) return []
    throw error
  }
}

/** Runs `func` in the page. A page that hangs is not waited for: `scan/timed-out`. */
async function inPage(tabId: number, func: unknown, args: readonly unknown[], signal: AbortSignal): Promise<unknown> {
  const injection = { target: { tabId }, func, args } as never
  try {
    const answers = await inTime(TIME_LIMIT_MS, signal, () => browser.scripting.executeScript(injection))
    return answers[0]?.result
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof AppError) throw cause
    throw new AppError('scan/page-protected', {}, { cause })
  }
}
