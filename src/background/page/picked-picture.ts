import browser from 'webextension-polyfill'
import { settings } from '../../settings'

/** The entry of the context menu on a picture. */
export const SCAN_MENU = 'scan-picture'

const WEB_PAGES = ['http://*/*', 'https://*/*']

/** Goes with the other entries, which are all made at once. */
export function createPictureMenu(title: string): void {
  browser.contextMenus.create({ id: SCAN_MENU, title, contexts: ['image'], documentUrlPatterns: WEB_PAGES })
}

/**
 * Opens a tab of ours that reads the picture; the click gave us leave for the page it stands on. The picture's address may
 * be the picture itself, secret and all, so it waits in the memory that the lock clears, and in no address.
 */
export async function pickPicture(
  { srcUrl, frameId = 0 }: { readonly srcUrl?: string; readonly frameId?: number },
  tabId: number,
): Promise<void> {
  if (srcUrl === undefined) return
  await settings.pickedPicture.set({ tabId, frameId, address: srcUrl })
  await browser.tabs.create({ url: browser.runtime.getURL('src/ui/popup/index.html?screen=image') })
}
