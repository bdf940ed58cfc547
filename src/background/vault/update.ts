import browser from 'webextension-polyfill'
import { settings } from '../../settings'
import { lock } from './autolock'
import { alone } from '../mfa/flow-lock'

/** Wakes the background for an update that waits, should it have been stopped meanwhile. */
export const UPDATE_ALARM = 'update'

/** As long as an MFA server lets a sign-in wait for its second factor; no flow takes longer. */
const LONGEST_FLOW_MS = 6 * 60_000
const LOOK_AGAIN_MS = 30_000

/** A new version is there. It waits for a flow that is under way, then the vault locks and the new version starts (REL-3). */
export async function updateSoon(now: number): Promise<void> {
  if ((await settings.updateWaitsUntil.get()) === null) await settings.updateWaitsUntil.set(now + LONGEST_FLOW_MS)
  await updateIfFree(now)
}

/** Updates now, or looks again later; nothing where no update waits. */
export async function updateIfFree(now: number): Promise<void> {
  const until = await settings.updateWaitsUntil.get()
  if (until === null) return
  if (now < until && (await isSigningIn(now))) {
    browser.alarms.create(UPDATE_ALARM, { when: Math.min(now + LOOK_AGAIN_MS, until) })
    return
  }
  // A request that is under way ends by itself, within its own limit.
  await alone(update)
}

async function update(): Promise<void> {
  await settings.updateWaitsUntil.set(null)
  await browser.alarms.clear(UPDATE_ALARM)
  await lock()
  browser.runtime.reload()
}

/** Whether a sign-in waits for its second factor: an update would make the user begin anew. */
async function isSigningIn(now: number): Promise<boolean> {
  return Object.values(await settings.mfaSignIns.get()).some(({ expiresAt }) => expiresAt > now)
}
