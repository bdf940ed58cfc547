import type { HealthCalls } from '../../rpc/health-calls'
import type { Handlers } from '../../rpc/wire'
import { FORMAT } from '../../vault/format'
import { guessWith } from '../vault/guessing'
import * as health from '../vault/health'
import { beginOpen } from '../vault/opened'
import { vault } from '../vault/unlocked'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const healthCalls: Handlers<HealthCalls> = {
  vaultFormat: () => FORMAT,
  lostAccounts: health.lostAccounts,
  bringBackLost: () => acted(health.bringBackLost),
  letGoOfLost: () => acted(health.letGoOfLost),
  snapshots: health.snapshots,
  takeSnapshot: () => acted(() => health.takeSnapshot(Date.now())),
  proveSnapshot: () => acted(() => health.proveSnapshot(Date.now())),
  restoreSnapshot: (takenAt) => acted(() => health.restoreSnapshot(takenAt)),
  salvage: health.salvage,
  exportRemains: health.exportRemains,
  rebuildVault: async (secret) => beginOpen(() => guessWith(secret, () => vault.rebuild(secret))),
  exportRaw: health.exportRaw,
  startAnew: health.startAnew,
  vaultsAside: () => vault.aside(),
  exportAside: health.exportAside,
  importAside: (at, secret) => acted(() => health.importAside(at, secret, Date.now())),
}
