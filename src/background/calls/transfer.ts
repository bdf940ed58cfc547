import type { TransferCalls } from '../../rpc/transfer-calls'
import type { Handlers } from '../../rpc/wire'
import * as transfer from '../transfer'
import { clearClipboardLater } from '../clipboard'
import { vaultKey } from '../vault/unlocked'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const transferCalls: Handlers<TransferCalls> = {
  proposeImport: (drafts) => acted(() => transfer.proposeImport(drafts)),
  importEntries: (drafts) => acted(() => transfer.importEntries(drafts, Date.now())),
  undoImport: (importedAt) => acted(() => transfer.undoImport(importedAt, Date.now())),
  exportEntries: (passphrase, ids) => acted(() => transfer.exportEntries(passphrase, ids)),
  showSecret: (id, passphrase) => acted(() => transfer.showSecret(id, passphrase)),
  async clearClipboardLater() {
    await vaultKey()
    await acted(() => clearClipboardLater(Date.now()))
  },
}
