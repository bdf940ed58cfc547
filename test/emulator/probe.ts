import { constants, publicEncrypt } from 'node:crypto'

import { createEmulator, type Emulator } from './handler'

/** An answer as a test looks at it. */
export interface Seen {
  readonly status: number
  readonly headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any
}

/** What a request may carry. */
export interface Sent {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** An emulator on a clock of the test's own, and short ways to ask it. */
export interface Probe {
  readonly emulator: Emulator
  /** The true clock in ms. */
  readonly clock: { now: number }
  ask(method: string, path: string, sent?: Sent): Promise<Seen>
  control(name: string, body?: unknown): Promise<Seen>
  login(user: string, app?: string, password?: string): Promise<Seen>
  /** The token of a login that needs no second factor. */
  userToken(user: string): Promise<string>
  /** The token of a login that asks for the second factor. */
  mfaToken(user: string, app?: string): Promise<string>
  /** The key of a user as `/__emulator/state` tells it. */
  key(user: string): Promise<{ state: string; secret: string; recoveryCode: string } | null>
}

const BASE = 'http://127.0.0.1:8787'

/** A fresh emulator, its clock in the middle of a time step. */
export function probe(): Probe {
  const clock = { now: Date.UTC(2026, 0, 1, 12, 0, 15) }
  const emulator = createEmulator({ now: () => clock.now })
  const self: Probe = {
    emulator,
    clock,
    async ask(method, path, sent = {}) {
      const headers = new Headers({ 'x-authing-app-id': 'demo-app', 'x-authing-lang': 'en-US', ...sent.headers })
      if (sent.token) headers.set('authorization', `Bearer ${sent.token}`)
      const body = sent.body === undefined ? null : JSON.stringify(sent.body)
      const response = await emulator.fetch(BASE + path, { method, headers, body, redirect: 'manual' })
      return { status: response.status, headers: response.headers, body: parsed(await response.text()) }
    },
    control: (name, body) =>
      self.ask(body === undefined && name === 'state' ? 'GET' : 'POST', `/__emulator/${name}`, { body }),
    async login(user, app = 'demo-app', password = `${user}-Passw0rd`) {
      const known = await self.ask('GET', '/api/v2/.well-known')
      const body = { account: user, password: encrypted(known.body.data.publicKey, password) }
      return self.ask('POST', '/api/v2/login/account', { body, headers: { 'x-authing-app-id': app } })
    },
    userToken: async (user) => (await self.login(user)).body.data.token,
    mfaToken: async (user, app) => (await self.login(user, app)).body.data.mfaToken,
    async key(user) {
      const { body } = await self.control('state')
      return body.users.find(({ id }: { id: string }) => id === user).totp
    },
  }
  return self
}

/** The password as a client sends it. */
export function encrypted(publicKey: string, password: string): string {
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(password)).toString(
    'base64',
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
