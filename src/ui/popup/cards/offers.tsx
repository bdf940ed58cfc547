import type { VNode } from 'preact'
import { preferences } from '../../actions/preferences'
import { Lazy } from '../../components/lazy'
import { backupReminder } from '../../health-state'
import { failures, inUse, page } from '../../state'

const loadFirstSteps = async () => (await import('./first-steps')).FirstSteps
const loadSheetOffer = async () => (await import('./sheet-offer')).SheetOffer

/** What could still be done, one card at a time, and none where something else has to be said. */
export function Offers(): VNode | null {
  const told = failures.value.size > 0 || backupReminder.value || preferences.copiesReport.shown.value?.read === false
  if (told || page.value?.hasCodeField) return null
  // The sheet is one of these: nobody is asked for it twice.
  if (preferences.firstSteps.shown.value) return <Lazy load={loadFirstSteps} />
  const offered = inUse.value.length > 0 && preferences.sheetDeclined.shown.value === false
  return offered ? <Lazy load={loadSheetOffer} /> : null
}
