import browser, { type Tabs } from 'webextension-polyfill'

import { AppError } from '../../core/errors'
import { blobOfDataUrl } from '../image'

/** The tab a person means by "this page". */
export interface WebTab {
  readonly id: number
  readonly windowId: number
  /** Only where the browser lets us know it. */
  readonly url?: string
}

/**
 * The web page in front. Asked from a page of ours that is itself a tab, the one last in front before it, in the same
 * window. Null if there is none.
 */
export async function webTab(): Promise<WebTab | null> {
  const ours = await browser.tabs.getCurrent()
  const tabs = await browser.tabs.query(
    ours?.windowId === undefined ? { active: true, currentWindow: true } : { windowId: ours.windowId },
  )
  const [front] = tabs.filter((tab) => tab.id !== ours?.id && !isOurs(tab)).sort(lastInFrontFirst)
  return front?.id === undefined || front.windowId === undefined ? null : seen(front.id, front.windowId, front.url)
}

/**
 * A picture (PNG) of what the tab shows; of {@link webTab} for null. A tab behind ours comes to the front for a moment. Throws `scan/page-protected` where the browser does not allow it.
 */
export async function captureTab(tabId: number | null): Promise<Blob> {
  try {
    const id = tabId ?? (await webTab())?.id
    if (id === undefined) throw new AppError('scan/page-protected')
    return blobOfDataUrl(await pictureOf(await browser.tabs.get(id)))
  } catch (cause) {
    throw new AppError('scan/page-protected', {}, { cause })
  }
}

async function pictureOf(tab: Tabs.Tab): Promise<string> {
  return tab.active ? browser.tabs.captureVisibleTab(tab.windowId, { format: 'png' }) : pictureFromBehind(tab)
}

/**
 * Without leave for every site, browsers picture only the tab in front: this one is shown, and the one that was there
 * comes back whatever happens.
 */
async function pictureFromBehind({ id, windowId }: Tabs.Tab): Promise<string> {
  const [front] = await browser.tabs.query({ active: true, ...(windowId !== undefined && { windowId }) })
  await browser.tabs.update(id, { active: true })
  try {
    return await browser.tabs.captureVisibleTab(windowId, { format: 'png' })
  } finally {
    await browser.tabs.update(front?.id, { active: true })
  }
}

/** The browser tells us the addresses of our own pages, if of no others. */
function isOurs({ url }: Tabs.Tab): boolean {
  return url?.startsWith(browser.runtime.getURL('')) ?? false
}

function lastInFrontFirst(one: Tabs.Tab, other: Tabs.Tab): number {
  return (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0)
}

function seen(id: number, windowId: number, url: string | undefined): WebTab {
  return url === undefined ? { id, windowId } : { id, windowId, url }
}
