import browser from 'webextension-polyfill'
import { background } from '../../rpc/client'
import { blobOfDataUrl } from '../../scan/image'
import { picturesOnPage } from '../../scan/in-page'
import { captureTab } from '../../scan/sources/tab'
import { settings, type PickedPicture } from '../../settings'

/** As much of one picture as the decoder takes at a time. */
const MOST_PIXELS = 4_000_000

/** A picture whose context menu was used, and the page it stands on. */
export interface Picked {
  readonly origin: string
  /** Throws `scan/page-protected`, `scan/image-unreadable`. */
  picture(): Promise<Blob>
}

/** The picture that waits, once; null when there is none. */
export async function takePicked(): Promise<Picked | null> {
  const picked = await settings.pickedPicture.get()
  if (!picked) return null
  await settings.pickedPicture.set(null)
  const page = await background.lookAtPage(picked.tabId).catch(() => null)
  return { origin: page?.origin ?? '', picture: async () => (await ownPixels(picked)) ?? captureTab(picked.tabId) }
}

/** Null where the frame lets no script in, or the picture comes from elsewhere. */
async function ownPixels({ tabId, frameId, address }: PickedPicture): Promise<Blob | null> {
  try {
    const [answer] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: picturesOnPage,
      args: [address, 1, MOST_PIXELS],
    })
    const [picture] = (answer?.result as ReturnType<typeof picturesOnPage> | undefined)?.pictures ?? []
    return picture === undefined ? null : blobOfDataUrl(String(picture))
  } catch {
    return null
  }
}
