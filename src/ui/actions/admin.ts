import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import type { AdminCredentials } from '../../rpc/admin-calls'
import { background } from '../../rpc/client'
import { credentials, importedRecoveryCode, log, userStatus, type Done } from '../admin/state'
import { status } from '../state'
import { attempt } from './attempt'
import { askForOrigin } from './servers'
import { say } from './toast'

const IDLE_MS = 15 * 60_000

/** Keeps the credentials in this page's memory once the browser may reach the host. */
export async function holdCredentials(given: AdminCredentials): Promise<boolean> {
  const granted = askForOrigin(given.host)
  const held = await attempt('admin', async () => {
    if (!(await granted)) throw new AppError('mfa/host-not-granted', { host: new URL(given.host).hostname })
    credentials.value = given
    return true
  })
  return held === true
}

/** Forgets the pool's secret and what was learnt with it. */
export function forgetCredentials(): void {
  credentials.value = null
  userStatus.value = null
  importedRecoveryCode.value = null
}

/** Forgets them after 15 minutes in which nothing was done, and with the lock; until the answer is called. */
export function forgetWhenIdle(): () => void {
  let usedAt = Date.now()
  const used = () => {
    usedAt = Date.now()
  }
  const timer = setInterval(() => {
    if (Date.now() - usedAt >= IDLE_MS) forgetCredentials()
  }, 5_000)
  const stopWatching = status.subscribe((now) => {
    if (now !== 'unlocked') forgetCredentials()
  })
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, used)
  return () => {
    clearInterval(timer)
    stopWatching()
    for (const event of ['pointerdown', 'keydown']) removeEventListener(event, used)
  }
}

/** Which second factors the user has. */
export async function askStatus(userId: string): Promise<void> {
  const kinds = await withCredentials('admin-status', (given) => background.adminStatus(given, userId))
  if (!kinds) return
  userStatus.value = { userId, kinds }
  note('admin_log_status', userId)
}

/** Removes a user's second factor. */
export async function unassociate(userId: string, type: 'OTP' | 'FACE'): Promise<boolean> {
  const done = await withCredentials('admin-unassociate', async (given) => {
    await background.adminUnassociate(given, userId, type)
    return true
  })
  if (!done) return false
  note('admin_log_unassociate', userId)
  say({ text: text('unassociated') })
  return true
}

/** Gives a user a key made elsewhere; shows the recovery code the server keeps with it. */
export async function importKey(key: { userId: string; secret: string; recoveryCode?: string }): Promise<boolean> {
  const imported = await withCredentials('admin-import', (given) => background.adminImport(given, key))
  if (!imported) return false
  importedRecoveryCode.value = imported.recoveryCode
  note('admin_log_import', key.userId)
  return true
}

async function withCredentials<T>(place: string, act: (given: AdminCredentials) => Promise<T>): Promise<T | null> {
  const given = credentials.value
  return given ? attempt(place, () => act(given)) : null
}

function note(key: Done['key'], userId: string): void {
  log.value = [{ key, userId, at: Date.now() }, ...log.value]
}
