import browser from 'webextension-polyfill'
import { textToBytes } from '../../core/bytes'
import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import type { RescueSecret } from '../../rpc/health-calls'
import { mirrorText } from '../safe-mode/mirror-text'
import { salvaged, savedRemains, vaultsAside } from '../health-state'
import { status } from '../state'
import { loadAccounts } from './accounts'
import { attempt, forgetFailure, load } from './attempt'
import { openHealth } from './navigation'
import { isPopup } from './page'
import { dayName, saveFile } from './save-file'
import { say } from './toast'
import { refresh } from './vault'

/** Asks what still opens of a damaged vault. Writes nothing (VLT-4). */
export async function salvage(secret: RescueSecret): Promise<void> {
  salvaged.value = await attempt('rescue', () => background.salvage(secret))
}

/** Makes a whole vault of what is left. */
export async function rebuild(secret: RescueSecret): Promise<void> {
  await attempt('rescue', async () => {
    await background.rebuildVault(secret)
    forgetRescue()
    await refresh()
  })
}

/** Saves the accounts that still open to an encrypted backup. */
export async function saveRemains(secret: RescueSecret, password: string): Promise<void> {
  const [{ EXPORT_CHOICES }, { writeAccounts }] = await Promise.all([
    import('../export-choices'),
    import('./transfer-export'),
  ])
  const [choice] = EXPORT_CHOICES
  const fileName = await attempt('save-remains', async () => {
    const { entries } = await background.exportRemains(secret)
    return (await writeAccounts(choice, password, entries)).fileName
  })
  savedRemains.value = fileName
}

/** Saves all that lies in the stores, sealed as it is. */
export async function saveRaw(): Promise<void> {
  await attempt('save-raw', () => saveText('vault-as-it-is', Date.now(), rawText), saveRaw)
}

/** The page reads the second copy itself where the background does not answer. */
async function rawText(): Promise<string> {
  try {
    return await background.exportRaw()
  } catch (error) {
    const copy = error instanceof AppError && error.code === 'rpc/timed-out' ? await mirrorText() : null
    if (copy === null) throw error
    return copy
  }
}

/** Saves a vault that was put aside. */
export async function saveAside(at: number): Promise<void> {
  await attempt(
    'aside',
    () => saveText('vault-put-aside', at, () => background.exportAside(at)),
    () => saveAside(at),
  )
}

/** Brings in what opens of a vault that was put aside; true when it is done. */
export async function importAside(at: number, secret: RescueSecret): Promise<boolean> {
  const result = await attempt('import-aside', async () => {
    const done = await background.importAside(at, secret)
    await loadAccounts()
    return done
  })
  if (!result) return false
  say({ text: text('import_done', { count: result.added }) })
  return true
}

/** The popup goes with its focus, and what it was about to save with it: there the options page takes over. */
async function saveText(what: string, at: number, read: () => Promise<string>): Promise<void> {
  if (status.value !== 'broken' && (await isPopup())) return openHealth()
  saveFile(textToBytes(await read()), dayName(what, at))
}

/** Starts the extension again; a background that hangs is gone with that. The vault locks. */
export function restart(): void {
  browser.runtime.reload()
}

/** Puts the vault aside and begins with none. */
export async function startAnew(): Promise<void> {
  await attempt('start-anew', async () => {
    await background.startAnew()
    forgetRescue()
    await refresh()
  })
}

export async function loadAside(): Promise<void> {
  await load('aside', async () => {
    vaultsAside.value = await background.vaultsAside()
  })
}

function forgetRescue(): void {
  for (const place of ['rescue', 'save-remains', 'save-raw', 'start-anew']) forgetFailure(place)
  salvaged.value = null
  savedRemains.value = null
}
