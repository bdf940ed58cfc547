import assert from 'node:assert/strict'
import { by, press, see, seeText, type } from '../e2e/hands'
import { type Scene, type Step, bindingOf, shownOf } from './scene'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const RECOVERY_CODE = '0123-4567-89ab-cdef-0123-4567'

/** What an administrator does, on a page that is off until it is turned on. */
export const adminSteps: readonly Step[] = [
  {
    name: 'turned the administrator page on, after its warning',
    async run(scene) {
      const options = shownOf(scene)
      const box = await see(options, 'switch', 'Show the administrator page')
      await box.focus()
      await options.keyboard.press(' ')
      await see(options, 'button', 'Open administrator page')
      await options.close()
      const admin = await scene.stage.openOwn('src/ui/admin/index.html')
      scene.lastShown = admin
      await type(admin, 'Server address', scene.emulator.url)
      await type(admin, 'User pool ID', 'demo-pool')
      await type(admin, 'User pool secret', 'demo-pool-secret')
      await press(admin, 'Use these credentials')
      await seeText(admin, /demo-pool/)
    },
  },
  {
    name: 'asked for the status of carol: her TOTP is bound',
    async run(scene) {
      const admin = shownOf(scene)
      await inSection(scene, 'Status of a user', { 'User ID': 'carol' }, 'Ask status')
      await seeText(admin, 'OTP: bound')
    },
  },
  {
    name: 'removed the second factor of carol',
    async run(scene) {
      await inSection(
        scene,
        "Remove a user's second factor",
        { 'User ID': 'carol', 'User ID again': 'carol' },
        'Remove second factor',
      )
      await seeText(shownOf(scene), 'Removed.')
      assert.equal(await bindingOf(scene, 'carol'), null)
    },
  },
  {
    name: 'imported a TOTP key with its recovery code for dave',
    async run(scene) {
      const fields = { 'User ID': 'dave', 'User ID again': 'dave', Secret: SECRET, 'Recovery code': RECOVERY_CODE }
      await inSection(scene, 'Import a TOTP key', fields, 'Import key')
      await seeText(shownOf(scene), 'Imported.')
      assert.deepEqual(await bindingOf(scene, 'dave'), { state: 'bound', secret: SECRET, recoveryCode: RECOVERY_CODE })
    },
  },
]

/** Fills in one form of the page and sends it; other forms have fields of the same names. */
async function inSection(
  scene: Scene,
  name: string,
  fields: Readonly<Record<string, string>>,
  button: string,
): Promise<void> {
  const admin = shownOf(scene)
  const section = await see(admin, 'region', name)
  for (const [field, value] of Object.entries(fields)) {
    await (await section.waitForSelector(by('textbox', field)))?.type(value)
  }
  await (await section.waitForSelector(by('button', button)))?.focus()
  await admin.keyboard.press('Enter')
}
