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

/** Gives one back. Undoing asks the browser again, and the user; the hints that went with it come back, too. */
export async function giveBack(origin: string): Promise<void> {
  const hinted = await attempt('granted', async () => {
    const sites = await hintedUnder(origin)
    return (await background.giveBackGrant(origin)) ? sites : null
  })
  if (hinted) say({ text: text('given_back', { site: origin }), undo: () => void takeBack(origin, hinted) })
}

async function takeBack(origin: string, hinted: readonly string[]): Promise<void> {
  // Asked at once: the browser takes it for the user's wish only within his click.
  const granted = browser.permissions.request({ origins: [origin] }).catch(() => false)
  await attempt('granted', async () => {
    if (!(await granted)) return
    for (const site of hinted) await background.setHint(site, true)
    for (const changed of listeners) changed()
  })
}

/** The sites whose hint rests on this grant. */
async function hintedUnder(pattern: string): Promise<readonly string[]> {
  const sites = (await background.rememberedSites()).filter(({ hint }) => hint)
  return sites.map((site) => site.origin).filter((site) => isUnder(pattern, new URL(site)))
}

function isUnder(pattern: string, { protocol, hostname }: URL): boolean {
  return pattern === `${protocol}//${hostname}/*`
}

const listeners = new Set<() => void>()

/** Calls back whenever the browser's list changes or what rests on it, until the answer is called. */
export function onGrantsChanged(changed: () => void): () => void {
  listeners.add(changed)
  browser.permissions.onAdded.addListener(changed)
  browser.permissions.onRemoved.addListener(changed)
  return () => {
    listeners.delete(changed)
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
