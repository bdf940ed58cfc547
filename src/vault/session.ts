import browser from 'webextension-polyfill'

/** The unlocked vault key and when to forget it. In memory only, and gone when the browser exits (KEY-5). */
interface Unlocked {
  /** As text: Chromium turns a CryptoKey or bytes into `{}` there without a word. */
  key: string
  /** Absolute, so that a late alarm or a sleeping computer does not matter (KEY-7). */
  lockAt: number
}

const ITEM = 'unlocked'

/** A deadline further away than this is not believed: the clock has been set back. */
const LONGEST_UNLOCKED_MS = 24 * 60 * 60 * 1000

/** Keeps the vault key until `lockAt`, in epoch milliseconds. */
export async function keep(key: string, lockAt: number): Promise<void> {
  await closeToContentScripts()
  await browser.storage.session.set({ [ITEM]: { key, lockAt } satisfies Unlocked })
}

/** The vault key; null when there is none or its time is over, and then it is forgotten. Fails closed. */
export async function restore(now: number): Promise<string | null> {
  const unlocked = await load()
  if (!unlocked) return null
  const left = unlocked.lockAt - now
  if (left > 0 && left <= LONGEST_UNLOCKED_MS) return unlocked.key
  await forget()
  return null
}

/** Moves the deadline of the key that is kept; without one nothing happens. */
export async function touch(lockAt: number): Promise<void> {
  const unlocked = await load()
  if (unlocked) await keep(unlocked.key, lockAt)
}

/** Locks: the key is gone from this browser's memory. */
export async function forget(): Promise<void> {
  await browser.storage.session.remove(ITEM)
}

async function load(): Promise<Unlocked | null> {
  try {
    const item: unknown = (await browser.storage.session.get(ITEM))[ITEM]
    return isUnlocked(item) ? item : null
  } catch {
    // A store that does not answer holds no key for us.
    return null
  }
}

function isUnlocked(item: unknown): item is Unlocked {
  const { key, lockAt } = (item ?? {}) as Partial<Record<keyof Unlocked, unknown>>
  return typeof key === 'string' && Number.isFinite(lockAt)
}

/** Chrome's default, said aloud; Firefox has no such call and no such access. */
async function closeToContentScripts(): Promise<void> {
  const area = browser.storage.session as { setAccessLevel?(level: { accessLevel: string }): Promise<void> }
  await area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
}
