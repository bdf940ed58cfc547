import assert from 'node:assert/strict'
import type { Page } from 'puppeteer-core'
import { by, press, see, seeText, type, valueOf } from '../e2e/hands'
import { type Scene, STEP_MS, type Step, bindingOf, openOptions, shownOf, stateOf } from './scene'

/** Binding, verifying, recovering and unbinding wholly from the extension, for a third user. */
export const serverSteps: readonly Step[] = [
  {
    name: 'added the MFA server in Options',
    async run(scene) {
      await scene.web?.close()
      delete scene.web
      await scene.stage.grant(scene.emulator.url)
      const options = await openOptions(scene)
      await addServer(options, scene, 'demo-app')
    },
  },
  {
    name: 'signed in as dave by password',
    run: (scene) => signIn(shownOf(scene), 'dave', /Signed in as\s+dave/),
  },
  {
    name: 'bound: the server made a secret, it was stored, its code confirmed it',
    async run(scene) {
      const options = shownOf(scene)
      await press(options, 'Bind')
      await press(options, 'Confirm')
      await seeText(options, 'It is kept in your vault.', STEP_MS)
      assert.equal((await bindingOf(scene, 'dave'))?.state, 'bound')
      await press(options, 'I have written it down')
    },
  },
  {
    name: 'signed in again: the server asks for a code, the stored account answers',
    async run(scene) {
      const options = shownOf(scene)
      await press(options, 'Sign out')
      await signIn(options, 'dave', 'A second factor is needed')
      await press(options, 'Verify')
      await seeText(options, /Signed in as\s+dave/, STEP_MS)
    },
  },
  {
    name: 'signed in with the recovery code: it was spent, the new one is kept',
    async run(scene) {
      const options = shownOf(scene)
      const before = (await bindingOf(scene, 'dave'))?.recoveryCode
      await press(options, 'Sign out')
      await signIn(options, 'dave', 'A second factor is needed')
      await press(options, 'Use recovery code')
      await seeText(options, 'The new one is kept in your vault')
      assert.notEqual((await bindingOf(scene, 'dave'))?.recoveryCode, before)
      await press(options, 'I have written it down')
    },
  },
  {
    name: 'unbound: the server forgot it, the account is in the trash',
    async run(scene) {
      const options = shownOf(scene)
      await press(options, 'Unbind')
      await agree(options, 'Unbind this second factor?', 'Unbind')
      await seeText(options, 'Unbound. The account was moved to the trash.')
      assert.equal(await bindingOf(scene, 'dave'), null)
    },
  },
  {
    name: 'removed this server',
    async run(scene) {
      const options = shownOf(scene)
      await press(options, 'Remove')
      await agree(options, 'Remove this server?', 'Remove')
      await seeText(options, 'No server yet')
    },
  },
  {
    name: 'signed in with a code by text message',
    async run(scene) {
      const options = shownOf(scene)
      await addServer(options, scene, 'demo-app-factors')
      await signIn(options, 'dave', 'A second factor is needed')
      await answerDelivered(options, scene, 'Phone', '13800000004')
    },
  },
  {
    name: 'signed in with a code by e-mail',
    async run(scene) {
      const options = shownOf(scene)
      await press(options, 'Sign out')
      await signIn(options, 'dave', 'A second factor is needed')
      await answerDelivered(options, scene, 'E-mail address', 'dave@example.com')
    },
  },
]

/** Has a code sent, reads it where the emulator keeps it, and answers with it. */
async function answerDelivered(options: Page, scene: Scene, field: string, to: string): Promise<void> {
  assert.equal(await valueOf(options, field), to)
  await (await see(options, 'textbox', field)).focus()
  await options.keyboard.press('Enter')
  await seeText(options, 'A code is on its way.')
  const code = (await stateOf(scene)).outbox.findLast((message) => message.to === to)?.code ?? ''
  await type(options, 'Verification code', code)
  await options.keyboard.press('Enter')
  await seeText(options, /Signed in as\s+dave/)
}

async function addServer(options: Page, scene: Scene, application: string): Promise<void> {
  await see(options, 'heading', 'Servers')
  await type(options, 'Server address', scene.emulator.url)
  await type(options, 'Application ID', application)
  await press(options, 'Add server')
  await seeText(options, /was added/)
}

async function signIn(options: Page, account: string, ends: string | RegExp): Promise<void> {
  await type(options, 'Account', account)
  await type(options, 'Password', `${account}-Passw0rd`)
  await press(options, 'Sign in')
  await seeText(options, ends)
}

/** Answers a question of ours with the button that goes on. */
async function agree(options: Page, title: string, button: string): Promise<void> {
  const question = await see(options, 'alertdialog', title)
  const found = await question.waitForSelector(by('button', button))
  await found?.focus()
  await options.keyboard.press('Enter')
}
