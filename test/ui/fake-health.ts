import { AppError } from '../../src/core/errors'
import type { HealthCalls, LostAccount, RescueSecret, SalvageView, SnapshotView } from '../../src/rpc/health-calls'
import type { Handlers } from '../../src/rpc/wire'

/** What a test may set of a vault's health. */
export interface FakeHealth {
  damaged: boolean
  lost: LostAccount[]
  snapshots: SnapshotView[]
  salvage: SalvageView
  aside: number[]
}

export function newHealth(): FakeHealth {
  const salvage = { open: 37, lost: [], inSnapshot: 0, onlyInSnapshot: 0, exact: true }
  return { damaged: false, lost: [], snapshots: [], salvage, aside: [] }
}

interface Vault {
  passphrase: string | null
  unlocked: boolean
  health: FakeHealth
}

export function healthCalls(state: Vault): Handlers<HealthCalls> {
  const { health } = state
  const check = (secret: RescueSecret) => {
    if ('passphrase' in secret && secret.passphrase !== state.passphrase) throw new AppError('vault/wrong-passphrase')
  }
  return {
    vaultFormat: () => 1,
    lostAccounts: () => health.lost,
    bringBackLost() {
      const found = health.lost.filter(({ snapshotAt }) => snapshotAt !== null)
      health.lost = health.lost.filter(({ snapshotAt }) => snapshotAt === null)
      return found.length
    },
    letGoOfLost: () => health.lost.splice(0).length,
    snapshots: () => health.snapshots,
    takeSnapshot: () =>
      void health.snapshots.unshift({ takenAt: Date.now(), reason: 'asked', accounts: 1, bytes: 2_000 }),
    proveSnapshot: () => health.snapshots[0]?.accounts !== null || null,
    restoreSnapshot: (takenAt) => takenAt + 1,
    salvage(secret) {
      check(secret)
      return health.salvage
    },
    exportRemains(secret) {
      check(secret)
      return { entries: [], damaged: 1 }
    },
    rebuildVault(secret) {
      check(secret)
      health.damaged = false
      state.unlocked = true
    },
    exportRaw: () => '{"type":"latchkey-raw"}',
    startAnew() {
      Object.assign(state, { passphrase: null, unlocked: false })
      health.damaged = false
      health.aside.push(1_700_000_000_000)
    },
    vaultsAside: () => health.aside,
    importAside(_at, secret) {
      check(secret)
      return { added: 2, skipped: 1, importedAt: 1 }
    },
    exportAside: () => '{"type":"latchkey-raw"}',
  }
}
