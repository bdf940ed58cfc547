import * as session from '../../vault/session'
import { postponeLock } from '../vault/autolock'

/** What the user did by a call counts as use, so the time to the lock starts anew. */
export async function acted<T>(work: () => Promise<T>): Promise<T> {
  const now = Date.now()
  if ((await session.restore(now)) !== null) await postponeLock(now)
  return work()
}
