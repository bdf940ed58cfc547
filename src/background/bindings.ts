import type { BindingPhase, Entry, Server } from '../core/entry'
import { decodeBase32 } from '../core/base32'
import { sameSecret } from '../core/entry'
import { AppError } from '../core/errors'
import { bind as bindFactor, confirm } from '../mfa/bind'
import { recover } from '../mfa/recover'
import { settle } from '../mfa/settle'
import type { Asker, BindingStore, FlowParts } from '../mfa/store'
import { unbind as unbindFactor } from '../mfa/unbind'
import { verify } from '../mfa/verify'
import type { Authenticator } from '../mfa/wire'
import type { ConfirmResult, EntryView, FactorView, RecoverResult, UnbindResult, VerifyResult } from '../rpc/calls'
import { clockSkew } from './clock'
import { changeEntry, entryById, liveEntries, storeEntry, viewOf } from './entries'
import { neededSignIn, sessionAt, signInAt } from './mfa-sessions'
import { apiOf, serverById } from './servers'
import { completeSignIn } from './sign-in'

/** The vault as the flows see it: each write is durable and read back before it is answered (BND-1). */
const store: BindingStore = {
  read: entryById,
  add: (entry) => storeEntry({ ...entry, createdAt: Date.now() }),
  change: changeEntry,
}

/** Runs one flow at a time, whichever page or window asks (BND-9). */
function alone<T>(flow: () => Promise<T>): Promise<T> {
  return navigator.locks.request('latchkey-flow', flow)
}

async function partsFor(server: Server): Promise<FlowParts> {
  return { api: await apiOf(server), store, now: Date.now }
}

/** The second factors enrolled at the server, beside what the vault holds. */
export async function factors(serverId: string): Promise<readonly FactorView[]> {
  const api = await apiOf(await serverById(serverId))
  const listed = await api.listAuthenticators(await askerAt(serverId))
  const entries = await liveEntries()
  return Promise.all(
    listed.map(async (factor) => {
      const entry = entries.find((one) => hasSecret(one, factor))
      if (entry && factor.enabled && !entry.binding) await recognise(entry, serverId, factor)
      return { id: factor.id, enabled: factor.enabled, createdAt: factor.createdAt, entryId: entry?.id ?? null }
    }),
  )
}

function hasSecret(entry: Entry, { secret }: Authenticator): boolean {
  try {
    return sameSecret(entry, { secret: decodeBase32(secret) })
  } catch {
    // Not Base32: no secret of ours.
    return false
  }
}

/** An account that was scanned turns out to be in force here: from now on it can be unbound from here, too. */
async function recognise(entry: Entry, serverId: string, { recoveryCode }: Authenticator): Promise<void> {
  const session = await sessionAt(serverId)
  if (!session) return
  const binding = { serverId, account: session.account, userId: session.userId, phase: 'bound' } as const
  await changeEntry(entry.id, (stored) => ({
    ...stored,
    binding,
    ...(recoveryCode ? { recoveryCode } : {}),
  }))
}

/** Has the server make a secret, and stores it; nothing is in force until it is confirmed. */
export function bind(serverId: string): Promise<EntryView> {
  return alone(async () => {
    const server = await serverById(serverId)
    const asker = await askerAt(serverId)
    const { account, userId } = await userAt(serverId)
    const names = { issuer: new URL(server.appHost).host, account, userId }
    return viewOf(await bindFactor(await partsFor(server), { ...asker, ...names, serverId, sites: [server.appHost] }))
  })
}

/** Confirms a binding with the code of the stored entry. A login that ends with it is a session from then on. */
export function confirmBinding(entryId: string): Promise<ConfirmResult> {
  return alone(async () => {
    const server = await serverOf(entryId)
    const asker = await askerAt(server.id)
    const skewMs = await clockSkew(server.id, Date.now())
    const outcome = await confirm(await partsFor(server), entryId, asker, skewMs)
    if (outcome.kind !== 'bound') return outcome
    const { user, ...bound } = outcome
    if (user) await completeSignIn(server.id, (await userAt(server.id)).account, user)
    return bound
  })
}

/** Asks the server about an entry whose outcome is not known. */
export function settleBinding(entryId: string): Promise<BindingPhase> {
  return alone(async () => {
    const server = await serverOf(entryId)
    return (await settle(await partsFor(server), entryId, await askerAt(server.id))).binding.phase
  })
}

/** Server first; only after its word the entry goes to the trash (BND-7). */
export function unbind(entryId: string): Promise<UnbindResult> {
  return alone(async () => {
    const server = await serverOf(entryId)
    const session = await sessionAt(server.id)
    if (!session) throw new AppError('mfa/not-signed-in')
    const outcome = await unbindFactor(await partsFor(server), entryId, session.token)
    if (outcome.kind === 'unbound') await changeEntry(entryId, (entry) => ({ ...entry, trashedAt: Date.now() }))
    return outcome
  })
}

/** Completes a sign-in with the code of a stored account. */
export function verifyTotp(serverId: string, entryId: string): Promise<VerifyResult> {
  return alone(async () => {
    const { mfaToken, account } = await neededSignIn(serverId, Date.now())
    const outcome = await verify(await partsFor(await serverById(serverId)), entryId, mfaToken)
    if (outcome.kind !== 'signed-in') return outcome
    await completeSignIn(serverId, account, outcome.user)
    return { kind: 'signed-in' }
  })
}

/** Completes a sign-in with a recovery code; the new one is stored with the account that is bound here, if there is one. */
export function useRecoveryCode(serverId: string, recoveryCode: string): Promise<RecoverResult> {
  return alone(async () => {
    const { mfaToken, account } = await neededSignIn(serverId, Date.now())
    const bound = (await liveEntries()).filter(
      ({ binding }) => binding?.serverId === serverId && binding.phase === 'bound',
    )
    const entry = bound.find(({ binding }) => binding?.account === account) ?? null
    const request = { mfaToken, recoveryCode: recoveryCode.trim(), entryId: entry?.id ?? null }
    const outcome = await recover(await partsFor(await serverById(serverId)), request)
    if (outcome.kind !== 'signed-in') return outcome
    await completeSignIn(serverId, account, outcome.user)
    return { kind: 'signed-in', recoveryCode: outcome.recoveryCode, kept: outcome.kept }
  })
}

async function serverOf(entryId: string): Promise<Server> {
  const { binding } = await entryById(entryId)
  if (!binding) throw new AppError('mfa/refused')
  return serverById(binding.serverId)
}

/** A session asks in the user's own name; a sign-in that must bind first, in the application's. Throws `mfa/not-signed-in`. */
async function askerAt(serverId: string): Promise<Asker> {
  const session = await sessionAt(serverId)
  if (session) return { token: session.token, source: 'SELF' }
  const signIn = await signInAt(serverId, Date.now())
  if (!signIn) throw new AppError('mfa/not-signed-in')
  return { token: signIn.mfaToken, source: 'APPLICATION' }
}

async function userAt(serverId: string): Promise<{ account: string; userId: string }> {
  const user = (await sessionAt(serverId)) ?? (await signInAt(serverId, Date.now()))
  if (!user) throw new AppError('mfa/not-signed-in')
  // An mfaToken's user has an id too, but it is the server's to read; the account says who it was.
  return { account: user.account, userId: 'userId' in user ? user.userId : user.account }
}
