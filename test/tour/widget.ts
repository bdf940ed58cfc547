import assert from 'node:assert/strict'
import type { Page } from 'puppeteer-core'
import { press, see, seeText, type, valueOf } from '../e2e/hands'
import {
  PASSPHRASE,
  type Scene,
  STEP_MS,
  type Step,
  backToWeb,
  fillCode,
  goTo,
  openPopup,
  scanTab,
  shownOf,
  webOf,
} from './scene'

const PAGE = '/guard?app=demo-app-mfa&lang=en-US'

/** Binding and signing in on the vendor's own login widget. */
export const widgetSteps: readonly Step[] = [
  {
    name: 'created the vault with a passphrase',
    async run(scene) {
      await goTo(scene, '/')
      const popup = await openPopup(scene)
      await type(popup, 'Passphrase', PASSPHRASE)
      await type(popup, 'Repeat passphrase', PASSPHRASE)
      await press(popup, 'Create vault')
      await see(popup, 'list', 'Accounts').catch(() => see(popup, 'button', 'Add account'))
    },
  },
  {
    name: 'signed in as bob, and the widget shows the bind QR code',
    async run(scene) {
      await goTo(scene, PAGE)
      await signIn(scene)
      await click(scene, 'button.bind-totp')
      await webOf(scene).waitForSelector('img.g2-base-imagepro[src^="data:"]')
    },
  },
  {
    name: 'scanned the bind QR code from the tab',
    async run(scene) {
      const popup = await scanTab(scene)
      assert.match(await valueOf(popup, 'Account'), /bob/)
      assert.equal(await valueOf(popup, 'Site'), scene.emulator.url)
    },
  },
  {
    name: 'agreed, and the account is in the list with its code',
    async run(scene) {
      const popup = shownOf(scene)
      await press(popup, 'Add')
      await seeText(popup, /bob/)
      await see(popup, 'button', 'Add account')
    },
  },
  {
    name: 'filled the code into the widget, which bound the account',
    async run(scene) {
      const popup = await fillCode(scene)
      const web = await afterFill(scene, popup, '.g2-mfa-bindTotp-copySecret')
      scene.lastShown = web
    },
  },
  {
    name: 'kept the recovery code that the page shows',
    async run(scene) {
      const shown = await webOf(scene).$eval(
        '.g2-mfa-bindTotp-copySecret .authing-ant-typography',
        (element) => element.textContent,
      )
      const popup = await openPopup(scene)
      await press(popup, 'Keep recovery code')
      const kept = await valueOf(popup, 'Recovery code')
      assert.equal(kept, shown?.trim())
      await press(popup, 'Keep')
      await seeText(popup, 'The recovery code is kept.')
      scene.recoveryCode = kept
    },
  },
  {
    name: 'finished binding: signed in',
    async run(scene) {
      const web = await backToWeb(scene, shownOf(scene))
      await click(scene, '#remember')
      await click(scene, '.g2-mfa-content button[type=submit]')
      await seeText(web, /Signed in as\s+bob/)
    },
  },
  {
    name: 'signed out and in again: the widget asks for a code',
    async run(scene) {
      await signOutOfWidget(scene)
      await signIn(scene)
      await webOf(scene).waitForSelector('input[autocomplete="one-time-code"]')
    },
  },
  {
    name: 'filled with one click from the account on top: signed in',
    async run(scene) {
      const popup = await fillCode(scene)
      const web = await afterFill(scene, popup, '#signed-in:not([hidden])')
      await seeText(web, /Signed in as\s+bob/)
    },
  },
]

async function signOutOfWidget(scene: Scene): Promise<void> {
  const web = webOf(scene)
  await press(web, 'Sign out')
  await web.waitForSelector('#passworLogin_account')
}

async function signIn(scene: Scene): Promise<void> {
  const web = webOf(scene)
  await web.waitForSelector('#passworLogin_account')
  await web.type('#passworLogin_account', 'bob')
  await web.type('#passworLogin_password', 'bob-Passw0rd')
  await click(scene, '#passworLogin button[type=submit]')
}

async function click(scene: Scene, selector: string): Promise<void> {
  const found = await webOf(scene).waitForSelector(selector)
  await found?.evaluate((element) => (element as HTMLElement).click())
}

/** The web page after it took the code; the fill may have waited for the next time step, with or without the popup. */
async function afterFill(scene: Scene, popup: Page, selector: string): Promise<Page> {
  const web = webOf(scene)
  await web.waitForSelector(selector, { timeout: STEP_MS })
  return backToWeb(scene, popup)
}
