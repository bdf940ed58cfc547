import browser from 'webextension-polyfill'

/** The unlocked vault key, as text: Chromium turns a CryptoKey or bytes into `{}` there without a word (KEY-5). */
export const KEY_ITEM = 'vaultKey'
/** Apart from the key, so that moving the deadline can never bring back a key that is being forgotten. */
const DEADLINE_ITEM = 'lockAt'

/** A deadline further away than this is not believed: the clock has been set back. */
const LONGEST_UNLOCKED_MS = 24 * 60 * 60 * 1000

/** What was begun last of all that moves the deadline or forgets. */
let latest: Promise<unknown> = Promise.resolve()

/**
 * Keeps the vault key until `lockAt`, in epoch milliseconds: absolute, so that a late alarm or a sleeping computer does
 * not matter (KEY-7). In memory only, and gone when the browser exits.
 */
export async function keep(key: string, lockAt: number): Promise<void> {
  await closeToContentScripts()
  await browser.storage.session.set({ [KEY_ITEM]: key, [DEADLINE_ITEM]: lockAt })
}

/** The vault key; null when there is none or its time is over, and then it is forgotten. Fails closed. */
export async function restore(now: number): Promise<string | null> {
  const { key, lockAt } = await load()
  if (typeof key !== 'string') return null
  const left = typeof lockAt === 'number' ? lockAt - now : 0
  if (left > 0 && left <= LONGEST_UNLOCKED_MS) return key
  await forget()
  return null
}

/** Moves the deadline of the key that is kept; without one nothing happens. */
export async function touch(lockAt: number): Promise<void> {
  await inTurn(async () => {
    if (typeof (await load()).key === 'string') await browser.storage.session.set({ [DEADLINE_ITEM]: lockAt })
  })
}

/** Locks: the key is gone from this browser's memory, and no deadline is left by who was moving it (KEY-8). */
export async function forget(): Promise<void> {
  await inTurn(() => browser.storage.session.remove([KEY_ITEM, DEADLINE_ITEM]))
}

/** Who looks before writing has written before another forgets. */
function inTurn(write: () => Promise<void>): Promise<void> {
  const written = latest.then(write, write)
  latest = written
  return written
}

async function load(): Promise<{ key?: unknown; lockAt?: unknown }> {
  try {
    const items = await browser.storage.session.get([KEY_ITEM, DEADLINE_ITEM])
    return { key: items[KEY_ITEM], lockAt: items[DEADLINE_ITEM] }
  } catch {
    // A store that does not answer holds no key for us.
    return {}
  }
}

/** Chrome's default, said aloud; Firefox has no such call and no such access. */
async function closeToContentScripts(): Promise<void> {
  const area = browser.storage.session as { setAccessLevel?(level: { accessLevel: string }): Promise<void> }
  await area.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
}
