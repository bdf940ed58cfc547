import { announce } from '../../rpc/client'
import * as session from '../../vault/session'
import { forgetIfDue, lockMoment, locksSoFar, postponeLock } from './autolock'
import { keepBeforeUpdate, lookAfter } from './health'
import { unasked } from '../unasked'

/**
 * From now on the vault is open: the key that `open` answers is kept until the lock, and every page hears of it. A lock since
 * `locks` were counted wins: the vault stays locked (KEY-8).
 */
export async function beginOpen(open: () => Promise<string>, locks: number = locksSoFar()): Promise<void> {
  // What an alarm that was lost has left must not pass for this opening's.
  await forgetIfDue(Date.now())
  const key = await open()
  await keepBeforeUpdate(key)
  const now = Date.now()
  if (!(await keepUnlessLocked(key, await lockMoment(now), locks))) return
  await postponeLock(now)
  await announce('unlocked')
  // Not waited for: nobody should wait longer for their codes.
  unasked(lookAfter(key, now))
}

async function keepUnlessLocked(key: string, lockAt: number, locks: number): Promise<boolean> {
  if (locksSoFar() !== locks) return false
  await session.keep(key, lockAt)
  if (locksSoFar() === locks) return true
  // A lock that came while the key was being written may have found nothing to forget.
  await session.forget()
  return false
}
