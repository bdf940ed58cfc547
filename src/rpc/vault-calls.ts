/**
 * Whether there is a vault in this browser profile, and whether its key is in memory. `damaged`: there was one, and no copy of it
 * has anything left that a passphrase could open.
 */
export type VaultStatus = 'absent' | 'damaged' | 'locked' | 'unlocked'

/** The vault as a whole: whether there is one, opening and closing it. */
export interface VaultCalls {
  vaultStatus(): VaultStatus
  /** Throws `vault/already-exists`, `vault/passphrase-too-short`. Leaves the vault unlocked. */
  createVault(passphrase: string): void
  /** Throws `vault/wrong-passphrase`, `vault/damaged`, `vault/newer-format`. */
  unlock(passphrase: string): void
  lock(): void
  changePassphrase(current: string, next: string): void
}
