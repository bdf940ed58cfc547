import { settings } from '../../settings'
import { TOKENS_LOCK } from './autolock'
import { keyIfOpen } from './unlocked'

/** So long, and at most until the lock, whoever sits there is taken for who has just chosen the passphrase. */
const JUST_MADE_MS = 5 * 60_000

/** The vault was made at `now`, by who typed its passphrase. A lock that came meanwhile leaves nothing of this behind (KEY-8). */
export async function noteMade(now: number): Promise<void> {
  await navigator.locks.request(TOKENS_LOCK, async () => {
    if ((await keyIfOpen()) !== null) await settings.vaultMadeAt.set(now)
  })
}

/** Whether the vault was made a few minutes ago and has been open since. A clock that was set back denies it. */
export async function isJustMade(now: number): Promise<boolean> {
  const madeAt = await settings.vaultMadeAt.get()
  return madeAt !== null && madeAt <= now && now - madeAt < JUST_MADE_MS
}

/** The same, for who is granted something for it: true once, to one of those that ask at the same time. */
export async function wasJustMade(now: number): Promise<boolean> {
  return navigator.locks.request(TOKENS_LOCK, async () => {
    const granted = await isJustMade(now)
    if (granted) await settings.vaultMadeAt.set(null)
    return granted
  })
}
