import type { ArrangingCalls } from '../../rpc/arranging-calls'
import type { Handlers } from '../../rpc/wire'
import * as arranging from '../arranging'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const arrangingCalls: Handlers<ArrangingCalls> = {
  pinEntries: (ids, pinned) => acted(() => arranging.pinEntries(ids, pinned)),
  tagEntries: (ids, tag, tagged) => acted(() => arranging.tagEntries(ids, tag, tagged)),
  orderEntries: (ids) => acted(() => arranging.orderEntries(ids)),
  trashEntries: (ids) => acted(() => arranging.trashEntries(ids, Date.now())),
  restoreEntries: (ids) => acted(() => arranging.restoreEntries(ids)),
}
