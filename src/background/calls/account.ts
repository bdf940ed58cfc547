import type { AccountCalls } from '../../rpc/account-calls'
import type { Handlers } from '../../rpc/wire'
import { entriesToShow } from '../arranging'
import { clearClipboardLater } from '../clipboard'
import * as entries from '../entries'
import { glance } from '../glance'
import { keyOnceMore } from '../vault/key-once-more'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const accountCalls: Handlers<AccountCalls> = {
  glance: () => glance(Date.now()),
  entries: async () => (await entriesToShow(Date.now())).map(entries.viewOf),
  damagedRecords: entries.damagedRecords,
  codes: (ids) => entries.codes(ids, Date.now()),
  nextCode: (id) => acted(() => entries.nextCode(id, Date.now())),
  propose: (text, site) => acted(() => entries.propose(text, site)),
  addEntry: (draft) => acted(() => entries.addEntry(draft, Date.now())),
  changeEntry: (id, change) => acted(() => entries.editEntry(id, change)),
  trashEntry: (id) => acted(() => entries.trashEntry(id, Date.now())),
  restoreEntry: (id) => acted(() => entries.restoreEntry(id)),
  deleteEntry: (id) => acted(() => entries.deleteEntry(id)),
  async codeCopied(id) {
    await clearClipboardLater(Date.now())
    await acted(() => entries.markUsed(id, Date.now()))
  },
  keepRecoveryCode: (id, recoveryCode) => acted(() => entries.keepRecoveryCode(id, recoveryCode)),
  async showRecoveryCode(id, passphrase) {
    await keyOnceMore(passphrase)
    return (await entries.entryById(id)).recoveryCode ?? ''
  },
}
