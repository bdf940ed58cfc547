import browser from 'webextension-polyfill'
import type { TickedStep } from '../../settings'
import { onToolbar } from '../first-steps-state'
import { preferences } from './preferences'

/** Asks the browser whether our button is on its toolbar. */
export async function lookAtToolbar(): Promise<void> {
  // Newer than the types; not every browser has it.
  const { getUserSettings } = browser.action as { getUserSettings?: () => Promise<{ isOnToolbar?: boolean }> }
  onToolbar.value = (await getUserSettings?.().catch(() => null))?.isOnToolbar ?? null
}

/** The user says that a step is done. */
export async function tickStep(step: TickedStep): Promise<void> {
  const ticked = preferences.firstSteps.shown.value
  if (ticked && !ticked.includes(step)) await preferences.firstSteps.choose([...ticked, step])
}

/** No card speaks of the first steps any more, nor of what was left of them. */
export async function closeFirstSteps(): Promise<void> {
  await preferences.firstSteps.choose(null)
  await preferences.sheetDeclined.choose(true)
}
