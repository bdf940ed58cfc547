import type { PageCalls } from '../rpc/calls'
import type { Handlers } from '../rpc/wire'
import { accountCalls } from './calls/account'
import { adminCalls } from './calls/admin'
import { arrangingCalls } from './calls/arranging'
import { demoCalls } from './calls/demo'
import { fillCalls } from './calls/fill'
import { healthCalls } from './calls/health'
import { serverCalls } from './calls/server'
import { transferCalls } from './calls/transfer'
import { vaultCalls } from './calls/vault'
import { wayCalls } from './calls/ways'

/** What the background does when a page of ours asks. */
export const pageCalls: Handlers<PageCalls> = {
  ...vaultCalls,
  ...wayCalls,
  ...healthCalls,
  ...accountCalls,
  ...arrangingCalls,
  ...transferCalls,
  ...fillCalls,
  ...serverCalls,
  ...demoCalls,
  ...adminCalls,
}
