import type { Binding, BindingPhase, Entry } from '../../core/entry'
import { sameSecret } from '../../core/entry'
import { AppError } from '../../core/errors'
import { adopt as adoptFactor } from '../../mfa/adopt'
import { reconcile, type Reconciled } from '../../mfa/reconcile'
import { hasSecret, standingIn } from '../../mfa/settle'
import { type FlowParts, toPhase } from '../../mfa/store'
import type { Authenticator } from '../../mfa/wire'
import type { EntryView } from '../../rpc/account-calls'
import type { FactorView, FactorsView } from '../../rpc/server-calls'
import { type AskingUser, isUserOf, userAt, userOf } from './asking'
import { allEntries, changeEntry, entryById, isHeldByServer, liveEntries, viewOf } from '../entries'
import { alone } from './flow-lock'
import { partsFor } from './flow-parts'
import { serverById, storedServers } from './servers'

/**
 * The second factors enrolled at the server, beside what the vault holds. What the list answers also ends what was left
 * open: flows without a known outcome are settled, an account that was scanned turns out to be in force here.
 */
export function factors(serverId: string): Promise<FactorsView> {
  return alone(async () => {
    const parts = await partsFor(await serverById(serverId))
    const user = await userAt(serverId)
    const { listed, entries } = await reconcileUser(parts, serverId, user)
    const notThere = entries.filter((one) => one.notThere).map(({ entry }) => entry.id)
    return { listed: await factorViews(listed, serverId, user), notThere: await stillLive(notThere) }
  })
}

/** Brings all entries of a user to what the server's list says, asked once. */
export async function reconcileUser(parts: FlowParts, serverId: string, user: AskingUser): Promise<Reconciled> {
  const theirs = (await liveEntries()).filter(
    ({ binding }) => binding?.serverId === serverId && isUserOf(binding, user),
  )
  const reconciled = await reconcile(
    parts,
    user.asker,
    theirs.map(({ id }) => id),
  )
  for (const { entry, before } of reconciled.entries) await trashIfUnbound(entry.id, before, entry.binding.phase)
  const inForce = reconciled.entries.find(({ entry, notThere }) => entry.binding.phase === 'bound' && !notThere)
  if (inForce) await supersedeOthers(inForce.entry.id)
  return reconciled
}

/**
 * A user has one such factor at a server. Now that this entry is it, the server asks for the codes of no other one; those keep
 * their secrets, and what becomes of them is the user's choice (BND-5).
 */
export async function supersedeOthers(entryId: string): Promise<void> {
  try {
    const { binding } = await entryById(entryId)
    const others = (await liveEntries()).filter(({ id, binding: one }) => id !== entryId && isSuperseded(one, binding))
    for (const { id } of others) await changeEntry(id, unboundIfBound)
  } catch (error) {
    // What was done at the server is done, and its recovery code has to reach the user. The next list call comes here again.
    if (!(error instanceof AppError)) throw error
  }
}

function isSuperseded(one: Binding | undefined, by: Binding | undefined): boolean {
  if (one?.phase !== 'bound' || by?.phase !== 'bound') return false
  return one.serverId === by.serverId && one.userId === by.userId
}

function unboundIfBound(entry: Entry): Entry {
  return entry.binding?.phase === 'bound' ? toPhase('unbound')(entry) : entry
}

/** An unbind that the user asked for has ended; the entry follows it to the trash (BND-7). */
export async function trashIfUnbound(entryId: string, before: BindingPhase, after: BindingPhase): Promise<void> {
  if (before === 'unbinding' && after === 'unbound') await toTrash(entryId)
}

export async function toTrash(entryId: string): Promise<void> {
  await changeEntry(entryId, (entry) => ({ ...entry, trashedAt: Date.now() }))
}

async function stillLive(ids: readonly string[]): Promise<readonly string[]> {
  const live = new Set((await liveEntries()).map(({ id }) => id))
  return ids.filter((id) => live.has(id))
}

async function factorViews(
  listed: readonly Authenticator[],
  serverId: string,
  user: AskingUser,
): Promise<readonly FactorView[]> {
  const entries = await liveEntries()
  const known = new Set((await storedServers()).map(({ id }) => id))
  const isFree = ({ binding }: Entry) => binding === undefined || !known.has(binding.serverId)
  return Promise.all(listed.map((factor) => factorView(factor, serverId, user, { entries, isFree })))
}

async function factorView(
  factor: Authenticator,
  serverId: string,
  user: AskingUser,
  { entries, isFree }: { entries: readonly Entry[]; isFree: (entry: Entry) => boolean },
): Promise<FactorView> {
  const entry = entries.find(({ secret }) => hasSecret(factor, secret))
  if (entry && factor.enabled && isFree(entry)) await recognise(entry, serverId, user, factor)
  return { id: factor.id, enabled: factor.enabled, createdAt: factor.createdAt, entryId: entry?.id ?? null }
}

/** From now on the account can be unbound from here, too. It was scanned, or the record of its server was lost. */
async function recognise(
  entry: Entry,
  serverId: string,
  user: AskingUser,
  { recoveryCode }: Authenticator,
): Promise<void> {
  const binding = { serverId, account: user.account, userId: user.userId ?? user.account, phase: 'bound' } as const
  await changeEntry(entry.id, (stored) => ({ ...stored, binding, ...(recoveryCode ? { recoveryCode } : {}) }))
}

/** Stores a factor that is bound there and missing here. One that lies in the trash is taken out of it. */
export function adopt(serverId: string, factorId: string): Promise<EntryView> {
  return alone(async () => {
    const server = await serverById(serverId)
    const user = await userAt(serverId)
    const names = { issuer: new URL(server.appHost).host, account: user.account, userId: user.userId ?? user.account }
    const request = { ...user.asker, ...names, serverId, factorId, sites: [server.appHost] }
    const adopted = await adoptFactor(await partsFor(server), request, (secret) => ownEntry(serverId, secret))
    await supersedeOthers(adopted.id)
    return viewOf(adopted)
  })
}

/** The entry that has this secret already, unless it is another server's. */
async function ownEntry(serverId: string, secret: Uint8Array): Promise<Entry | undefined> {
  return (await allEntries()).find(
    (entry) => sameSecret(entry, { secret }) && (entry.binding?.serverId ?? serverId) === serverId,
  )
}

/**
 * The user's choice about an entry that is here and not bound there. Where it may be bound the server is asked once more,
 * and it stays if it is (BND-7). Where the server's own record is lost nobody can be asked: then it may go on as a plain
 * account, which keeps its secret.
 */
export function letGo(entryId: string, as: 'plain' | 'trash'): Promise<void> {
  return alone(async () => {
    const entry = await entryById(entryId)
    const asks = isHeldByServer(entry) && !(as === 'plain' && (await isServerLost(entry)))
    if (asks) await requireNotInForce(entryId)
    await changeEntry(entryId, as === 'plain' ? asPlain : asUnbound)
  })
}

async function isServerLost({ binding }: Entry): Promise<boolean> {
  try {
    await serverById(binding?.serverId ?? '')
    return false
  } catch (error) {
    if (error instanceof AppError && error.code === 'mfa/server-missing') return true
    throw error
  }
}

async function requireNotInForce(entryId: string): Promise<void> {
  const { server, user } = await userOf(entryId)
  const { api } = await partsFor(server)
  const standing = standingIn(await api.listAuthenticators(user.asker), await entryById(entryId))
  if (standing.kind === 'enabled') throw new AppError('entry/still-bound')
}

function asPlain({ binding: _binding, ...entry }: Entry): Entry {
  return entry
}

function asUnbound(entry: Entry): Entry {
  const binding = entry.binding && { binding: { ...entry.binding, phase: 'unbound' as const } }
  return { ...entry, ...binding, trashedAt: Date.now() }
}
