import type { BindRequest } from '../../src/mfa/bind'
import type { FlowParts } from '../../src/mfa/store'
import { decodeBase32, encodeBase32 } from '../../src/core/base32'
import type { Entry } from '../../src/core/entry'
import { emulatedServer, STEP_MS, type EmulatedServer } from './emulated-server'
import { memoryStore, type MemoryStore } from './memory-store'

/** A server, a store and the flows' parts, with alice signed in. */
export interface Scene {
  server: EmulatedServer
  store: MemoryStore
  parts: FlowParts
  /** Alice's user token. */
  token: string
  request: BindRequest
}

/** Sets the scene anew. */
export async function scene(): Promise<Scene> {
  const server = await emulatedServer()
  const store = memoryStore()
  const token = await server.userToken('alice')
  const parts = { api: server.api(), store, now: () => server.clock.now }
  const request = { token, serverId: 's1', account: 'alice', userId: 'alice', issuer: '127.0.0.1', sites: [] }
  return { server, store, parts, token, request }
}

/** Lets the clock run to the next time step. */
export function nextStep({ server }: Scene): void {
  server.clock.now = (Math.floor(server.clock.now / STEP_MS) + 1) * STEP_MS + 1_000
}

/** Stores carol's key as an entry that is bound, as if she had been here before. */
export function carolsEntry({ server, store }: Scene, changes: Partial<Entry> = {}): Promise<Entry> {
  const key = { type: 'totp', issuer: 'i', label: 'carol', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
  const binding = { serverId: 's1', account: 'carol', userId: 'carol', phase: 'bound' } as const
  return server.user('carol').then((totp) =>
    store.add({
      ...key,
      secret: decodeBase32(totp?.secret ?? ''),
      recoveryCode: totp?.recoveryCode ?? '',
      sites: [],
      binding,
      ...changes,
    }),
  )
}

/** The entry's secret as the server writes it. */
export function secretOf(entry: Entry): string {
  return encodeBase32(entry.secret)
}

/** A `fetch` that sends requests to `path` twice and answers the second answer, as browsers do when a connection breaks. */
export function sentTwice(send: typeof fetch, path: string): typeof fetch {
  return async (url, init) => {
    if (String(url).includes(path)) await send(url, init)
    return send(url, init)
  }
}
