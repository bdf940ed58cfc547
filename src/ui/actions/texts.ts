import { loadRest } from '../../i18n/catalogue'
import { textsAdded } from '../state'

/**
 * Has the texts there that the popup's first screens do without; what was drawn without one is drawn anew. Throws where they do
 * not come, in English neither: no part of a screen is drawn wordless, and the safe mode stands in for an empty page (REL-1).
 */
export async function bringTexts(): Promise<void> {
  if (await loadRest()) textsAdded.value += 1
}
