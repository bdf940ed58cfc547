import type { Entry } from '../../src/core/entry'
import { createMfaAdmin, type MfaAdmin } from '../../src/mfa/admin'
import { createMfaApi, type MfaApi } from '../../src/mfa/api'
import { createEmulator } from '../emulator/handler'
import { totp } from '../emulator/one-time-code'

/** A moment 2 s into a time step. */
export const START = 1_800_000_000_000 + 2_000
export const STEP_MS = 30_000

interface UserState {
  id: string
  totp: { state: 'pending' | 'bound'; secret: string; recoveryCode: string } | null
}

interface ServerState {
  users: UserState[]
  requests: { method: string; path: string; query: string; operation: string | null; headers: string[]; at: number }[]
  outbox: { to: string; code: string }[]
}

/** The emulator on a clock of its own, and the clients that speak to it. */
export interface EmulatedServer {
  clock: { now: number }
  fetch: typeof fetch
  api: (appId?: string, send?: typeof fetch) => MfaApi
  admin: () => MfaAdmin
  fault: (operation: string, fault: string, options?: { times?: number; commit?: boolean }) => Promise<void>
  clearFaults: () => Promise<void>
  reset: () => Promise<void>
  state: () => Promise<ServerState>
  user: (id: string) => Promise<UserState['totp']>
  count: (operation: string) => Promise<number>
  /** The user token of somebody who is not asked for a second factor. */
  userToken: (account: string) => Promise<string>
  /** The mfaToken of somebody who is. */
  mfaToken: (account: string, appId?: string) => Promise<string>
  code: (secret: string) => string
}

const HOST = 'http://127.0.0.1'

// One for all tests of a file: its RSA key is what costs.
const clock = { now: START }
const emulator = createEmulator({ now: () => clock.now })

/** The emulator in its seeded state, at {@link START}. */
export async function emulatedServer(): Promise<EmulatedServer> {
  clock.now = START
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await emulator.fetch(`${HOST}/__emulator/${path}`, init)
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }
  const api = (appId = 'demo-app', send = emulator.fetch): MfaApi =>
    createMfaApi({ appHost: HOST, appId, lang: 'en-US', fetch: send })
  await control('POST', 'reset')
  const state = async (): Promise<ServerState> => (await control('GET', 'state')) as ServerState
  return {
    clock,
    fetch: emulator.fetch,
    api,
    admin: () =>
      createMfaAdmin({
        host: HOST,
        userPoolId: 'demo-pool',
        secret: 'demo-pool-secret',
        fetch: emulator.fetch,
        now: () => clock.now,
      }),
    fault: async (operation, fault, options = {}) => {
      await control('POST', 'faults', { operation, fault, ...options })
    },
    clearFaults: async () => void (await control('DELETE', 'faults')),
    reset: async () => void (await control('POST', 'reset')),
    state,
    user: async (id) => (await state()).users.find((user) => user.id === id)?.totp ?? null,
    count: async (operation) => (await state()).requests.filter((request) => request.operation === operation).length,
    userToken: async (account) => {
      const result = await api().loginByPassword({ account, password: `${account}-Passw0rd` })
      if (result.kind !== 'session') throw new Error(`${account} is asked for a second factor`)
      return result.user.token
    },
    mfaToken: async (account, appId) => {
      const result = await api(appId).loginByPassword({ account, password: `${account}-Passw0rd` })
      if (result.kind !== 'mfa') throw new Error(`${account} is not asked for a second factor`)
      return result.mfaToken
    },
    code: (secret) => totp(secret, clock.now),
  }
}

/** A phase as a test reads it. */
export function phaseOf(entry: Entry): string | undefined {
  return entry.binding?.phase
}
