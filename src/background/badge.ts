import browser from 'webextension-polyfill'
import { siteOf } from '../autofill/match'
import { AppError } from '../core/errors'
import * as session from '../vault/session'
import { liveEntries } from './entries'
import { isHinted } from './hints'
import { matching } from './page-view'

/**
 * Counts on the toolbar the accounts that belong to the page in a tab; on sites alone where the user asked for it. Of
 * other tabs the browser does not even tell us the address.
 */
export async function countAccounts(tabId: number, url: string | undefined): Promise<void> {
  const origin = url === undefined ? null : siteOf(url)
  if (origin === null || !(await isHinted(origin))) return
  const count = await countOf(origin)
  // The tab may be gone.
  await browser.action.setBadgeText({ tabId, text: count === 0 ? '' : String(count) }).catch(() => undefined)
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

/** The same for all tabs: the vault was opened or locked, or what is in it has changed. */
export async function countEverywhere(): Promise<void> {
  for (const { id, url } of await browser.tabs.query({})) if (id !== undefined) await countAccounts(id, url)
}
