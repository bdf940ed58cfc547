import type { ExportedVault, ImportResult } from './transfer-calls'

/** What opens the vault without help from the browser: the passphrase, or the code of the recovery sheet. */
export type RescueSecret = { passphrase: string } | { sheet: string }

/** The names of an account that does not open. Null: no snapshot knows them. */
export type LostNames = { issuer: string; label: string } | null

/** An account that opens in neither copy of the vault. */
export interface LostAccount {
  id: string
  names: LostNames
  /** The newest snapshot that still has it, as it was then; null where none has. */
  snapshotAt: number | null
}

/** A former state of the vault that can be gone back to. */
export interface SnapshotView {
  /** In epoch milliseconds; names it. */
  takenAt: number
  reason: 'asked' | 'daily' | 'import' | 'passphrase' | 'restore' | 'update'
  /** How many accounts it holds, those in the trash apart; null where it does not open. */
  accounts: number | null
  bytes: number
}

/** What is left of a vault that does not open as one. */
export interface SalvageView {
  /** How many accounts open, and how many of those in use are lost. */
  open: number
  lost: readonly LostNames[]
  /** How many of the lost the newest snapshot gives back. */
  inSnapshot: number
  /** How many accounts are in the snapshot alone, deleted since or lost: they come back in the trash. */
  onlyInSnapshot: number
  /** Whether it is known for sure that nothing else is missing. */
  exact: boolean
}

/** Whether the vault is whole, and what can be done where it is not. */
export interface HealthCalls {
  /** The version of all that is stored, as VAULT-FORMAT.md counts it. */
  vaultFormat(): number
  /** Accounts that open in neither copy; the others are not touched by it (VLT-2). */
  lostAccounts(): readonly LostAccount[]
  /** Puts back what snapshots have of the lost accounts; answers how many those were. */
  bringBackLost(): number
  /** Takes lost accounts off the list; what lies there sealed is put aside for 90 days. Answers how many there were. */
  letGoOfLost(): number

  /** Newest first. Opens each of them. */
  snapshots(): readonly SnapshotView[]
  takeSnapshot(): void
  /** Opens the newest snapshot in memory; false where it does not open, null where there is none. */
  proveSnapshot(): boolean | null
  /** Goes back to a snapshot; answers the moment of the one that leads here again. Throws `vault/snapshot-damaged`, `…-missing`. */
  restoreSnapshot(takenAt: number): number

  /** Of a vault that throws `vault/damaged`: what still opens. Writes nothing (VLT-4). Throws as `unlock`. */
  salvage(secret: RescueSecret): SalvageView
  /** The accounts that still open, with their secrets, for a file. Writes nothing (VLT-14). */
  exportRemains(secret: RescueSecret): ExportedVault
  /** Makes a whole vault of what is left, after putting aside all that lies there. Leaves it unlocked. */
  rebuildVault(secret: RescueSecret): void
  /** Everything that is stored, sealed as it is, as the text of a file. Needs no key (VLT-14). */
  exportRaw(): string
  /** Puts the vault aside for 90 days, so that another can be created (KEY-10). Locks. */
  startAnew(): void
  /** The moments at which vaults were put aside, those that are still kept. */
  vaultsAside(): readonly number[]
  /** A vault that was put aside, as `exportRaw` gave it. */
  exportAside(at: number): string
  /** Adds what opens of a vault that was put aside and is not here yet, like an import. Throws as `salvage`. */
  importAside(at: number, secret: RescueSecret): ImportResult
}
