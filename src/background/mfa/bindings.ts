import type { BindingPhase, Entry, Server } from '../../core/entry'
import { AppError } from '../../core/errors'
import { bind as bindFactor, confirm } from '../../mfa/bind'
import { recover } from '../../mfa/recover'
import { settle, standingIfKnown } from '../../mfa/settle'
import type { Asker } from '../../mfa/store'
import { unbind as unbindFactor } from '../../mfa/unbind'
import { verify } from '../../mfa/verify'
import type { EntryView } from '../../rpc/account-calls'
import type { ConfirmResult, RecoverResult, UnbindResult, VerifyResult } from '../../rpc/server-calls'
import { isUserOf, userAt, userOf } from './asking'
import { clockSkew, isMeasuredHere } from './clock'
import { entryById, liveEntries, viewOf } from '../entries'
import { supersedeOthers, toTrash, trashIfUnbound } from './factors'
import { alone } from './flow-lock'
import { inOurTime, partsFor, type ServerParts } from './flow-parts'
import { neededSignIn } from './mfa-sessions'
import { serverById } from './servers'
import { completeSignIn } from './sign-in'

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
    await measureAnew(server, user.asker)
    const parts = await partsFor(server)
    const outcome = await confirm(parts, entryId, user.asker, await leftSkew(server.id, parts))
    if (outcome.kind !== 'bound') return inOurTime(outcome, parts)
    await supersedeOthers(entryId)
    const { user: signedIn, ...bound } = outcome
    if (signedIn) await completeSignIn(server.id, user.account, signedIn)
    return bound
  })
}

/**
 * Any answer tells the server's time. What a former background measured does not count here: our clock may have been set
 * since, and an answer that contradicts a correction ends it before a code is made by it.
 */
async function measureAnew(server: Server, asker: Asker): Promise<void> {
  if (await isMeasuredHere(server.id, Date.now())) return
  await (await partsFor(server)).api.listAuthenticators(asker)
}

/** How far the server's clock is ahead of the one that codes are made with; 0 for a server that does not say. */
async function leftSkew(serverId: string, { offsetMs }: ServerParts): Promise<number> {
  const measuredMs = await clockSkew(serverId, Date.now())
  return measuredMs === null ? 0 : measuredMs - offsetMs
}

/** Asks the server about an entry whose outcome is not known. */
export function settleBinding(entryId: string): Promise<BindingPhase> {
  return alone(async () => {
    const { server, user } = await userOf(entryId)
    const before = (await entryById(entryId)).binding?.phase ?? 'unbound'
    const { phase } = (await settle(await partsFor(server), entryId, user.asker)).binding
    await trashIfUnbound(entryId, before, phase)
    if (before !== 'bound' && phase === 'bound') await supersedeOthers(entryId)
    return phase
  })
}

/** Server first; only after its word the entry goes to the trash (BND-7). */
export function unbind(entryId: string): Promise<UnbindResult> {
  return alone(async () => {
    const { server, user } = await userOf(entryId)
    if (user.asker.source !== 'SELF') throw new AppError('mfa/not-signed-in')
    const outcome = await unbindFactor(await partsFor(server), entryId, user.asker.token)
    if (outcome.kind !== 'unknown') await toTrash(entryId)
    return outcome
  })
}

/** Completes a sign-in with the code of a stored account. */
export function verifyTotp(serverId: string, entryId: string): Promise<VerifyResult> {
  return alone(async () => {
    const { mfaToken, account } = await neededSignIn(serverId, Date.now())
    const parts = await partsFor(await serverById(serverId))
    const outcome = await verify(parts, entryId, mfaToken)
    if (outcome.kind !== 'signed-in') return inOurTime(outcome, parts)
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
    // Locked meanwhile, or the store refuses: no sign-in to go on with, but the new code must reach the user (BND-6).
    await completeSignIn(serverId, account, outcome.user).catch(() => undefined)
    return { kind: 'signed-in', recoveryCode: outcome.recoveryCode, kept: outcome.kept }
  })
}

/** The entry whose recovery code is about to be spent: the one in force for this user, or the one that holds this code. */
async function recoverable(serverId: string, recoveryCode: string): Promise<Entry | undefined> {
  const user = await userAt(serverId)
  const entries = await liveEntries()
  const bound = entries.filter(
    ({ binding }) => binding?.serverId === serverId && binding.phase === 'bound' && isUserOf(binding, user),
  )
  const holding = entries.find((entry) => recoveryCode !== '' && entry.recoveryCode === recoveryCode)
  if (bound.length > 1) return (await inForceAmong(bound, serverId, user.asker)) ?? holding
  return bound[0] ?? holding
}

/** Which of several the server asks for; undefined where it does not say, or asks for none of them. */
async function inForceAmong(entries: readonly Entry[], serverId: string, asker: Asker): Promise<Entry | undefined> {
  const parts = await partsFor(await serverById(serverId))
  for (const entry of entries) if ((await standingIfKnown(entry, parts, asker))?.kind === 'enabled') return entry
  return undefined
}
