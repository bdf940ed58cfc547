import { AppError } from '../../core/errors'
import * as session from '../../vault/session'
import { openVault } from '../../vault/vault'
import { noteFirstShown } from '../first-shown'
import { unasked } from '../unasked'
import { noteCopies } from './copies-notice'

/** The one vault of this browser profile. */
export const vault = openVault({
  databaseName: 'latchkey',
  now: Date.now,
  onContents: (key, contents) => unasked(noteFirstShown(key, contents)),
  onReport: (report) => void noteCopies(report, Date.now()),
})

let replacing: Promise<unknown> = Promise.resolve()

/** Has whoever asks for the key wait until `work` has put another in its place, so that nobody comes with one that opens nothing. */
export function replaceKeyBy(work: () => Promise<void>): Promise<void> {
  const done = work()
  replacing = done.catch(() => undefined)
  return done
}

/** The unlocked vault's key. Null once the deadline has passed, however late the alarm is (KEY-7). */
export async function keyIfOpen(): Promise<string | null> {
  await replacing
  return session.restore(Date.now())
}

/** The unlocked vault's key. Throws `vault/locked`. */
export async function vaultKey(): Promise<string> {
  const key = await keyIfOpen()
  if (key === null) throw new AppError('vault/locked')
  return key
}
