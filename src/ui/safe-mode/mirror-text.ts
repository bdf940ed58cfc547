import browser from 'webextension-polyfill'

/** How the vault's second copy is named in the extension's storage (VAULT-FORMAT.md, "The mirror"). */
const PREFIX = 'vault latchkey: '

/**
 * The sealed second copy as a raw export, read by the page itself: for when the background does not answer (VLT-14, REL-1).
 * Null where there is none.
 */
export async function mirrorText(): Promise<string | null> {
  const items = Object.entries(await browser.storage.local.get(null)).filter(([name]) => name.startsWith(PREFIX))
  if (items.length === 0) return null
  const mirror = Object.fromEntries(items.map(([name, item]) => [name.slice(PREFIX.length), item]))
  return JSON.stringify({ type: 'latchkey-raw', unreadable: ['database'], stored: null, snapshots: [], mirror })
}
