import type { ServerCalls } from '../../rpc/server-calls'
import type { Handlers } from '../../rpc/wire'
import * as bindings from '../mfa/bindings'
import * as factors from '../mfa/factors'
import * as servers from '../mfa/servers'
import * as signIns from '../mfa/sign-in'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const serverCalls: Handlers<ServerCalls> = {
  servers: servers.servers,
  addServer: (server) => acted(() => servers.addServer(server)),
  removeServer: (id) => acted(() => servers.removeServer(id)),
  signIn: (id, account, password) => acted(() => signIns.signIn(id, account, password)),
  signOut: (id) => acted(() => signIns.signOut(id)),
  factors: (id) => acted(() => factors.factors(id)),
  adopt: (id, factorId) => acted(() => factors.adopt(id, factorId)),
  letGo: (entryId, as) => acted(() => factors.letGo(entryId, as)),
  correctClock: (id, aheadSeconds) => acted(() => servers.correctServerClock(id, aheadSeconds)),
  bind: (id) => acted(() => bindings.bind(id)),
  confirmBinding: (entryId) => acted(() => bindings.confirmBinding(entryId)),
  settleBinding: (entryId) => acted(() => bindings.settleBinding(entryId)),
  unbind: (entryId) => acted(() => bindings.unbind(entryId)),
  verifyTotp: (id, entryId) => acted(() => bindings.verifyTotp(id, entryId)),
  useRecoveryCode: (id, recoveryCode) => acted(() => bindings.useRecoveryCode(id, recoveryCode)),
  isBindable: (id, to) => acted(() => signIns.isBindable(id, to)),
  sendDelivered: (id, to) => acted(() => signIns.sendDelivered(id, to)),
  verifyDelivered: (id, to, code) => acted(() => signIns.verifyDelivered(id, to, code)),
}
