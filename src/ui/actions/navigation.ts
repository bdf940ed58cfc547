import browser from 'webextension-polyfill'
import { found, keepingRecoveryFor, rowLimit, screen, search, toast, type Screen } from '../state'
import { loadCodes } from './accounts'
import { forgetFailure, load } from './attempt'
import { hush } from './toast'

/** Goes to a screen of the popup. */
export function show(next: Screen): void {
  for (const place of ['list', 'fill', 'scan', 'edit', 'by-hand', 'trash', 'recovery']) forgetFailure(place)
  if (!toast.value?.undo) hush()
  screen.value = next
}

export function openEdit(entryId: string): void {
  show({ name: 'edit', entryId })
}

export function backToList(): void {
  show({ name: 'list' })
}

/** Narrows the list to what fits `query`. */
export function searchFor(query: string): void {
  search.value = query
  rowLimit.value = FIRST_ROWS
  void load('codes', loadCodes)
}

const FIRST_ROWS = 40

/** Draws more rows; for a list that was scrolled to its end. */
export function showMoreRows(): void {
  rowLimit.value += FIRST_ROWS
  void load('codes', loadCodes)
}

/** Asks for the recovery code of an account in a dialog; null closes it. */
export function askRecoveryCode(entryId: string | null): void {
  forgetFailure('recovery')
  keepingRecoveryFor.value = entryId
}

/** Drops what a scan found; nothing of it was stored. */
export function dropFound(): void {
  forgetFailure('proposal')
  found.value = null
}

export function openOptions(): void {
  void browser.runtime.openOptionsPage()
}

/** Opens a screen of the popup in a tab, where it outlives a loss of focus. */
export async function openInTab(name: 'camera' | 'image'): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`src/ui/popup/index.html?screen=${name}`) })
  window.close()
}

/** Opens the options page where accounts come in and go out. */
export function openTransfer(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#section-transfer') })
}

/** Opens the options page where the vault is looked after. */
export function openHealth(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#section-health') })
}

export function openAdminPage(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/admin/index.html') })
}
