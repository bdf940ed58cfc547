import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import type { FactorsView, ServerView } from '../../rpc/server-calls'
import { background } from '../../rpc/client'
import { factors, servers } from '../state'
import { attempt, load, whileOpen } from './attempt'
import { say } from './toast'

/** What the user typed about a server. */
export interface NewServer {
  appHost: string
  appId: string
  userPoolId?: string
}

/** Reads the servers, and the factors of those with somebody signed in. */
export async function loadServers(): Promise<void> {
  await readServers()
  const signedIn = servers.value.filter((server) => server.signedIn)
  if (signedIn.length === 0) return
  await Promise.all(signedIn.map((server) => loadFactors(server.id)))
  // Each answer also tells the time at the server.
  await readServers()
}

/** Reads what is known of the servers without asking them anything. */
export async function readServers(): Promise<void> {
  const list = await load('servers', () => whileOpen(background.servers()), loadServers)
  if (list) servers.value = list
}

/** Asks the server which second factors its user has. */
export async function loadFactors(serverId: string): Promise<void> {
  const known = await load(
    `factors:${serverId}`,
    () => whileOpen(background.factors(serverId)),
    () => loadFactors(serverId),
  )
  if (known) factors.value = new Map<string, FactorsView>(factors.value).set(serverId, known)
}

/** The same on the user's wish, who may have taken the origin back and can grant it again. */
export async function refreshFactors(server: ServerView): Promise<void> {
  // What the answer is shows itself: without the grant the background refuses.
  await askForOrigin(server.appHost)
  await loadFactors(server.id)
  await readServers()
}

/**
 * Adds a server; true when it is in the list. The browser asks for the origin first and takes that question only in the
 * turn of the user's click, so nothing may be awaited before it.
 */
export async function addServer(server: NewServer): Promise<boolean> {
  const granted = askForOrigin(server.appHost)
  const added = await attempt('add-server', async () => {
    if (!(await granted)) throw new AppError('mfa/host-not-granted')
    return background.addServer(server)
  })
  if (!added) return false
  say({ text: text('server_added', { host: new URL(added.appHost).host }) })
  await loadServers()
  return true
}

/** Asks the browser for the origin; false when the user refused it. */
export async function askForOrigin(address: string): Promise<boolean> {
  const url = URL.parse(address)
  // The background says what is wrong with the address.
  if (!url || !isGrantable(url)) return true
  // Patterns know no port. A browser that will not even ask has not granted it.
  return browser.permissions.request({ origins: [`${url.protocol}//${url.hostname}/*`] }).catch(() => false)
}

/** Whether the manifest lets us ask for it at all: https, and this computer. */
function isGrantable({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost'))
}

export async function removeServer(server: ServerView): Promise<boolean> {
  const removed = await attempt(`server:${server.id}`, () => background.removeServer(server.id))
  if (removed === null) return false
  await loadServers()
  return true
}

/**
 * True when signed in or waiting for a second factor. The browser is asked for the origin once more, should the user
 * have taken it back; where it is granted nothing is shown.
 */
export async function signIn(server: ServerView, account: string, password: string): Promise<boolean> {
  const granted = askForOrigin(server.appHost)
  const result = await attempt(`server:${server.id}`, async () => {
    if (!(await granted)) throw new AppError('mfa/host-not-granted')
    return background.signIn(server.id, account, password)
  })
  if (!result) return false
  if (result.kind === 'signed-in') say({ text: text('signed_in') })
  await loadServers()
  return true
}

export async function signOut(serverId: string): Promise<void> {
  await attempt(
    `server:${serverId}`,
    () => background.signOut(serverId),
    () => signOut(serverId),
  )
  factors.value = new Map([...factors.value].filter(([id]) => id !== serverId))
  await loadServers()
}

/** Makes codes of the accounts bound at this server by its clock, which is `aheadSeconds` ahead; null: by this computer's. */
export async function correctClock(serverId: string, aheadSeconds: number | null): Promise<boolean> {
  const done = await attempt(`clock:${serverId}`, () => background.correctClock(serverId, aheadSeconds))
  if (done === null) return false
  say({ text: text(aheadSeconds === null ? 'clock_correction_ended' : 'clock_corrected') })
  await loadServers()
  return true
}
