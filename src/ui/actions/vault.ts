import { AppError } from '../../core/errors'
import { background } from '../../rpc/client'
import { status } from '../state'
import { loadAccounts } from './accounts'
import { attempt, load } from './attempt'
import { forgetAccounts } from './forget'
import { refuseWeak } from './passphrase'

/** Asks how the vault is, and for the accounts when it is open. */
export async function refresh(): Promise<void> {
  const answer = await load('start', async () => {
    const known = await background.vaultStatus()
    if (known === 'unlocked') await loadAccounts()
    return known
  })
  if (answer === null) {
    // Why it failed may have said already how the vault is.
    if (status.value !== 'locked' && status.value !== 'damaged') status.value = 'broken'
    return
  }
  if (answer !== 'unlocked') forgetAccounts()
  status.value = answer
  if (answer === 'unlocked') await load('damaged', reportDamage)
}

/** Fails where a record is damaged: what is missing is said beside all that is fine (VLT-2). */
async function reportDamage(): Promise<void> {
  const count = await background.damagedRecords()
  if (count > 0) throw new AppError('vault/record-damaged', { count })
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
