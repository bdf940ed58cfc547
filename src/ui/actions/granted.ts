import browser from 'webextension-polyfill'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { attempt } from './attempt'
import { say } from './toast'

/** A keyboard command, and the keys that it has now; empty where the user took them away. */
export interface Command {
  name: string
  keys: string
}

/** The sites the user has let the browser open to us, as the browser writes them. */
export async function grantedOrigins(): Promise<readonly string[]> {
  return (await browser.permissions.getAll()).origins ?? []
}

/** Gives one back. Undoing asks the browser again, and the user. */
export async function giveBack(origin: string): Promise<void> {
  const given = await attempt('granted', () => background.giveBackGrant(origin))
  if (!given) return
  const again = () => void browser.permissions.request({ origins: [origin] }).catch(() => false)
  say({ text: text('given_back', { site: origin }), undo: again })
}

/** Calls back whenever the browser's list changes, until the answer is called. */
export function onGrantsChanged(changed: () => void): () => void {
  browser.permissions.onAdded.addListener(changed)
  browser.permissions.onRemoved.addListener(changed)
  return () => {
    browser.permissions.onAdded.removeListener(changed)
    browser.permissions.onRemoved.removeListener(changed)
  }
}

/** The keyboard commands with the keys they have. */
export async function commandKeys(): Promise<readonly Command[]> {
  const commands = await browser.commands.getAll()
  return commands.map(({ name = '', shortcut = '' }) => ({ name, keys: shortcut }))
}

/** Opens the browser's own page where those keys are changed. */
export async function openShortcutPage(): Promise<void> {
  // Newer than the types.
  const { openShortcutSettings } = browser.commands as { openShortcutSettings?: () => Promise<void> }
  if (openShortcutSettings) await openShortcutSettings()
  else await browser.tabs.create({ url: 'chrome://extensions/shortcuts' })
}
