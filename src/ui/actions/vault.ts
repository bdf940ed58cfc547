import { AppError } from '../../core/errors'
import { background } from '../../rpc/client'
import { allHere, locks, status } from '../state'
import { refreshAccounts, showGlance } from './accounts'
import { attempt, forgetFailure, load, showFailure, whileOpen } from './attempt'
import { forgetAccounts } from './forget'
import { refuseWeak } from './passphrase'

/** After so long whoever opened the popup has seen the first codes. */
const WHOLE_AFTER_MS = 600

let questions = 0

/** Asks how the vault is, and for the accounts when it is open. */
export async function refresh(): Promise<void> {
  const before = locks.peek()
  const question = (questions += 1)
  const glance = await load('start', () => background.glance())
  if (glance === null) {
    // Locked it stays, and damaged: whoever opened it can try that again.
    if (status.value !== 'locked' && status.value !== 'damaged') status.value = 'broken'
    return
  }
  if (glance.status !== 'unlocked') {
    // Somebody may have opened it since: who asked later is told so.
    if (question !== questions) return
    forgetAccounts()
    status.value = glance.status
    return
  }
  // Whoever locked meanwhile has said so already (KEY-8).
  if (locks.peek() !== before) return
  showGlance(glance)
  status.value = 'unlocked'
  reportDamage(glance.damaged)
  if (!glance.whole) void refreshWhole()
}

/** The codes in sight come before the thousands that are not; whoever stays, or does something, wants those, too. */
function whenWanted(): Promise<void> {
  return new Promise((resolve) => {
    // A click, not the press before it: rows must not move in between.
    const signs = ['keydown', 'click', 'scroll'] as const
    const go = () => {
      clearTimeout(timer)
      for (const sign of signs) document.removeEventListener(sign, go, true)
      resolve()
    }
    const timer = setTimeout(go, WHOLE_AFTER_MS)
    for (const sign of signs) document.addEventListener(sign, go, { capture: true, passive: true })
  })
}

/** Only who has read all of a large vault knows how much of it is damaged by now (VLT-2). */
async function refreshWhole(): Promise<void> {
  const before = locks.peek()
  await whenWanted()
  if (locks.peek() !== before || status.peek() !== 'unlocked') return
  if (!allHere.peek()) await refreshAccounts()
  const count = await load('damage-count', () => whileOpen(background.damagedRecords()))
  if (count !== null) reportDamage(count)
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
