import browser from 'webextension-polyfill'
import { vi } from 'vitest'
import { addServer } from '../../src/background/mfa/servers'
import { type Emulator, createEmulator } from '../emulator/handler'
import { inProcessFetch } from '../emulator/in-process-fetch'

export const HOST = 'https://mfa.example'

/** Puts a fresh emulator in place of the network, and lets us speak to it. */
export async function emulate(): Promise<Emulator> {
  const emulator = createEmulator()
  vi.stubGlobal(
    'fetch',
    inProcessFetch((request) => emulator.handle(request)),
  )
  await browser.permissions.request({ origins: [`${HOST}/*`] })
  return emulator
}

/** A server of ours for one of its applications. */
export async function serverFor(appId: string): Promise<string> {
  return (await addServer({ appHost: HOST, appId })).id
}

interface State {
  users: { id: string; totp: { state: string; secret: string; recoveryCode: string } | null }[]
  outbox: { to: string; code: string }[]
  requests: { method: string; path: string }[]
}

/** What the emulator knows. */
export async function stateOf(emulator: Emulator): Promise<State> {
  return control(emulator, 'GET', 'state') as Promise<State>
}

/** Sets a control of the emulator. */
export async function control(emulator: Emulator, method: string, name: string, body?: object): Promise<unknown> {
  const request = new Request(`${HOST}/__emulator/${name}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const answer = await emulator.handle(request)
  if (!(answer instanceof Response)) throw new Error('a control does not break off')
  return answer.json()
}
