import { errorText } from '../../i18n/text'
import { background } from '../../rpc/client'
import { type DemoKind, settings } from '../../settings'
import { demo, tourEnded, tourStep } from '../tour-state'
import { attempt, load } from './attempt'
import { tickStep } from './first-steps'
import { backToList, closeTab, openInTab } from './navigation'
import { isPopup } from './page'
import { say } from './toast'

/** Goes on where the tour was left. */
export async function resumeTour(): Promise<void> {
  tourEnded.value = false
  await load('tour', async () => {
    tourStep.value = await settings.tourStep.get()
    demo.value = await background.demo()
  })
}

/** Has a demo account made. */
export async function chooseDemo(kind: DemoKind): Promise<void> {
  await attempt('tour', async () => {
    demo.value = await background.startDemo(kind)
    await goToStep(1)
  })
}

/** Begins the tour in a tab, which is where its demo site is: it opens on the code. */
export async function startTour(kind: DemoKind): Promise<void> {
  try {
    await background.startDemo(kind)
    await settings.tourStep.set(1)
  } catch (error) {
    // Where something failed, the card that was pressed makes way for it.
    return say({ text: errorText(error) })
  }
  await openInTab('tour')
}

/** Brings its code up to date. */
export async function renewDemo(): Promise<void> {
  await load('tour', async () => {
    demo.value = await background.demo()
  })
}

/** From making the code to filling it, and back. */
export async function goToStep(step: 1 | 2): Promise<void> {
  await settings.tourStep.set(step)
  tourStep.value = step
}

/** Whether the demo site takes the code; null where it could not be asked. */
export async function signInToDemo(code: string): Promise<boolean | null> {
  return attempt('tour', () => background.signInToDemo(code))
}

/** Removes the demo account, and with it all that there was of the tour. */
export async function removeDemo(): Promise<void> {
  const gone = await attempt('tour', () => background.endDemo())
  if (gone === null) return
  demo.value = null
  tourStep.value = 1
  tourEnded.value = true
  await tickStep('tour')
}

/** Back to where the user came from. */
export async function leaveTour(): Promise<void> {
  backToList()
  if (!(await isPopup())) await closeTab()
}
