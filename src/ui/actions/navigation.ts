import browser from 'webextension-polyfill'
import { settings } from '../../settings'
import { found, keepingRecoveryFor, screen, toast, type Screen } from '../state'
import { forgetFailure } from './attempt'
import { hush } from './toast'

/** Goes to a screen of the popup. */
export function show(next: Screen): void {
  for (const place of ['list', 'fill', 'scan', 'edit', 'delete', 'by-hand', 'trash', 'recovery']) forgetFailure(place)
  if (!toast.value?.undo) hush()
  screen.value = next
}

export function openEdit(entryId: string): void {
  show({ name: 'edit', entryId })
}

export function backToList(): void {
  show({ name: 'list' })
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
export async function openInTab(
  name: 'camera' | 'image' | 'part' | 'passkey' | 'forgotten' | 'create' | 'tour',
): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`src/ui/popup/index.html?screen=${name}`) })
  window.close()
}

/** Opens the same screens in a window that stays. */
export async function openInWindow(): Promise<void> {
  const url = browser.runtime.getURL('src/ui/popup/index.html?surface=pane')
  await browser.windows.create({ url, type: 'popup', width: 400, height: 640 })
  window.close()
}

/** Closes the tab that the popup opened for one task. */
export async function closeTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent()
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id)
}

/** Opens the options page where accounts come in and go out. */
export function openTransfer(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#section-transfer') })
}

/** Opens the options page where second factors are bound and unbound. */
export function openFactors(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#section-factors') })
}

/** Opens the options page where one signs in to a server. */
export function openServers(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#section-servers') })
}

/** Opens the options page where the vault is looked after. */
export function openHealth(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#section-health') })
}

/** Opens the options where a recovery sheet is made. */
export function openSheet(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/options/index.html#recovery-sheet') })
}

export function openAdminPage(): void {
  void browser.tabs.create({ url: browser.runtime.getURL('src/ui/admin/index.html') })
}

/** Opens the options page where accounts go out, for these alone. */
export async function exportSelected(ids: readonly string[]): Promise<void> {
  await settings.exportOnly.set(ids)
  openTransfer()
}
