import { computed, signal } from '@preact/signals'
import type { TickedStep } from '../settings'
import { preferences } from './actions/preferences'
import { inUse } from './state'
import { ways } from './ways-state'

/** What a new user may do, each at any time. */
export type FirstStepName = 'sheet' | 'accounts' | TickedStep

/** Whether our button is on the browser's toolbar: null where the browser does not say, undefined until it was asked. */
export const onToolbar = signal<boolean | null | undefined>(undefined)

/** Which first steps are done, in their order; null until all of it is known. Who has the button pinned is not asked to pin it. */
export const stepsDone = computed<ReadonlyMap<FirstStepName, boolean> | null>(() => {
  const ticked = preferences.firstSteps.shown.value
  if (!ticked || !ways.value || onToolbar.value === undefined) return null
  const pin = [['pin', ticked.includes('pin')]] as const
  return new Map<FirstStepName, boolean>([
    ['sheet', ways.value.sheet?.onPaper === true],
    ['accounts', inUse.value.length > 0],
    ...(onToolbar.value === true ? [] : pin),
    ['tour', ticked.includes('tour')],
  ])
})
