import { AppError } from '../../core/errors'
import { failures, running, status } from '../state'
import { forgetAccounts } from './forget'

/**
 * Runs what a place of the interface was asked to do. A failure is kept for that place to show and answers null;
 * a second wish while the first is at work answers null as well.
 */
export async function attempt<T>(place: string, action: () => Promise<T>): Promise<T | null> {
  if (running.value.has(place)) return null
  forgetFailure(place)
  running.value = new Set(running.value).add(place)
  try {
    return await action()
  } catch (error) {
    failures.value = new Map(failures.value).set(place, error)
    if (error instanceof AppError && error.code === 'vault/locked') showLocked()
    return null
  } finally {
    running.value = new Set([...running.value].filter((one) => one !== place))
  }
}

/** Takes a failure off the screen. */
export function forgetFailure(place: string): void {
  if (!failures.value.has(place)) return
  failures.value = new Map([...failures.value].filter(([one]) => one !== place))
}

function showLocked(): void {
  forgetAccounts()
  status.value = 'locked'
}
