import assert from 'node:assert/strict'
import { isThere, press, see, seeText } from '../e2e/hands'
import { type Step, goTo, openPopup, shownOf, unlock } from './scene'

/** What is there after a lock, and after the browser was closed. */
export const lockingSteps: readonly Step[] = [
  {
    name: 'locked: the popup asks for the passphrase and shows nothing else',
    async run(scene) {
      await goTo(scene, '/')
      const popup = await openPopup(scene)
      await see(popup, 'list', 'Accounts')
      await press(popup, 'Lock')
      await see(popup, 'button', 'Unlock')
      assert(!(await isThere(popup, 'list', 'Accounts')))
    },
  },
  {
    name: 'unlocked: the codes are back',
    async run(scene) {
      const popup = shownOf(scene)
      await unlock(popup)
      await see(popup, 'list', 'Accounts')
      await seeText(popup, /bob[\s\S]*alice|alice[\s\S]*bob/)
    },
  },
  {
    name: 'closed the browser and started it again: locked',
    async run(scene) {
      scene.stage = await scene.stage.restart()
      delete scene.web
      await goTo(scene, '/')
      const popup = await openPopup(scene)
      await see(popup, 'button', 'Unlock')
    },
  },
  {
    name: 'unlocked once more: everything is still there',
    async run(scene) {
      const popup = shownOf(scene)
      await unlock(popup)
      await see(popup, 'list', 'Accounts')
      await seeText(popup, /bob[\s\S]*alice|alice[\s\S]*bob/)
    },
  },
]
