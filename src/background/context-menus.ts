import browser from 'webextension-polyfill'

/** The entry of the context menu on a text field; choosing it is a gesture of the user (FIL-1). */
export const FILL_MENU = 'fill-code'

/** Menus outlive the background in Chrome and must be made once. */
export function createContextMenus(title: string): void {
  browser.contextMenus.removeAll().then(
    () => {
      browser.contextMenus.create({ id: FILL_MENU, title, contexts: ['editable'] })
    },
    () => undefined,
  )
}
