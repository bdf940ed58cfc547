import { adminSteps } from './admin'
import { boxesSteps } from './boxes'
import { lockingSteps } from './locking'
import type { Step } from './scene'
import { serverSteps } from './server'
import { widgetSteps } from './widget'

/** The main job, from an empty profile to signing in every day; each step builds on those before it. */
export const story: readonly Step[] = [...widgetSteps, ...boxesSteps, ...serverSteps, ...adminSteps, ...lockingSteps]
