import { signal } from '@preact/signals'
import type { DemoView } from '../rpc/demo-calls'

/** The demo account of the tour; null until one was chosen. */
export const demo = signal<DemoView | null>(null)
/** The first step shows its code, the second fills it. */
export const tourStep = signal<1 | 2>(1)
/** Whether the demo account was removed just now. */
export const tourEnded = signal(false)
