import { AppError } from '../../core/errors'
import type { Decoder } from '../../scan/decode'
import { inTime, unlessStopped } from '../../scan/in-time'
import { TIME_LIMIT_MS } from '../../scan/limits'
import type { Region } from '../../scan/regions'
import { page, tabId } from '../state'
import { startScanWorker } from '../workers'
import { openInTab, show } from './navigation'
import { isPopup, lookAtTab } from './page'
import { proposeAll } from './proposing'
import { scanning } from './scan-attempt'

/** The popup is too small to point at a code in, so it is done in a tab. */
export async function openPart(): Promise<void> {
  if (await isPopup()) return openInTab('part')
  show({ name: 'part' })
}

/** What the page in front shows, for the user to choose a part of; null with the reason on the screen. */
export async function pictureOfPage(): Promise<ImageBitmap | null> {
  return scanning(async (signal) => {
    await unlessStopped(signal, lookAtTab)
    const { captureTab } = await import('../../scan/sources/tab')
    return createImageBitmap(await unlessStopped(signal, () => captureTab(tabId.value)))
  })
}

/** Reads the QR codes in a part of a picture, which is in shares of its sides. */
export async function scanPart(picture: ImageBitmap, part: Region): Promise<void> {
  await scanning(async (signal) => {
    const [{ looksAt }, { createDecoder }] = await Promise.all([
      import('../../scan/sources/part'),
      import('../../scan/decode'),
    ])
    const decoder = createDecoder(startScanWorker)
    try {
      await proposeAll(await firstTexts(looksAt(picture, part), decoder, signal), page.value?.origin ?? '', signal)
    } finally {
      decoder.close()
    }
  })
}

/** Enlarged, what seemed too small may be read; one limit for all looks. Throws the first reason where nothing was read. */
async function firstTexts(
  looks: Iterable<ImageData>,
  decoder: Decoder,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const reasons: unknown[] = []
  const look = (limited: AbortSignal) => textsOfFirst(looks, decoder, limited, reasons)
  try {
    return await inTime(TIME_LIMIT_MS, signal, look)
  } catch (error) {
    signal.throwIfAborted()
    throw reasons[0] ?? error
  }
}

async function textsOfFirst(
  looks: Iterable<ImageData>,
  decoder: Decoder,
  signal: AbortSignal,
  reasons: unknown[],
): Promise<readonly string[]> {
  for (const look of looks) {
    try {
      const texts = await decoder.decode(look, signal)
      if (texts.length > 0) return texts
    } catch (error) {
      signal.throwIfAborted()
      reasons.push(error)
    }
  }
  throw new AppError('scan/nothing-found')
}
