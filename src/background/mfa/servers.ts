import browser from 'webextension-polyfill'
import type { Server } from '../../core/entry'
import { AppError } from '../../core/errors'
import { baseAddress } from '../../mfa/address'
import { type MfaApi, createMfaApi } from '../../mfa/api'
import type { PageCalls } from '../../rpc/calls'
import type { PendingSignIn, ServerView } from '../../rpc/server-calls'
import { announce } from '../../rpc/client'
import { type MfaSignIn, settings } from '../../settings'
import { clockCorrection, clockSkew, correctClock, forgetClock, measureClock, stopCorrecting } from './clock'
import { isHeldByServer } from '../entries'
import { giveBackGrant } from '../page/grants'
import { isSameHost, requireGrant } from '../page/hosts'
import { forgetTokens, sessionAt, signInAt } from './mfa-sessions'
import { forgetPause, heedingPauses, requireNoPause } from './pauses'
import { newRecordId } from '../../vault/vault'
import { vault, vaultKey } from '../vault/unlocked'

/** The servers the user added, and how far signing in there has come. */
export async function servers(): Promise<readonly ServerView[]> {
  return Promise.all((await storedServers()).map(viewOf))
}

/** The same as they are stored. */
export async function storedServers(): Promise<readonly Server[]> {
  return (await vault.read(await vaultKey())).servers
}

/** Throws `mfa/server-missing`. */
export async function serverById(id: string): Promise<Server> {
  const server = (await storedServers()).find((one) => one.id === id)
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
  const wanted: Server = {
    id: newRecordId(),
    appHost: host,
    appId: appId.trim(),
    ...(userPoolId?.trim() ? { userPoolId: userPoolId.trim() } : {}),
  }
  const { servers: stored } = await vault.change(await vaultKey(), (contents) =>
    contents.servers.some(isSame(wanted)) ? null : { servers: [wanted] },
  )
  await announce('servers-changed')
  return viewOf(stored.find(isSame(wanted)) ?? wanted)
}

function isSame(wanted: Server): (server: Server) => boolean {
  return ({ appHost, appId }) => appHost === wanted.appHost && appId === wanted.appId
}

/** Forgets a server, its tokens, and the access to its host if nothing else needs it. Refused while an entry is bound there. */
export async function removeServer(id: string): Promise<void> {
  const { appHost } = await serverById(id)
  const { servers: left } = await vault.change(await vaultKey(), ({ entries }) => {
    const held = entries.some((entry) => entry.binding?.serverId === id && isHeldByServer(entry))
    if (held) throw new AppError('entry/still-bound')
    return { remove: [id] }
  })
  await forgetTokens(id)
  await forgetClock(id)
  await forgetPause(id)
  // One grant of the user's may serve several servers, and a hint on the server's own pages as well.
  const inUse = [...left.map((server) => server.appHost), ...(await settings.hintedSites.get())]
  if (!inUse.some((address) => isSameHost(address, appHost))) await giveBackGrant(appHost)
}

/** Codes of the accounts bound here are made by the server's clock from now on, or by ours again (OTP-2). */
export async function correctServerClock(id: string, aheadSeconds: number | null): Promise<void> {
  await serverById(id)
  await (aheadSeconds === null ? stopCorrecting(id) : correctClock(id, aheadSeconds, Date.now()))
  await announce('servers-changed')
  await announce('entries-changed')
}

/** Remembers who signs in here, so that the name need not be typed again. */
export async function rememberAccount(server: Server, account: string): Promise<void> {
  if (server.account !== account) await putServer({ ...server, account })
}

async function putServer(server: Server): Promise<void> {
  await vault.change(await vaultKey(), () => ({ servers: [server] }))
  await announce('servers-changed')
}

/** The client of a server whose host the user has granted. Throws `mfa/host-not-granted`, `mfa/rate-limited`. */
export async function apiOf(server: Server): Promise<MfaApi> {
  await requireGrant(server.appHost)
  await requireNoPause(server.id)
  return createMfaApi({
    appHost: server.appHost,
    appId: server.appId,
    ...(server.userPoolId === undefined ? {} : { userPoolId: server.userPoolId }),
    lang: await serverLanguage(),
    fetch: heedingPauses(server.id, (url, init) => fetch(url, init)),
    now: Date.now,
    onServerDate: measureClock(server.id),
  })
}

/** The server writes its messages to the user in one of two languages (mfa-api §2.2). */
async function serverLanguage(): Promise<'en-US' | 'zh-CN'> {
  const chosen = await settings.language.get()
  const language = chosen === 'auto' ? browser.i18n.getUILanguage() : chosen
  return /^zh\b|^zh_/i.test(language) ? 'zh-CN' : 'en-US'
}

async function viewOf(server: Server): Promise<ServerView> {
  const session = await sessionAt(server.id)
  const signIn = await signInAt(server.id, Date.now())
  const skewMs = (await clockSkew(server.id, Date.now())) ?? 0
  const correctionMs = await clockCorrection(server.id, Date.now())
  return {
    id: server.id,
    appHost: server.appHost,
    appId: server.appId,
    account: session?.account ?? signIn?.account ?? server.account ?? null,
    signedIn: session !== null,
    pending: signIn && pendingView(signIn),
    clockOffSeconds: Math.round(Math.abs(skewMs) / 1_000),
    clockAheadSeconds: Math.round(skewMs / 1_000),
    correctedBySeconds: correctionMs === null ? null : Math.round(correctionMs / 1_000),
  }
}

/** A waiting sign-in as a page may see it: without its token. */
export function pendingView(signIn: MfaSignIn): PendingSignIn {
  const { account, factors, mustBind, phone, phoneCountryCode, email, expiresAt } = signIn
  return { account, factors, mustBind, phone, phoneCountryCode, email, expiresAt }
}
