import type { FillCalls } from '../../rpc/fill-calls'
import type { Handlers } from '../../rpc/wire'
import * as session from '../../vault/session'
import * as entries from '../entries'
import { followHint } from '../page/badge'
import { explainPage } from '../page/explain'
import * as fills from '../page/fill'
import { recoveryCodesIn } from '../page/frames'
import { giveBack } from '../page/grants'
import { setHint } from '../page/hints'
import { lookAtPage } from '../page/page-view'
import { pickField } from '../page/picking'
import * as sites from '../page/site-memory'
import { vaultKey } from '../vault/unlocked'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const fillCalls: Handlers<FillCalls> = {
  lookAtPage: async (tabId) => {
    const page = await lookAtPage(tabId, (await session.restore(Date.now())) ? await entries.liveEntries() : [])
    // A field that the user clicked is to be filled whether we would have found it or not.
    return { ...page, hasCodeField: page.hasCodeField || (await fills.isClickWaiting(tabId, Date.now())) }
  },
  fill: (tabId, entryId) => acted(() => fills.fill(tabId, entryId)),
  pendingFill: fills.waitingFill,
  takeFillRefusal: fills.takeFillRefusal,
  cancelFill: fills.cancelWaitingFill,
  readRecoveryCodes: async (tabId) => {
    await vaultKey()
    return recoveryCodesIn(tabId)
  },
  explainPage: (tabId) => acted(async () => explainPage(tabId, await entries.liveEntries())),
  pickField: (tabId) => acted(() => pickField(tabId)),
  widenSite: (entryId, origin) => acted(() => sites.widenSite(entryId, origin)),
  rememberedSites: () => sites.rememberedSites(),
  setAutoSubmit: (origin, submit) => acted(() => sites.setAutoSubmit(origin, submit)),
  setHint: (origin, hint) => acted(() => setHint(origin, hint).then(() => followHint(origin))),
  giveBackGrant: (pattern) => acted(() => giveBack(pattern)),
  forgetSite: (origin) => acted(() => sites.forgetSite(origin).then(() => followHint(origin))),
}
