import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'
import { createDecoder, type Decoder } from '../../scan/decode'
import { blobOfDataUrl } from '../../scan/image'
import { drawingsOnPage, picturesOnPage, scrollPage, type PagePictures, type ScrollRoom } from '../../scan/in-page'
import { captureTab } from '../../scan/sources/tab'
import { viewsOfPage } from '../../scan/sources/page-views'
import { pagePart } from '../scan-state'
import { startScanWorker } from '../workers'

const MOST_PICTURES = 24
const MOST_DRAWINGS = 6
const MOST_PIXELS = 4_000_000
/** Chrome pictures a tab twice a second at most. */
const CAPTURE_EVERY_MS = 550

/**
 * The QR codes anywhere on a page: in its pictures' own pixels, else in what it shows, view by view, until some are found.
 * The page is then where it was before. Throws `scan/page-protected`, or the signal's reason.
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
  const own = await picturesBy(tabId, picturesOnPage, [null, MOST_PICTURES, MOST_PIXELS])
  const drawings = await picturesBy(tabId, drawingsOnPage, [MOST_DRAWINGS])
  const texts = new Set<string>()
  for (const picture of [...own.slice(0, MOST_PICTURES), ...drawings.slice(0, MOST_DRAWINGS)]) {
    for (const text of await textsIn(() => blobOfDataUrl(String(picture)), decoder, signal)) texts.add(text)
  }
  return [...texts]
}

/** What one of the functions that are sent into a page says of its pictures. */
async function picturesBy(tabId: number, func: unknown, args: readonly unknown[]): Promise<readonly string[]> {
  const answers = await inPage(() => browser.scripting.executeScript({ target: { tabId }, func, args } as never))
  const { pictures } = (answers[0]?.result ?? {}) as Partial<PagePictures>
  return Array.isArray(pictures) ? pictures : []
}

async function textsInViews(tabId: number, decoder: Decoder, signal: AbortSignal): Promise<readonly string[]> {
  const before = await scrolled(tabId, null)
  const views = viewsOfPage(before)
  try {
    for (const [index, view] of views.entries()) {
      signal.throwIfAborted()
      pagePart.value = { part: index + 1, of: views.length }
      const next = new Promise((resolve) => setTimeout(resolve, CAPTURE_EVERY_MS))
      await scrolled(tabId, view)
      const picture = await captureTab(tabId)
      const texts = await textsIn(() => picture, decoder, signal)
      if (texts.length > 0) return texts
      await next
    }
    return []
  } finally {
    await scrolled(tabId, before)
  }
}

async function scrolled(tabId: number, place: { left: number; top: number } | null): Promise<ScrollRoom> {
  const to = place && { left: place.left, top: place.top }
  const answers = await inPage(() =>
    browser.scripting.executeScript({ target: { tabId }, func: scrollPage as never, args: [to] }),
  )
  const room = answers[0]?.result as ScrollRoom | undefined
  if (!room) throw new AppError('scan/page-protected')
  return room
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

async function inPage<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw new AppError('scan/page-protected', {}, { cause })
  }
}
