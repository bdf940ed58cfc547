import { ASSOCIATE_ANY, FAULT_LIST, faultByName } from './faults'
import { json } from './fault-bodies'
import { OPERATION_NAMES } from './operations'
import type { EmulatorState } from './state'
import type { User } from './user'

/** What a control may act on. */
export interface Controlled {
  readonly state: () => EmulatorState
  readonly replaceState: () => void
}

type Body = Readonly<Record<string, unknown>>
type Control = (controlled: Controlled, body: Body) => unknown

const CONTROLS: Readonly<Record<string, readonly [does: string, run: Control]>> = {
  'GET /__emulator': ['this list', list],
  'GET /__emulator/state': ['users, requests and outbox', ({ state }) => visibleState(state())],
  'POST /__emulator/faults': ['{ operation, fault, times?, commit? }: the next times (1) calls misbehave', setFault],
  'DELETE /__emulator/faults': ['no faults, the state stays', clearFaults],
  'POST /__emulator/clock': ['{ skewSeconds }: the server runs ahead, or behind', setClock],
  'POST /__emulator/mode': [
    '{ cors?, strictHeaders? }: answer preflights; refuse calls without application and pool',
    setMode,
  ],
  'POST /__emulator/reset': ['back to the seeded state, the true clock, no faults', reset],
}

/** Whether a path belongs to the controls. */
export function isControl(path: string): boolean {
  return path === '/__emulator' || path.startsWith('/__emulator/')
}

/** Carries a control out; HTTP 400 says what is wrong with the wish. */
export async function control(controlled: Controlled, request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/\/+/, '/').replace(/\/$/, '')
  const found = CONTROLS[`${request.method} ${path}`]
  if (!found) return json(JSON.stringify({ error: `no control ${request.method} ${path}` }), 404)
  try {
    return json(JSON.stringify(found[1](controlled, await bodyOf(request)), null, 2))
  } catch (error) {
    return json(JSON.stringify({ error: error instanceof Error ? error.message : 'bad request' }), 400)
  }
}

async function bodyOf(request: Request): Promise<Body> {
  const text = await request.text()
  return text === '' ? {} : (JSON.parse(text) as Body)
}

function list(): unknown {
  const controls = Object.fromEntries(Object.entries(CONTROLS).map(([name, [does]]) => [name, does]))
  return { controls, operations: [...OPERATION_NAMES, '*'], faults: FAULT_LIST }
}

function visibleState(state: EmulatorState): unknown {
  const outbox = state.delivered.map(({ to, code }) => ({ to, code }))
  const { users, requests, skewSeconds, mode, faults } = state
  return {
    users: users.map(visibleUser),
    requests,
    outbox,
    skewSeconds,
    mode,
    faults: faults.filter(({ times }) => times > 0),
  }
}

function visibleUser({ id, bound, pending, face }: User): unknown {
  const key = bound ?? pending.at(-1)
  const totp = key ? { state: bound ? 'bound' : 'pending', secret: key.secret, recoveryCode: key.recoveryCode } : null
  return { id, totp, pending: pending.map(({ secret, recoveryCode }) => ({ secret, recoveryCode })), face }
}

function setFault({ state }: Controlled, body: Body): unknown {
  const { operation, fault, times = 1, commit } = body
  if (typeof operation !== 'string' || ![...OPERATION_NAMES, '*'].includes(operation))
    throw new Error('unknown operation')
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1)
    throw new Error('times is a whole number from 1')
  if (fault === ASSOCIATE_ANY) {
    state().associateAny = true
    return { ok: true }
  }
  if (typeof fault !== 'string' || !faultByName(fault)) throw new Error('unknown fault')
  state().faults.push({ operation, fault, times, ...(typeof commit === 'boolean' ? { commit } : {}) })
  return { ok: true }
}

function clearFaults({ state }: Controlled): unknown {
  state().faults = []
  state().associateAny = false
  return { ok: true }
}

function setClock({ state }: Controlled, { skewSeconds }: Body): unknown {
  if (typeof skewSeconds !== 'number' || !Number.isFinite(skewSeconds)) throw new Error('skewSeconds is a number')
  state().skewSeconds = skewSeconds
  return { ok: true, skewSeconds }
}

function setMode({ state }: Controlled, body: Body): unknown {
  const { mode } = state()
  if (typeof body['cors'] === 'boolean') mode.cors = body['cors']
  if (typeof body['strictHeaders'] === 'boolean') mode.strictHeaders = body['strictHeaders']
  return { ok: true, mode }
}

function reset({ replaceState }: Controlled): unknown {
  replaceState()
  return { ok: true }
}
