import type { AccountCalls } from './account-calls'
import type { AdminCalls } from './admin-calls'
import type { ArrangingCalls } from './arranging-calls'
import type { DemoCalls } from './demo-calls'
import type { FillCalls } from './fill-calls'
import type { HealthCalls } from './health-calls'
import type { ServerCalls } from './server-calls'
import type { TransferCalls } from './transfer-calls'
import type { VaultCalls } from './vault-calls'
import type { WayCalls } from './way-calls'

/** What the popup, the options page and the administrator page may ask of the background. */
export interface PageCalls
  extends
    VaultCalls,
    WayCalls,
    HealthCalls,
    AccountCalls,
    ArrangingCalls,
    TransferCalls,
    FillCalls,
    ServerCalls,
    DemoCalls,
    AdminCalls {}

/** What the background tells every open page. Events carry no data; a page asks again. */
export type Event =
  'locked' | 'unlocked' | 'ways-changed' | 'entries-changed' | 'servers-changed' | 'fill-changed' | 'settings-changed'
