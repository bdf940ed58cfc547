import browser from 'webextension-polyfill'
import { settings } from '../settings'

/** The alarm that stands behind the timer: a timer does not survive the worker (trap 20). */
export const CLIPBOARD_ALARM = 'clear-clipboard'

const RETRY_MS = 30_000
const OFFSCREEN_PAGE = 'src/background/offscreen.html'

/** Has the clipboard cleared after the user's choice of seconds, counted anew with each copied code (OTP-5). */
export async function clearClipboardLater(now: number): Promise<void> {
  const seconds = await settings.clipboardClearSeconds.get()
  const clearAt = now + seconds * 1000
  await settings.clipboardClearAt.set(clearAt)
  browser.alarms.create(CLIPBOARD_ALARM, { when: clearAt })
  // The alarm may be late by as much as half a minute; while the worker lives, the timer is not.
  setTimeout(() => void clearClipboardIfDue(Date.now()), seconds * 1000)
}

/** Clears the clipboard if its moment has come; a later copy has moved that moment. */
export async function clearClipboardIfDue(now: number): Promise<void> {
  const clearAt = await settings.clipboardClearAt.get()
  if (clearAt === null || now < clearAt) return
  await settings.clipboardClearAt.set(null)
  await browser.alarms.clear(CLIPBOARD_ALARM)
  await clearClipboard().catch(() => tryAgain(clearAt, now + RETRY_MS))
}

/** The browser refused, as it does at times: what is there must not stay. A copy made meanwhile has its own moment. */
async function tryAgain(clearAt: number, when: number): Promise<void> {
  if ((await settings.clipboardClearAt.get()) !== null) return
  await settings.clipboardClearAt.set(clearAt)
  browser.alarms.create(CLIPBOARD_ALARM, { when })
}

async function clearClipboard(): Promise<void> {
  if (!globalThis.chrome?.offscreen) {
    await navigator.clipboard.writeText('')
    return
  }
  await chrome.offscreen.createDocument({
    url: OFFSCREEN_PAGE,
    reasons: ['CLIPBOARD' as chrome.offscreen.Reason],
    justification: 'Clears a copied code from the clipboard',
  })
  await chrome.offscreen.closeDocument()
}
