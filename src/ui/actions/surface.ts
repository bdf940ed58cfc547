import browser from 'webextension-polyfill'
import { status } from '../state'
import { attempt } from './attempt'
import { lookAtTab } from './page'

/** Whether the browser that runs us is Firefox. */
export function isFirefox(): boolean {
  return browser.runtime.getURL('').startsWith('moz-extension:')
}

/** Whether the popup's screens stand in a window of their own or beside the page, and have all the room there is. */
export function isPane(): boolean {
  if (new URLSearchParams(location.search).get('surface') === 'pane') return true
  return canBeBeside() && browser.extension.getViews({ type: 'sidebar' }).includes(window)
}

/** A popup closes when another tab comes to the front; what stays looks at that one. */
export function followTabs(): void {
  browser.tabs.onActivated.addListener(() => {
    if (status.value === 'unlocked') void lookAtTab()
  })
}

/** Whether the browser can show our screens beside the page for as little as we ask of it. */
export function canBeBeside(): boolean {
  return 'sidebarAction' in browser
}

/** Shows the same screens in Firefox's sidebar. It wants to be asked in the turn of a click. */
export async function openBeside(): Promise<void> {
  const opening = browser.sidebarAction.open()
  if ((await attempt('page', () => opening.then(() => true))) === true) window.close()
}
