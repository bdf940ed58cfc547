import { type Stage, launch, originPattern } from '../e2e/browsers'
import { OPTIONS, type OwnPage, PASSPHRASE, allowOrigin, askFrom } from '../e2e/own-page'
import type { BrowserName } from '../tools/find-browser'
import { type StoredContents } from '../vault/decrypt.mjs'
import { openDatabase, readStores } from './stored-vault'
import { type Truth, type WatchedServer, startWatchedServer } from './watched-server'

/** A whole number below the limit. */
export type Below = (limit: number) => number

/** A browser with an open vault in it, signed in at an MFA server; faults change what stands in it. */
export interface Scene {
  readonly name: BrowserName
  readonly server: WatchedServer
  stage: Stage
  own: OwnPage
  /** By which the extension knows the server. */
  serverId: string
  vaultKey: Buffer
  /** Entries that were seen in the vault: none may go without the user (I4). */
  readonly seen: Set<string>
  /** Who is signed in, or is going to be. */
  user: string
}

/** Opens a browser, makes a vault, adds the server and signs in there. */
export async function openScene(name: BrowserName): Promise<Scene> {
  const [server, stage] = [await startWatchedServer(), await launch(name)]
  const own = await ownPage(stage)
  await own.ask.createVault(PASSPHRASE)
  await allowOrigin(stage, own, server.url)
  const { id } = await own.ask.addServer({ appHost: server.url, appId: 'demo-app' })
  const scene: Scene = {
    name,
    server,
    stage,
    own,
    serverId: id,
    vaultKey: Buffer.alloc(0),
    seen: new Set(),
    user: 'alice',
  }
  scene.vaultKey = Buffer.from((await readStores(own.page)).vaultKey ?? '', 'base64')
  await signIn(scene)
  return scene
}

export async function closeScene({ stage, server }: Scene): Promise<void> {
  await stage.close()
  await server.close()
}

/** One of our pages in a tab of its own, from which the background is asked. */
export async function ownPage(stage: Stage): Promise<OwnPage> {
  const page = await stage.openOwn(OPTIONS)
  return { page, ask: askFrom(page) }
}

/** The user of the scene types the password. */
export async function signIn({ own, serverId, user }: Scene): Promise<void> {
  await own.ask.signIn(serverId, user, `${user}-Passw0rd`)
}

/** After the browser or the extension has gone: a new page, the vault open, the host allowed, signed in. */
export async function comeBack(scene: Scene): Promise<void> {
  scene.own = await ownPage(scene.stage)
  await scene.own.ask.unlock(PASSPHRASE)
  // A browser that is killed may not have written down yet what the user allowed.
  if (!(await mayReach(scene))) await allowOrigin(scene.stage, scene.own, scene.server.url)
  await signIn(scene)
}

function mayReach({ own, server }: Scene): Promise<boolean> {
  return own.page.evaluate((origin) => browser.permissions.contains({ origins: [origin] }), originPattern(server.url))
}

/** What the server has for the user of the scene, once everything that was sent to it is done. */
export async function truthOf({ server, user }: Scene): Promise<Truth> {
  await server.idle()
  return server.truth(user)
}

/** What the database holds, opened by the independent decryptor. */
export async function contentsOf({ own, vaultKey }: Scene): Promise<StoredContents> {
  return openDatabase(await readStores(own.page), vaultKey)
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
