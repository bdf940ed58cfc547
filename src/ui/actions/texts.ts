import { loadRest } from '../../i18n/catalogue'
import { textsAdded } from '../state'

/** Has the texts there that the popup's first screens do without; what was drawn without one is drawn anew. */
export async function bringTexts(): Promise<void> {
  // What does not come is asked for again by the next part of a screen that is loaded.
  if (await loadRest().catch(() => false)) textsAdded.value += 1
}
