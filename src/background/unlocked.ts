import { AppError } from '../core/errors'
import * as session from '../vault/session'
import { openVault } from '../vault/vault'
import { noteCopies } from './copies-notice'

/** The one vault of this browser profile. */
export const vault = openVault({
  databaseName: 'latchkey',
  now: Date.now,
  onReport: (report) => void noteCopies(report, Date.now()),
})

/** The unlocked vault's key. Throws `vault/locked` once the deadline has passed, however late the alarm is (KEY-7). */
export async function vaultKey(): Promise<string> {
  const key = await session.restore(Date.now())
  if (key === null) throw new AppError('vault/locked')
  return key
}
