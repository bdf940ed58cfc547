import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'
import { liveEntries } from '../entries'
import type { Clicked } from './fields'
import { fill, keepClicked, keepRefusal } from './fill'
import { lookAtPage } from './page-view'

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

/**
 * The same for the field whose context menu was used: no other one is filled, and this one need not be one that we would
 * have found. Why it was not filled is told in the popup.
 */
export async function fillClicked(tabId: number, clicked: Clicked): Promise<void> {
  await keepClicked(tabId, clicked)
  try {
    const { matches } = await lookAtPage(tabId, await liveEntries())
    const [only, ...others] = matches
    if (only === undefined || others.length > 0) await browser.action.openPopup()
    else await fill(tabId, only)
  } catch (error) {
    if (!isLocked(error)) await keepRefusal(tabId, error)
    await browser.action.openPopup().catch(() => undefined)
  }
}

/** Once the vault is open, the popup fills what was clicked. */
function isLocked(error: unknown): boolean {
  return error instanceof AppError && error.code === 'vault/locked'
}
