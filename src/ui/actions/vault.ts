import { AppError } from '../../core/errors'
import { background } from '../../rpc/client'
import { status } from '../state'
import { refreshAccounts, showGlance } from './accounts'
import { attempt, forgetFailure, load, showFailure } from './attempt'
import { forgetAccounts } from './forget'
import { refuseWeak } from './passphrase'

/** Asks how the vault is, and for the accounts when it is open. */
export async function refresh(): Promise<void> {
  const glance = await load('start', async () => {
    const seen = await background.glance()
    if (seen.status === 'unlocked') showGlance(seen)
    return seen
  })
  if (glance === null) {
    // Why it failed may have said already how the vault is.
    if (status.value !== 'locked' && status.value !== 'damaged') status.value = 'broken'
    return
  }
  if (glance.status !== 'unlocked') {
    forgetAccounts()
    status.value = glance.status
    return
  }
  status.value = 'unlocked'
  if (!glance.whole) void refreshAccounts()
  reportDamage(glance.damaged)
}

/** What is missing is said beside all that is fine (VLT-2). */
function reportDamage(count: number): void {
  if (count > 0) showFailure('damaged', new AppError('vault/record-damaged', { count }))
  else forgetFailure('damaged')
}

/** Opens the vault; true when it is open. */
export async function unlock(passphrase: string): Promise<boolean> {
  return opened(await attempt('unlock', () => background.unlock(passphrase)))
}

export async function lock(): Promise<void> {
  // What is on the screen goes first, whatever the background answers (KEY-8).
  forgetAccounts()
  status.value = 'locked'
  await attempt('unlock', () => background.lock())
}

export async function changePassphrase(current: string, next: string): Promise<boolean> {
  const changed = await attempt('change-passphrase', async () => {
    await refuseWeak(next)
    await background.changePassphrase(current, next)
  })
  return changed !== null
}

async function opened(answer: unknown): Promise<boolean> {
  if (answer === null) return false
  await refresh()
  return true
}
