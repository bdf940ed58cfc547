import { announce } from '../rpc/client'
import * as session from '../vault/session'
import { lockMoment, postponeLock } from './autolock'
import { keepBeforeUpdate, lookAfter } from './health'

/** From now on the vault is open: its key is kept until the lock, and every page hears of it. */
export async function beginOpen(key: string): Promise<void> {
  const now = Date.now()
  await keepBeforeUpdate(key)
  await session.keep(key, await lockMoment(now))
  await postponeLock(now)
  await announce('unlocked')
  // Not waited for: nobody should wait longer for their codes.
  void lookAfter(key, now)
}
