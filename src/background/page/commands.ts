import browser from 'webextension-polyfill'
import { liveEntries } from '../entries'
import { fill } from './fill'
import { lookAtPage } from './page-view'

/** The keyboard command that fills without the popup. */
export const FILL_COMMAND = 'fill-code'

/**
 * Fills the code of the one account that belongs to the page. Where there is a choice to make, or nothing can be done
 * before the user unlocks, the popup opens instead.
 */
export async function fillHere(tabId: number): Promise<void> {
  try {
    const { hasCodeField, matches } = await lookAtPage(tabId, await liveEntries())
    const [only, ...others] = matches
    if (!hasCodeField || only === undefined || others.length > 0) await browser.action.openPopup()
    else await fill(tabId, only)
  } catch {
    // Locked, or refused by the page: in the popup the user can unlock, or try again and read why.
    await browser.action.openPopup().catch(() => undefined)
  }
}
