import browser from 'webextension-polyfill'
import { status } from '../state'
import { lookAtTab } from './page'

/** Whether the popup's screens stand in a window of their own or in Firefox's sidebar, and have all the room there is. */
export function isPane(): boolean {
  if (new URLSearchParams(location.search).get('surface') === 'pane') return true
  return 'sidebarAction' in browser && browser.extension.getViews({ type: 'sidebar' }).includes(window)
}

/** A popup closes when another tab comes to the front; what stays looks at that one. */
export function followTabs(): void {
  browser.tabs.onActivated.addListener(() => {
    if (status.value === 'unlocked') void lookAtTab()
  })
}
