import { guess } from './guessing'
import { vault, vaultKey } from './unlocked'

/** Whoever finds the vault open has no secrets for it: the passphrase opens it once more. Throws `vault/locked`, and as `guess`. */
export async function keyOnceMore(passphrase: string): Promise<string> {
  await vaultKey()
  const key = await guess(() => vault.unlock(passphrase))
  // Locked while the passphrase was stretched: then nothing may be done with the key any more (KEY-8).
  await vaultKey()
  return key
}
