import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import type { WayIn } from '../../rpc/way-calls'
import { settings } from '../../settings'
import { cameBy, passkeysPossible, sheetToPrint, shortNumber, ways } from '../ways-state'
import { attempt, load } from './attempt'
import { closeTab, openInTab } from './navigation'
import { isPopup } from './page'
import { askPasskeys, canUsePasskeys, makePasskey } from './passkey'
import { refuseWeak } from './passphrase'
import { preferences } from './preferences'
import { say } from './toast'
import { refresh } from './vault'

/** Asks what opens the vault beside the passphrase. */
export async function loadWays(): Promise<void> {
  await load('ways', async () => {
    ways.value = await background.ways()
  })
}

/** Opens the vault by the code on a recovery sheet, and offers a new passphrase. */
export async function unlockWithSheet(code: string): Promise<void> {
  await comeIn('unlock', async () => ({ sheet: code }), true)
}

/** Opens the vault by a passkey; from the popup in a tab, since the browser's question would close it. */
export async function unlockWithPasskey({ forgotten }: { forgotten: boolean }): Promise<void> {
  if (await isPopup()) return openInTab(forgotten ? 'forgotten' : 'passkey')
  const opened = await comeIn('unlock-passkey', async () => askPasskeys(ways.value?.passkeys ?? []), forgotten)
  if (opened && askedForPasskey() === 'passkey') await closeTab()
}

/** Whether the popup opened this tab for a passkey, and why; null where it did not. */
export function askedForPasskey(): 'passkey' | 'forgotten' | null {
  const asked = new URLSearchParams(location.search).get('screen')
  return asked === 'passkey' || asked === 'forgotten' ? asked : null
}

async function comeIn(place: string, find: () => Promise<WayIn>, forgotten: boolean): Promise<boolean> {
  const done = await attempt(place, async () => {
    const way = await find()
    // Known before the vault is open, or the list would flash up.
    if (forgotten) cameBy.value = way
    await background.unlockWith(way)
  })
  if (done === null) cameBy.value = null
  else await refresh()
  return done !== null
}

/** Sets a passphrase for who came in without one. */
export async function setPassphrase(next: string): Promise<void> {
  const way = cameBy.value
  if (!way) return
  const done = await attempt('set-passphrase', async () => {
    await refuseWeak(next)
    await background.setPassphrase(way, next)
  })
  if (done === null) return
  cameBy.value = null
  say({ text: text('passphrase_set') })
}

/** The passphrase stays as it is. */
export function keepPassphrase(): void {
  cameBy.value = null
}

/** Replaces passphrase and vault key. */
export async function changeKey(current: string, next: string): Promise<boolean> {
  const done = await attempt('change-passphrase', async () => {
    await refuseWeak(next)
    await background.changeKey(current, next)
  })
  return done !== null
}

/** Makes a sheet and has it shown, to be printed. */
export function makeSheet(passphrase: string): Promise<boolean> {
  return showSheet(() => background.addSheet(passphrase))
}

/** The same for who has just chosen the passphrase; false where it has to be asked for. */
export function makeFirstSheet(): Promise<boolean> {
  return showSheet(() => background.addFirstSheet())
}

async function showSheet(make: () => Promise<string | null>): Promise<boolean> {
  const made = await attempt('sheet', async () => {
    const code = await make()
    ways.value = await background.ways()
    return code
  })
  if (made === null) return false
  sheetToPrint.value = { code: made, number: shortNumber(ways.value?.sheet?.id ?? ''), madeAt: Date.now() }
  return true
}

/** The user has shown that the sheet is on paper. */
export async function confirmSheet(): Promise<void> {
  const id = ways.value?.sheet?.id
  if (id === undefined) return
  const done = await attempt('sheet', async () => {
    await settings.sheetOnPaper.set(id)
    await loadWays()
  })
  if (done === null) return
  sheetToPrint.value = null
  say({ text: text('sheet_confirmed') })
}

/** Takes the code off the screen; nothing shows it again. */
export function dropSheet(): void {
  sheetToPrint.value = null
}

/** Removes a sheet or a passkey, for who knows the passphrase; true when it is gone. */
export async function removeWay(passphrase: string, id: string): Promise<boolean> {
  const done = await attempt('remove-way', async () => {
    await background.removeWay(passphrase, id)
    await loadWays()
  })
  return done !== null
}

/** Finds out whether this browser has passkeys for us. */
export async function lookForPasskeys(): Promise<void> {
  passkeysPossible.value ??= await canUsePasskeys()
}

/** Makes a passkey that opens the vault: passphrase first, so that none is left behind for nothing. */
export async function addPasskey(passphrase: string): Promise<boolean> {
  const done = await attempt('passkey', async () => {
    const passkey = await makePasskey(await background.beginPasskey(passphrase))
    await background.addPasskey(passphrase, passkey)
    await loadWays()
  })
  return done !== null
}

/** No card speaks of recovery sheets any more. */
export async function declineSheet(): Promise<void> {
  await preferences.sheetDeclined.choose(true)
}
