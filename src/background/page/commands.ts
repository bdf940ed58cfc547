import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'
import { liveEntries } from '../entries'
import type { Clicked } from './fields'
import { fill, forgetClicked, keepChoice, keepClicked, keepRefusal } from './fill'
import { lookAtPage, matching } from './page-view'

/**
 * Fills the code of the one account that belongs to the page. Where there is a choice to make, or nothing can be done
 * before the user unlocks, the popup opens instead.
 */
export async function fillHere(tabId: number): Promise<void> {
  try {
    await forgetClicked()
    const { hasCodeField, matches } = await lookAtPage(tabId, await liveEntries())
    const [only, ...others] = matches
    if (hasCodeField && only !== undefined && others.length === 0) return void (await fill(tabId, only))
  } catch {
    // Locked, or refused by the page: in the popup the user can unlock, or try again and read why.
  }
  await askInPopup(tabId)
}

/**
 * The same for the field whose context menu was used: no other one is filled, and this one need not be one that we would
 * have found. Why it was not filled is told in the popup.
 */
export async function fillClicked(tabId: number, clicked: Clicked): Promise<void> {
  try {
    const origin = await keepClicked(tabId, clicked)
    const [only, ...others] = matching(await liveEntries(), origin)
    if (only !== undefined && others.length === 0) return void (await fill(tabId, only.id))
  } catch (error) {
    if (!isLocked(error)) return refuse(tabId, error)
  }
  await askInPopup(tabId)
}

/** Once the vault is open, the popup fills what was clicked. */
function isLocked(error: unknown): boolean {
  return error instanceof AppError && error.code === 'vault/locked'
}

async function refuse(tabId: number, error: unknown): Promise<void> {
  await keepRefusal(tabId, error)
  await browser.action.openPopup().catch(() => undefined)
}

/** Firefox opens it on a gesture alone, which is over by now. */
async function askInPopup(tabId: number): Promise<void> {
  await browser.action.openPopup().catch(() => keepChoice(tabId))
}
