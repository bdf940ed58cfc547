import browser, { type Menus } from 'webextension-polyfill'
import type { Clicked } from './fields'

/** The entry of the context menu on a text field; choosing it is a gesture of the user (FIL-1). */
export const FILL_MENU = 'fill-code'

const WEB_PAGES = ['http://*/*', 'https://*/*']

/** Menus outlive the background and must be made once; what an earlier version made is taken away first. */
export async function createContextMenus(title: string): Promise<void> {
  await browser.contextMenus.removeAll()
  browser.contextMenus.create({ id: FILL_MENU, title, contexts: ['editable'], documentUrlPatterns: WEB_PAGES })
}

/** Where the menu was used. */
export function clickedIn({ frameId = 0 }: Partial<Menus.OnClickData>): Clicked {
  return { frameId }
}
