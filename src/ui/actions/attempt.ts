import { AppError } from '../../core/errors'
import { failures, running, status } from '../state'
import { forgetAccounts } from './forget'

/**
 * Runs what the user asked a place of the interface to do. A failure is kept for that place to show and answers null;
 * a second wish while the first is at work answers null as well.
 */
export async function attempt<T>(place: string, action: () => Promise<T>): Promise<T | null> {
  if (running.value.has(place)) return null
  running.value = new Set(running.value).add(place)
  try {
    return await load(place, action)
  } finally {
    running.value = new Set([...running.value].filter((one) => one !== place))
  }
}

/** Brings what a place shows up to date. Like {@link attempt}, but never left out: each event asks anew. */
export async function load<T>(place: string, read: () => Promise<T>): Promise<T | null> {
  forgetFailure(place)
  try {
    return await read()
  } catch (error) {
    failures.value = new Map(failures.value).set(place, error)
    if (error instanceof AppError && error.code === 'vault/locked') showLocked()
    return null
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
