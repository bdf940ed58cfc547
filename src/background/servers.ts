import type { Server } from '../core/entry'
import { AppError } from '../core/errors'
import { baseAddress } from '../mfa/address'
import { type MfaApi, createMfaApi } from '../mfa/api'
import type { PageCalls, PendingSignIn, ServerView } from '../rpc/calls'
import { announce } from '../rpc/client'
import { type MfaSignIn, settings } from '../settings'
import { clockSkew, measureClock } from './clock'
import { isHeldByServer, liveEntries } from './entries'
import { requireGrant } from './hosts'
import { forgetTokens, sessionAt, signInAt } from './mfa-sessions'
import { newRecordId } from '../vault/vault'
import { vault, vaultKey } from './unlocked'

/** The servers the user added, and how far signing in there has come. */
export async function servers(): Promise<readonly ServerView[]> {
  const { servers: stored } = await vault.read(await vaultKey())
  return Promise.all(stored.map(viewOf))
}

/** Throws `mfa/server-missing`. */
export async function serverById(id: string): Promise<Server> {
  const server = (await vault.read(await vaultKey())).servers.find((one) => one.id === id)
  if (!server) throw new AppError('mfa/server-missing')
  return server
}

/** Adds a server; the same host and application twice is one. The page has asked the browser for the host before. */
export async function addServer({
  appHost,
  appId,
  userPoolId,
}: Parameters<PageCalls['addServer']>[0]): Promise<ServerView> {
  const host = baseAddress(appHost)
  if (appId.trim() === '') throw new AppError('mfa/argument-missing')
  await requireGrant(host)
  const { servers: stored } = await vault.read(await vaultKey())
  const known = stored.find((one) => one.appHost === host && one.appId === appId.trim())
  const server: Server = known ?? {
    id: newRecordId(),
    appHost: host,
    appId: appId.trim(),
    ...(userPoolId?.trim() ? { userPoolId: userPoolId.trim() } : {}),
  }
  if (!known) await putServer(server)
  return viewOf(server)
}

/** Forgets a server and its tokens. Refused while an entry is bound there. */
export async function removeServer(id: string): Promise<void> {
  const held = (await liveEntries()).some((entry) => entry.binding?.serverId === id && isHeldByServer(entry))
  if (held) throw new AppError('entry/still-bound')
  await forgetTokens(id)
  await vault.change(await vaultKey(), () => ({ remove: [id] }))
  await announce('servers-changed')
}

/** Remembers who signs in here, so that the name need not be typed again. */
export async function rememberAccount(server: Server, account: string): Promise<void> {
  if (server.account !== account) await putServer({ ...server, account })
}

async function putServer(server: Server): Promise<void> {
  await vault.change(await vaultKey(), () => ({ servers: [server] }))
  await announce('servers-changed')
}

/** The client of a server whose host the user has granted. Throws `mfa/host-not-granted`. */
export async function apiOf(server: Server): Promise<MfaApi> {
  await requireGrant(server.appHost)
  return createMfaApi({
    appHost: server.appHost,
    appId: server.appId,
    ...(server.userPoolId === undefined ? {} : { userPoolId: server.userPoolId }),
    lang: (await settings.language.get()) === 'en' ? 'en-US' : 'zh-CN',
    fetch: (url, init) => fetch(url, init),
    now: Date.now,
    onServerDate: measureClock(server.id),
  })
}

async function viewOf(server: Server): Promise<ServerView> {
  const session = await sessionAt(server.id)
  const signIn = await signInAt(server.id, Date.now())
  const skewMs = await clockSkew(server.id, Date.now())
  return {
    id: server.id,
    appHost: server.appHost,
    appId: server.appId,
    account: session?.account ?? signIn?.account ?? server.account ?? null,
    signedIn: session !== null,
    pending: signIn && pendingView(signIn),
    clockOffSeconds: Math.round(Math.abs(skewMs) / 1_000),
  }
}

/** A waiting sign-in as a page may see it: without its token. */
export function pendingView(signIn: MfaSignIn): PendingSignIn {
  const { account, factors, mustBind, phone, phoneCountryCode, email, expiresAt } = signIn
  return { account, factors, mustBind, phone, phoneCountryCode, email, expiresAt }
}
