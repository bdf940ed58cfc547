import assert from 'node:assert/strict'
import { press, see, seeText, type, valueOf } from '../e2e/hands'
import { type Scene, STEP_MS, type Step, backToWeb, goTo, openPopup, scanTab, webOf } from './scene'

/** The same on a plain sign-in page with six separate boxes, for another user. */
export const boxesSteps: readonly Step[] = [
  {
    name: 'signed in as alice on a page with six boxes, which shows a QR code',
    async run(scene) {
      await goTo(scene, '/boxes?app=demo-app-mfa')
      await signIn(scene)
      await webOf(scene).waitForSelector('[data-step="bind"]:not([hidden]) img[src^="data:"]')
    },
  },
  {
    name: 'scanned it and added the account',
    async run(scene) {
      const popup = await scanTab(scene)
      assert.match(await valueOf(popup, 'Account'), /alice/)
      await press(popup, 'Add')
      await see(popup, 'button', 'Add account')
      await seeText(popup, /alice/)
    },
  },
  {
    name: 'filled the six boxes: bound',
    async run(scene) {
      await fillAccount(scene, 'alice')
      await webOf(scene).waitForSelector('[data-step="keep"]:not([hidden])', { timeout: STEP_MS })
    },
  },
  {
    name: 'kept the recovery code of this page, too',
    async run(scene) {
      const shown = await webOf(scene).$eval('#recovery-code', (element) => element.textContent)
      const popup = await openPopup(scene)
      await press(popup, 'Keep recovery code')
      assert.equal(await valueOf(popup, 'Recovery code'), shown)
      await press(popup, 'Keep')
      await seeText(popup, 'The recovery code is kept.')
      const web = await backToWeb(scene, popup)
      await press(web, 'Continue')
      await seeText(web, /Signed in as\s+alice/)
    },
  },
  {
    name: 'signed out and in again, filled the six boxes: signed in',
    async run(scene) {
      await press(webOf(scene), 'Sign out')
      await signIn(scene)
      await webOf(scene).waitForSelector('[data-step="verify"]:not([hidden])')
      await fillAccount(scene, 'alice')
      const web = webOf(scene)
      await seeText(web, /Signed in as\s+alice/, STEP_MS)
      scene.lastShown = web
    },
  },
]

async function signIn(scene: Scene): Promise<void> {
  const web = webOf(scene)
  await type(web, 'Account', 'alice')
  await type(web, 'Password', 'alice-Passw0rd')
  await press(web, 'Sign in')
}

/** Two accounts belong to this site by now: the one whose name is asked for is taken. */
async function fillAccount(scene: Scene, account: string): Promise<void> {
  const popup = await openPopup(scene)
  await see(popup, 'button', 'Fill code')
  const rows = await popup.$$('::-p-aria([role="listitem"])')
  for (const row of rows) {
    const text = await row.evaluate((item) => item.textContent)
    if (!text?.includes(account)) continue
    const button = await row.$('::-p-aria([name="Fill code"][role="button"])')
    if (!button) continue
    await button.focus()
    await popup.keyboard.press('Enter')
    return
  }
  throw new Error(`no account of ${account} can be filled here`)
}
