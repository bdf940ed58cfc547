import type { BindingPhase, Entry, Server } from '../core/entry'
import { decodeBase32 } from '../core/base32'
import { sameSecret } from '../core/entry'
import { AppError } from '../core/errors'
import { bind as bindFactor, confirm } from '../mfa/bind'
import { recover } from '../mfa/recover'
import { settle } from '../mfa/settle'
import type { BindingStore, FlowParts } from '../mfa/store'
import { unbind as unbindFactor } from '../mfa/unbind'
import { verify } from '../mfa/verify'
import type { Authenticator } from '../mfa/wire'
import type { EntryView } from '../rpc/account-calls'
import type { ConfirmResult, FactorView, RecoverResult, UnbindResult, VerifyResult } from '../rpc/server-calls'
import { type AskingUser, isUserOf, userAt, userOf } from './asking'
import { clockSkew } from './clock'
import { changeEntry, entryById, liveEntries, storeEntry, viewOf } from './entries'
import { alone } from './flow-lock'
import { neededSignIn } from './mfa-sessions'
import { apiOf, serverById } from './servers'
import { completeSignIn } from './sign-in'

/** The vault as the flows see it: each write is durable and read back before it is answered (BND-1). */
const store: BindingStore = {
  read: entryById,
  add: (entry) => storeEntry({ ...entry, createdAt: Date.now() }),
  change: changeEntry,
}

async function partsFor(server: Server): Promise<FlowParts> {
  return { api: await apiOf(server), store, now: Date.now }
}

/**
 * The second factors enrolled at the server, beside what the vault holds. What it answers also ends what was left open:
 * flows without a known outcome are settled, an account that was scanned turns out to be in force here.
 */
export function factors(serverId: string): Promise<readonly FactorView[]> {
  return alone(async () => {
    const parts = await partsFor(await serverById(serverId))
    const user = await userAt(serverId)
    const listed = await parts.api.listAuthenticators(user.asker)
    await settleOpen(parts, serverId, user)
    const entries = await liveEntries()
    return Promise.all(listed.map((factor) => factorView(factor, serverId, user, entries)))
  })
}

async function settleOpen(parts: FlowParts, serverId: string, user: AskingUser): Promise<void> {
  for (const { id, binding } of await liveEntries()) {
    const open = binding?.phase === 'confirming' || binding?.phase === 'unbinding'
    if (open && binding.serverId === serverId && isUserOf(binding, user)) await settleOne(parts, id, user)
  }
}

async function settleOne(parts: FlowParts, entryId: string, user: AskingUser): Promise<BindingPhase> {
  const { phase } = (await settle(parts, entryId, user.asker)).binding
  if (phase === 'unbound') await toTrash(entryId)
  return phase
}

async function toTrash(entryId: string): Promise<void> {
  await changeEntry(entryId, (entry) => ({ ...entry, trashedAt: Date.now() }))
}

async function factorView(
  factor: Authenticator,
  serverId: string,
  user: AskingUser,
  entries: readonly Entry[],
): Promise<FactorView> {
  const entry = entries.find((one) => hasSecret(one, factor))
  if (entry && factor.enabled && !entry.binding) await recognise(entry, serverId, user, factor)
  return { id: factor.id, enabled: factor.enabled, createdAt: factor.createdAt, entryId: entry?.id ?? null }
}

function hasSecret(entry: Entry, { secret }: Authenticator): boolean {
  try {
    return sameSecret(entry, { secret: decodeBase32(secret) })
  } catch {
    // Not Base32: no secret of ours.
    return false
  }
}

/** From now on the account can be unbound from here, too. */
async function recognise(
  entry: Entry,
  serverId: string,
  user: AskingUser,
  { recoveryCode }: Authenticator,
): Promise<void> {
  const binding = { serverId, account: user.account, userId: user.userId ?? user.account, phase: 'bound' } as const
  await changeEntry(entry.id, (stored) => ({ ...stored, binding, ...(recoveryCode ? { recoveryCode } : {}) }))
}

/** The binds that are under way; lost with the background, as they are. */
const underWay = new Map<string, Promise<EntryView>>()

/**
 * Has the server make a secret, and stores it; nothing is in force until it is confirmed. A second start while one is
 * under way answers that one (BND-9).
 */
export async function bind(serverId: string): Promise<EntryView> {
  const running = underWay.get(serverId) ?? startBind(serverId)
  underWay.set(serverId, running)
  try {
    return await running
  } finally {
    underWay.delete(serverId)
  }
}

function startBind(serverId: string): Promise<EntryView> {
  return alone(async () => {
    const server = await serverById(serverId)
    const user = await userAt(serverId)
    const names = { issuer: new URL(server.appHost).host, account: user.account, userId: user.userId ?? user.account }
    const request = { ...user.asker, ...names, serverId, sites: [server.appHost] }
    return viewOf(await bindFactor(await partsFor(server), request))
  })
}

/** Confirms a binding with the code of the stored entry. A login that ends with it is a session from then on. */
export function confirmBinding(entryId: string): Promise<ConfirmResult> {
  return alone(async () => {
    const { server, user } = await userOf(entryId)
    const skewMs = await clockSkew(server.id, Date.now())
    const outcome = await confirm(await partsFor(server), entryId, user.asker, skewMs)
    if (outcome.kind !== 'bound') return outcome
    const { user: signedIn, ...bound } = outcome
    if (signedIn) await completeSignIn(server.id, user.account, signedIn)
    return bound
  })
}

/** Asks the server about an entry whose outcome is not known. */
export function settleBinding(entryId: string): Promise<BindingPhase> {
  return alone(async () => {
    const { server, user } = await userOf(entryId)
    return settleOne(await partsFor(server), entryId, user)
  })
}

/** Server first; only after its word the entry goes to the trash (BND-7). */
export function unbind(entryId: string): Promise<UnbindResult> {
  return alone(async () => {
    const { server, user } = await userOf(entryId)
    if (user.asker.source !== 'SELF') throw new AppError('mfa/not-signed-in')
    const outcome = await unbindFactor(await partsFor(server), entryId, user.asker.token)
    if (outcome.kind === 'unbound') await toTrash(entryId)
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
    const typed = recoveryCode.trim()
    const entry = await recoverable(serverId, typed)
    const request = { mfaToken, recoveryCode: typed, entryId: entry?.id ?? null }
    const outcome = await recover(await partsFor(await serverById(serverId)), request)
    if (outcome.kind !== 'signed-in') return outcome
    await completeSignIn(serverId, account, outcome.user)
    return { kind: 'signed-in', recoveryCode: outcome.recoveryCode, kept: outcome.kept }
  })
}

/** The entry whose recovery code is about to be spent: the one bound here for this user, or the one that holds this code. */
async function recoverable(serverId: string, recoveryCode: string): Promise<Entry | undefined> {
  const user = await userAt(serverId)
  const entries = await liveEntries()
  const bound = entries.find(
    ({ binding }) => binding?.serverId === serverId && binding.phase === 'bound' && isUserOf(binding, user),
  )
  return bound ?? entries.find((entry) => recoveryCode !== '' && entry.recoveryCode === recoveryCode)
}
