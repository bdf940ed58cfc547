import type { Page } from 'puppeteer-core'
import type { Stage } from '../e2e/browsers'
import { press, see, type } from '../e2e/hands'
import type { RunningEmulator } from '../emulator/listen'

/** What the steps of the story share. */
export interface Scene {
  stage: Stage
  readonly emulator: RunningEmulator
  /** The page a picture of this step should show. */
  lastShown: Page | null
  /** The web page the story is at. */
  web?: Page
  /** The recovery code that was noted down on the way. */
  recoveryCode?: string
}

/** One step: what a person did, and how. */
export interface Step {
  name: string
  run(scene: Scene): Promise<void>
}

export const PASSPHRASE = 'seven quiet herons at dusk'

/** The web page the story is at. */
export function webOf(scene: Scene): Page {
  if (!scene.web) throw new Error('no web page is open')
  return scene.web
}

/** The page shown last. */
export function shownOf(scene: Scene): Page {
  if (!scene.lastShown) throw new Error('nothing has been shown yet')
  return scene.lastShown
}

/** Leaves the web page for another one. */
export async function goTo(scene: Scene, path: string): Promise<Page> {
  await scene.web?.close()
  scene.web = await scene.stage.openWeb(scene.emulator.url + path)
  scene.lastShown = scene.web
  return scene.web
}

/** Opens the popup over the web page and has it shown. */
export async function openPopup(scene: Scene): Promise<Page> {
  const popup = await scene.stage.openPopup(webOf(scene))
  scene.lastShown = popup
  return popup
}

/** Closes the popup, if filling did not do so by itself, and goes on with the web page. */
export async function backToWeb(scene: Scene, popup: Page): Promise<Page> {
  if (!popup.isClosed()) await popup.close()
  const web = webOf(scene)
  await web.bringToFront()
  scene.lastShown = web
  return web
}

/** Opens Options and answers it. */
export async function openOptions(scene: Scene): Promise<Page> {
  const options = await scene.stage.openOwn('src/ui/options/index.html')
  scene.lastShown = options
  return options
}

/** Adds the QR code of the web page in front, after a look at what was found. */
export async function scanTab(scene: Scene): Promise<Page> {
  const popup = await openPopup(scene)
  await press(popup, 'Add account')
  await press(popup, 'Scan this tab', 'menuitem')
  await see(popup, 'dialog', 'Add account')
  return popup
}

/** Has the popup fill the account's code; when that waits for the next time step, the story waits with it. */
export async function fillCode(scene: Scene): Promise<Page> {
  const popup = await openPopup(scene)
  await press(popup, 'Fill code')
  return popup
}

/** How long a fill may wait: a whole time step, and a little for a slow machine. */
export const STEP_MS = 45_000

/** Unlocks a page of ours. */
export async function unlock(page: Page): Promise<void> {
  await type(page, 'Passphrase', PASSPHRASE)
  await press(page, 'Unlock')
}

interface EmulatorState {
  users: { id: string; totp: { state: 'pending' | 'bound'; secret: string; recoveryCode: string } | null }[]
  outbox: { to: string; code: string }[]
}

/** What the emulator knows: the truth that the extension's view is held against. */
export async function stateOf(scene: Scene): Promise<EmulatorState> {
  return (await fetch(`${scene.emulator.url}/__emulator/state`)).json() as Promise<EmulatorState>
}

/** The TOTP of a user at the server, or null. */
export async function bindingOf(scene: Scene, userId: string): Promise<EmulatorState['users'][number]['totp']> {
  return (await stateOf(scene)).users.find(({ id }) => id === userId)?.totp ?? null
}
