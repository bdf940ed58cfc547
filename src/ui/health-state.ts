import { signal } from '@preact/signals'
import type { LostAccount, SalvageView, SnapshotView } from '../rpc/health-calls'

/** Accounts that open in neither copy of the vault. */
export const lost = signal<readonly LostAccount[]>([])
/** Newest first; null until asked. */
export const snapshots = signal<readonly SnapshotView[] | null>(null)
/** When vaults were put aside. */
export const vaultsAside = signal<readonly number[]>([])
/** What is left of a vault that does not open as one, once its secret was typed. */
export const salvaged = signal<SalvageView | null>(null)
/** The name of the file that holds what is left, once it is saved. */
export const savedRemains = signal<string | null>(null)
/** Whether this popup reminds of a backup. */
export const backupReminder = signal(false)
