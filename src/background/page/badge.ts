import browser from 'webextension-polyfill'
import { siteOf } from '../../autofill/match'
import { AppError } from '../../core/errors'
import * as session from '../../vault/session'
import { liveEntries } from '../entries'
import { settings } from '../../settings'
import { hintOnOpenPages, isHinted } from './hints'
import { matching } from './page-view'

/**
 * Counts on the toolbar the accounts that belong to the page in a tab; on sites alone where the user asked for it. Of
 * other tabs the browser does not even tell us the address.
 */
export async function countAccounts(tabId: number, url: string | undefined): Promise<void> {
  const text = await countOn(url)
  if (text !== null) await showOnToolbar(tabId, text)
}

/** Takes another mark off the toolbar: the number comes back where there is one. */
export async function restoreCount(tabId: number): Promise<void> {
  const tab = await browser.tabs.get(tabId).catch(() => undefined)
  await showOnToolbar(tabId, (await countOn(tab?.url)) ?? '')
}

/** Puts a mark over our icon while this tab is in front. */
export async function showOnToolbar(tabId: number, text: string): Promise<void> {
  // The tab may be gone.
  await browser.action.setBadgeText({ tabId, text }).catch(() => undefined)
}

/** The number as it is shown; null where none is. */
async function countOn(url: string | undefined): Promise<string | null> {
  const origin = url === undefined ? null : siteOf(url)
  if (origin === null || !(await isHinted(origin))) return null
  return String((await countOf(origin)) || '')
}

/** None while the vault is locked, and where it does not open: pages of ours say why. */
async function countOf(origin: string): Promise<number> {
  if ((await session.restore(Date.now())) === null) return 0
  try {
    return matching(await liveEntries(), origin).length
  } catch (error) {
    if (error instanceof AppError) return 0
    throw error
  }
}

/**
 * Counts anew in all tabs, and takes the number from those where none belongs: the user took back what a site was granted, or
 * wants the hint there no more. A mark that tells of a refusal stays.
 */
export async function recountEverywhere(): Promise<void> {
  for (const { id, url } of await browser.tabs.query({})) {
    const text = (await countOn(url)) ?? ''
    // Asked for last: while we counted, a fill may have been refused.
    const refusal = await settings.fillRefusal.get()
    if (id !== undefined && id !== refusal?.tabId) await showOnToolbar(id, text)
  }
}

/** Another site of an account, or one less: the numbers follow at once. */
export async function recountAfterChange(): Promise<void> {
  if ((await settings.hintedSites.get()).length > 0) await recountEverywhere()
}

/** Shows on the pages that are open what the user has just wished for a site. */
export async function followHint(origin: string): Promise<void> {
  await hintOnOpenPages(origin)
  await recountEverywhere()
}

/** The same for all tabs: the vault was opened or locked. */
export async function countEverywhere(): Promise<void> {
  for (const { id, url } of await browser.tabs.query({})) if (id !== undefined) await countAccounts(id, url)
}
