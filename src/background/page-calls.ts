import type { PageCalls } from '../rpc/calls'
import { announce } from '../rpc/client'
import type { Handlers } from '../rpc/wire'
import * as session from '../vault/session'
import { adminImport, adminStatus, adminUnassociate } from './admin'
import { lock, lockMoment, postponeLock } from './autolock'
import * as bindings from './bindings'
import { clearClipboardLater } from './clipboard'
import * as entries from './entries'
import * as fills from './fill'
import { guess } from './guessing'
import { recoveryCodesIn } from './frames'
import * as servers from './servers'
import * as signIns from './sign-in'
import * as transfer from './transfer'
import { vault, vaultKey } from './unlocked'

/** What the background does when a page of ours asks. */
export const pageCalls: Handlers<PageCalls> = {
  async vaultStatus() {
    const status = await vault.status()
    if (status !== 'present') return status
    const now = Date.now()
    if ((await session.restore(now)) === null) return 'locked'
    await postponeLock(now)
    return 'unlocked'
  },
  createVault: async (passphrase) => opened(await vault.create(passphrase)),
  unlock: async (passphrase) => opened(await guess(() => vault.unlock(passphrase))),
  lock,
  async changePassphrase(current, next) {
    await vaultKey()
    await guess(() => vault.changePassphrase(current, next))
  },

  entries: async () => (await entries.allEntries()).map(entries.viewOf),
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

  proposeImport: (drafts) => acted(() => transfer.proposeImport(drafts)),
  importEntries: (drafts) => acted(() => transfer.importEntries(drafts, Date.now())),
  undoImport: (importedAt) => acted(() => transfer.undoImport(importedAt, Date.now())),
  exportEntries: (passphrase) => acted(() => transfer.exportEntries(passphrase)),
  showSecret: (id, passphrase) => acted(() => transfer.showSecret(id, passphrase)),
  async clearClipboardLater() {
    await vaultKey()
    await acted(() => clearClipboardLater(Date.now()))
  },

  lookAtPage: async (tabId) =>
    fills.lookAtPage(tabId, (await session.restore(Date.now())) ? await entries.liveEntries() : []),
  fill: (tabId, entryId) => acted(() => fills.fill(tabId, entryId)),
  pendingFill: fills.waitingFill,
  takeFillRefusal: fills.takeFillRefusal,
  cancelFill: fills.cancelWaitingFill,
  readRecoveryCodes: async (tabId) => {
    await vaultKey()
    return recoveryCodesIn(tabId)
  },
  keepRecoveryCode: (id, recoveryCode) => acted(() => entries.keepRecoveryCode(id, recoveryCode)),
  async showRecoveryCode(id, passphrase) {
    await vaultKey()
    await guess(() => vault.unlock(passphrase))
    return (await entries.entryById(id)).recoveryCode ?? ''
  },

  servers: servers.servers,
  addServer: (server) => acted(() => servers.addServer(server)),
  removeServer: (id) => acted(() => servers.removeServer(id)),
  signIn: (id, account, password) => acted(() => signIns.signIn(id, account, password)),
  signOut: (id) => acted(() => signIns.signOut(id)),
  factors: (id) => acted(() => bindings.factors(id)),
  bind: (id) => acted(() => bindings.bind(id)),
  confirmBinding: (entryId) => acted(() => bindings.confirmBinding(entryId)),
  settleBinding: (entryId) => acted(() => bindings.settleBinding(entryId)),
  unbind: (entryId) => acted(() => bindings.unbind(entryId)),
  verifyTotp: (id, entryId) => acted(() => bindings.verifyTotp(id, entryId)),
  useRecoveryCode: (id, recoveryCode) => acted(() => bindings.useRecoveryCode(id, recoveryCode)),
  isBindable: (id, to) => acted(() => signIns.isBindable(id, to)),
  sendDelivered: (id, to) => acted(() => signIns.sendDelivered(id, to)),
  verifyDelivered: (id, to, code) => acted(() => signIns.verifyDelivered(id, to, code)),

  adminStatus: (credentials, userId) => acted(() => adminStatus(credentials, userId)),
  adminUnassociate: (credentials, userId, type) => acted(() => adminUnassociate(credentials, userId, type)),
  adminImport: (credentials, key) => acted(() => adminImport(credentials, key)),
}

async function opened(key: string): Promise<void> {
  const now = Date.now()
  await session.keep(key, await lockMoment(now))
  await postponeLock(now)
  await announce('unlocked')
}

/** What the user did by a call counts as use, so the time to the lock starts anew. */
async function acted<T>(work: () => Promise<T>): Promise<T> {
  const now = Date.now()
  if ((await session.restore(now)) !== null) await postponeLock(now)
  return work()
}
