import { guess } from './guessing'
import { vault, vaultKey } from './unlocked'

/** Whoever finds the vault open has no secrets for it: the passphrase opens it once more. */
export async function keyOnceMore(passphrase: string): Promise<string> {
  await vaultKey()
  return guess(() => vault.unlock(passphrase))
}
