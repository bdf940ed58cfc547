import browser from 'webextension-polyfill'
import { announce } from '../../rpc/client'
import { clearOnLock, settings } from '../../settings'
import * as session from '../../vault/session'
import { unasked } from '../unasked'

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

/** Counts the time to the lock anew: the user did something. A lock that comes meanwhile clears this, or finds it not done. */
export async function postponeLock(now: number): Promise<void> {
  await navigator.locks.request(TOKENS_LOCK, async () => {
    if ((await session.restore(now)) === null) return
    const lockAt = await lockMoment(now)
    await session.touch(lockAt)
    browser.alarms.create(AUTO_LOCK_ALARM, { when: lockAt })
  })
}

/** How often somebody has locked since this background started. A stop of it ends what is at work, too, so nothing more is kept. */
let locks = 0

/** For who is about to open the vault: another number afterwards means that it was locked meanwhile, and stays so (KEY-8). */
export function locksSoFar(): number {
  return locks
}

/** Forgets the key and all that must not outlive it, and has every open page go blank (KEY-8). What is being opened stays locked. */
export async function lock(): Promise<void> {
  locks += 1
  await forgetEverything()
}

/** No part waits for another, nor is it left out because another failed; the pages least of all. Throws the first failure. */
async function forgetEverything(): Promise<void> {
  const [forgotten] = await Promise.allSettled([session.forget()])
  const rest = await Promise.allSettled([
    announce('locked'),
    navigator.locks.request(TOKENS_LOCK, clearOnLock),
    browser.alarms.clear(AUTO_LOCK_ALARM),
  ])
  for (const part of [forgotten, ...rest]) if (part.status === 'rejected') throw part.reason
}

/** Locks if the deadline has passed; for alarms, which may be late or early. Nobody asked for it, so an unlock that is at work goes on. */
export async function lockIfDue(now: number): Promise<void> {
  if ((await session.restore(now)) === null) await forgetEverything()
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
    if (state === 'locked') unasked(lock())
  })
}
