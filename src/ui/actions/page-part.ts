import { AppError } from '../../core/errors'
import type { Decoder } from '../../scan/decode'
import type { Region } from '../../scan/regions'
import { page, tabId } from '../state'
import { startScanWorker } from '../workers'
import { attempt } from './attempt'
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
  return attempt('scan', async () => {
    await lookAtTab()
    const { captureTab } = await import('../../scan/sources/tab')
    return createImageBitmap(await captureTab(tabId.value))
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

/** Enlarged, what seemed too small may be read. Throws the last reason where nothing was. */
async function firstTexts(
  looks: Iterable<ImageData>,
  decoder: Decoder,
  signal: AbortSignal,
): Promise<readonly string[]> {
  let reason: unknown = new AppError('scan/nothing-found')
  for (const look of looks) {
    try {
      const texts = await decoder.decode(look, signal)
      if (texts.length > 0) return texts
    } catch (error) {
      signal.throwIfAborted()
      reason = error
    }
  }
  throw reason
}
