import type { VaultCalls } from '../../rpc/vault-calls'
import type { Handlers } from '../../rpc/wire'
import * as session from '../../vault/session'
import { lock, postponeLock } from '../autolock'
import { guess } from '../guessing'
import { beginOpen } from '../opened'
import { vault, vaultKey } from '../unlocked'

/** What the background does when a page of ours asks. */
export const vaultCalls: Handlers<VaultCalls> = {
  async vaultStatus() {
    const status = await vault.status()
    if (status !== 'present') return status
    const now = Date.now()
    if ((await session.restore(now)) === null) return 'locked'
    await postponeLock(now)
    return 'unlocked'
  },
  createVault: async (passphrase) => beginOpen(await vault.create(passphrase)),
  unlock: async (passphrase) => beginOpen(await guess(() => vault.unlock(passphrase))),
  lock,
  async changePassphrase(current, next) {
    await vaultKey()
    await guess(() => vault.changePassphrase(current, next))
  },
}
