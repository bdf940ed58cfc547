import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { keepingRecoveryFor, looking, page, tabId, waitingFill } from '../state'
import { loadAccounts, loadCodes } from './accounts'
import { attempt, load, showFailure, whileOpen } from './attempt'
import { say } from './toast'

/** So long a look keeps keys waiting: a page that hangs answers late. */
const LOOK_MS = 1_500

let looks = 0

/** Finds the web tab in front and what belongs to it. What cannot be seen is simply not offered. */
export async function lookAtTab(): Promise<void> {
  const turn = (looks += 1)
  const over = () => {
    if (turn === looks) looking.value = false
  }
  looking.value = true
  setTimeout(over, LOOK_MS)
  await load('page', readTab, lookAtTab)
  over()
}

async function readTab(): Promise<void> {
  tabId.value = await webTabId()
  page.value = tabId.value === null ? null : await whileOpen(background.lookAtPage(tabId.value))
  waitingFill.value = await whileOpen(background.pendingFill())
  await loadCodes()
}

/** Whether this page of ours is the toolbar's popup, not a tab. */
export async function isPopup(): Promise<boolean> {
  return (await browser.tabs.getCurrent().catch(() => undefined)) === undefined
}

async function webTabId(): Promise<number | null> {
  if (!(await isPopup())) {
    const { webTab } = await import('../../scan/sources/tab')
    return (await webTab())?.id ?? null
  }
  const [active] = await browser.tabs.query({ active: true, currentWindow: true })
  return active?.id ?? null
}

/** Fills the account's code into the page in front, now or with the next time step. */
export async function fillCode(entryId: string): Promise<void> {
  const target = tabId.value
  if (target === null) return
  const result = await attempt(
    'fill',
    () => whileOpen(background.fill(target, entryId)),
    () => fillCode(entryId),
  )
  if (result?.kind === 'waiting') waitingFill.value = result
  if (result?.kind === 'filled') say({ text: filledText() })
}

function filledText(): string {
  const origin = page.value?.origin
  return origin ? text('filled', { site: new URL(origin).host }) : text('filled_here')
}

export async function cancelFill(): Promise<void> {
  if ((await attempt('fill', () => background.cancelFill())) !== null) waitingFill.value = null
}

/** The background filled, gave up or began to wait. */
export async function refreshFill(): Promise<void> {
  const before = waitingFill.value
  await load('fill', async () => {
    waitingFill.value = await whileOpen(background.pendingFill())
    if (before && !waitingFill.value) await loadCodes()
  })
}

/** A fill that waited may have been refused when nobody was looking; what cannot be asked is not told. */
export async function tellRefusal(): Promise<void> {
  const reason = await background.takeFillRefusal().catch(() => null)
  if (reason) showFailure('fill', new AppError(reason))
}

/** Texts on the page in front that look like a recovery code; empty when there are none or none can be read. */
export async function readRecoveryCodes(): Promise<readonly string[]> {
  const target = tabId.value
  if (target === null) return []
  return (await load('recovery', () => background.readRecoveryCodes(target))) ?? []
}

export async function keepRecoveryCode(entryId: string, recoveryCode: string): Promise<boolean> {
  const kept = await attempt('recovery', async () => {
    await background.keepRecoveryCode(entryId, recoveryCode)
    await loadAccounts()
  })
  if (kept === null) return false
  keepingRecoveryFor.value = null
  say({ text: text('recovery_saved') })
  return true
}

/** The account's recovery code, or null with the reason on the screen. */
export async function showRecoveryCode(entryId: string, passphrase: string): Promise<string | null> {
  return attempt('recovery', () => background.showRecoveryCode(entryId, passphrase))
}
