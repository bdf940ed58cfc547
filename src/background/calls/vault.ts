import type { VaultCalls } from '../../rpc/vault-calls'
import type { Handlers } from '../../rpc/wire'
import { lock, postponeLock } from '../vault/autolock'
import { guess } from '../vault/guessing'
import { noteMade } from '../vault/just-made'
import { beginOpen } from '../vault/opened'
import { keyIfOpen, vault, vaultKey } from '../vault/unlocked'

/** What the background does when a page of ours asks. */
export const vaultCalls: Handlers<VaultCalls> = {
  async vaultStatus() {
    const status = await vault.status()
    if (status !== 'present') return status
    if ((await keyIfOpen()) === null) return 'locked'
    await postponeLock(Date.now())
    return 'unlocked'
  },
  async createVault(passphrase) {
    await beginOpen(() => vault.create(passphrase))
    // Where that cannot be kept, the passphrase is asked for once more.
    await noteMade(Date.now()).catch(() => undefined)
  },
  unlock: async (passphrase) => beginOpen(() => guess(() => vault.unlock(passphrase))),
  lock,
  async changePassphrase(current, next) {
    await vaultKey()
    await guess(() => vault.changePassphrase(current, next))
  },
}
