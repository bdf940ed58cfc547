import 'fake-indexeddb/auto'
import { vi } from 'vitest'
import { vault } from '../../src/background/vault/unlocked'
import * as session from '../../src/vault/session'

export const PASSPHRASE = 'seven quiet herons at dusk'

/** Node has no locks: this is what the background uses of the browser's. */
export function stubLocks(): void {
  const last = new Map<string, Promise<unknown>>()
  const request = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const done = (last.get(name) ?? Promise.resolve()).then(work, work)
    last.set(name, done)
    return done
  }
  vi.stubGlobal('navigator', { locks: { request } })
}

let created: Promise<string> | null = null

/** Opens it again after a lock, for an hour. */
export async function reopenVault(): Promise<string> {
  const key = await (created ??= vault.create(PASSPHRASE))
  await session.keep(key, Date.now() + 3_600_000)
  return key
}

/** Creates the one vault of the background, or empties it, and leaves it open for an hour. */
export async function openEmptyVault(): Promise<void> {
  stubLocks()
  const key = await reopenVault()
  const { entries, servers } = await vault.read(key)
  const remove = [...entries, ...servers].map(({ id }) => id)
  if (remove.length > 0) await vault.change(key, () => ({ remove }))
}
