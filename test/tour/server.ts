import assert from 'node:assert/strict'
import type { Page } from 'puppeteer-core'
import { press, see, seeText, type } from '../e2e/hands'
import { type Scene, STEP_MS, type Step, openOptions } from './scene'

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
    run: (scene) => signIn(shown(scene), 'dave', /Signed in as/),
  },
  {
    name: 'bound: the server made a secret, it was stored, its code confirmed it',
    async run(scene) {
      const options = shown(scene)
      await press(options, 'Bind')
      await press(options, 'Confirm')
      await seeText(options, 'It is kept in your vault.', STEP_MS)
      assert.equal(totpOf(scene, 'dave')?.state, 'bound')
      await acknowledge(options)
    },
  },
  {
    name: 'signed in again: the server asks for a code, the stored account answers',
    async run(scene) {
      const options = shown(scene)
      await press(options, 'Sign out')
      await signIn(options, 'dave', 'A second factor is needed')
      await verifyWithAccount(options)
    },
  },
  {
    name: 'signed in with the recovery code: it was spent, the new one is kept',
    async run(scene) {
      const options = shown(scene)
      const before = totpOf(scene, 'dave')?.recoveryCode
      await press(options, 'Sign out')
      await signIn(options, 'dave', 'A second factor is needed')
      await useRecoveryCode(options)
      await seeText(options, 'The new one is kept in your vault')
      assert.notEqual(totpOf(scene, 'dave')?.recoveryCode, before)
      await acknowledge(options)
    },
  },
  {
    name: 'unbound: the server forgot it, the account is in the trash',
    async run(scene) {
      const options = shown(scene)
      await press(options, 'Unbind')
      const question = await see(options, 'alertdialog', 'Unbind this second factor?')
      const button = await question.waitForSelector('::-p-aria([name="Unbind"][role="button"])')
      await button?.focus()
      await options.keyboard.press('Enter')
      await seeText(options, 'Unbound. The account was moved to the trash.')
      assert.equal(totpOf(scene, 'dave'), null)
    },
  },
  {
    name: 'signed in with a code by text message',
    async run(scene) {
      await options(scene).close()
      const page = await openOptions(scene)
      await addServer(page, scene, 'demo-app-factors')
      await signIn(page, 'dave', 'A second factor is needed', 'demo-app-factors')
      await deliver(page, scene, 'Text message')
    },
  },
  {
    name: 'signed in with a code by e-mail',
    async run(scene) {
      const page = shown(scene)
      await press(page, 'Sign out')
      await signIn(page, 'dave', 'A second factor is needed', 'demo-app-factors')
      await deliver(page, scene, 'E-mail')
    },
  },
]
