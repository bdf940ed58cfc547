import browser from 'webextension-polyfill'
import { announce } from '../rpc/client'
import { clearOnLock, settings } from '../settings'
import * as session from '../vault/session'

/** Wakes the background when the vault is due to lock. The deadline itself is checked at every wake and call (KEY-7). */
export const AUTO_LOCK_ALARM = 'auto-lock'

/** Who changes what the lock clears holds this lock. */
export const TOKENS_LOCK = 'latchkey-tokens'

/** When the vault locks if nothing more is done from `now` on: by idleness, and at the latest by the time it has been open. */
export async function lockMoment(now: number): Promise<number> {
  return Math.min(now + (await settings.autoLockMinutes.get()) * 60_000, await latestMoment(now))
}

/** Counted from the unlock, which use does not move (KEY-7). */
async function latestMoment(now: number): Promise<number> {
  // What an earlier unlock left behind says nothing about this one.
  const known = (await session.restore(now)) === null ? null : await settings.lockLatestAt.get()
  if (known !== null) return known
  const latest = now + (await settings.longestUnlockedHours.get()) * 3_600_000
  await settings.lockLatestAt.set(latest)
  return latest
}

/** Counts the time to the lock anew: the user did something. */
export async function postponeLock(now: number): Promise<void> {
  const lockAt = await lockMoment(now)
  await session.touch(lockAt)
  browser.alarms.create(AUTO_LOCK_ALARM, { when: lockAt })
}

/** Forgets the key and all that must not outlive it, and has every open page go blank (KEY-8). */
export async function lock(): Promise<void> {
  await session.forget()
  await navigator.locks.request(TOKENS_LOCK, clearOnLock)
  await browser.alarms.clear(AUTO_LOCK_ALARM)
  await announce('locked')
}

/** Locks if the deadline has passed; for alarms, which may be late or early. */
export async function lockIfDue(now: number): Promise<void> {
  if ((await session.restore(now)) === null) await lock()
}

/** Drops what must not outlive a deadline that passed while nobody was there: an alarm may be lost (KEY-7). Silent, for each wake. */
export async function forgetIfDue(now: number): Promise<void> {
  if ((await session.restore(now)) === null) await navigator.locks.request(TOKENS_LOCK, () => clearIfStillLocked(now))
}

async function clearIfStillLocked(now: number): Promise<void> {
  if ((await session.restore(now)) === null) await clearOnLock()
}

/** Locks when the screen does. Chrome alone reports that; in Firefox the deadline does the work (trap 30). */
export function lockWithScreen(): void {
  globalThis.chrome?.idle?.onStateChanged.addListener((state) => {
    if (state === 'locked') void lock()
  })
}
