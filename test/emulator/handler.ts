import { refused, Refusal, type Answer } from './answers'
import { applicationOf, languageOf, readBody, type Call } from './call'
import { control, isControl } from './controls'
import { demoSite } from './demo-site/demo-site'
import { faultByName, takeFault, type SocketFault } from './faults'
import { json } from './fault-bodies'
import { inProcessFetch } from './in-process-fetch'
import { operationFor, type Operation } from './operations'
import { createPasswordKey } from './password-key'
import { seededState, type EmulatorState, type RecordedRequest } from './state'
import { createTokens } from './tokens'

/** A local MFA server with its demo site. */
export interface Emulator {
  /** Answers a request, or names what happens to the connection instead. */
  handle(request: Request): Promise<Response | SocketFault>
  /** `handle` as a client's `fetch`: socket faults become rejections or waits that honour the signal. */
  readonly fetch: typeof fetch
}

/** What an emulator is made of; `replaceState` is how it is reset. */
interface Parts {
  readonly state: () => EmulatorState
  readonly replaceState: () => void
  /** The true clock, without the skew, in ms. */
  readonly now: () => number
}

const CORS_HEADERS = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'GET, POST, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, x-authing-app-id, x-authing-userpool-id, x-authing-lang, x-authing-request-from, x-authing-sdk-version',
}

/** An emulator in its seeded state. `now` is its true clock in ms; by default the machine's. */
export function createEmulator(options: { now?: () => number } = {}): Emulator {
  const now = options.now ?? Date.now
  let state = seededState(now())
  const parts: Parts = { state: () => state, replaceState: () => (state = seededState(now())), now }
  const context = { tokens: createTokens(), passwordKey: createPasswordKey() }

  async function handle(request: Request): Promise<Response | SocketFault> {
    const path = new URL(request.url).pathname.replace(/^\/\/+/, '/')
    if (isControl(path)) return dated(state, now(), await control(parts, request))
    const record = recordOf(request, path, now())
    state.requests.push(record)
    const answered = state
    const result = await answer(request, path, record)
    if (result instanceof Response) record.status = result.status
    else if ('response' in result) dated(answered, now(), withCors(answered, request, result.response))
    return result instanceof Response ? dated(answered, now(), withCors(answered, request, result)) : result
  }

  async function answer(request: Request, path: string, record: RecordedRequest): Promise<Response | SocketFault> {
    if (request.method === 'OPTIONS') return new Response(null, { status: state.mode.cors ? 204 : 404 })
    const call = await callOf(request, path)
    const operation = operationFor(request.method, path)
    if (!operation) return (await demoSite(call)) ?? json(JSON.stringify({ code: 404, message: 'Not found' }), 404)
    record.operation = typeof operation.name === 'string' ? operation.name : operation.name(call)
    return perform(call, operation, record.operation, request)
  }

  async function callOf(request: Request, path: string): Promise<Call> {
    const body = await readBody(request.clone())
    const { searchParams: query } = new URL(request.url)
    const serverNow = now() + state.skewSeconds * 1000
    return { ...context, state, now: serverNow, method: request.method, path, query, headers: request.headers, body }
  }

  return { handle, fetch: inProcessFetch(handle) }
}

/** Carries the operation out, unless a fault that waits for it has other plans. */
async function perform(
  call: Call,
  operation: Operation,
  name: string,
  request: Request,
): Promise<Response | SocketFault> {
  const pending = takeFault(call.state.faults, name)
  const fault = pending && faultByName(pending.fault)
  if (!fault) return run(call, operation)
  const commits = pending.commit ?? fault.commits
  const real = commits ? await run(call, operation) : json('{"code":200,"message":"Success","data":{}}')
  return fault.spoil(real, request)
}

async function run(call: Call, operation: Operation): Promise<Response> {
  const { status, body } = await settled(call, operation)
  return json(JSON.stringify(body), status)
}

async function settled(call: Call, operation: Operation): Promise<Answer> {
  try {
    if (call.state.mode.strictHeaders) requireIdentity(call)
    return await operation.run(call)
  } catch (error) {
    if (error instanceof Refusal) return refused(error, languageOf(call))
    throw error
  }
}

function requireIdentity(call: Call): void {
  const named = call.headers.has('x-authing-app-id') || call.headers.has('x-authing-userpool-id')
  if (!named) throw new Refusal(400, { status: 400 })
  applicationOf(call)
}

function recordOf(request: Request, path: string, at: number): RecordedRequest {
  const { search, host } = new URL(request.url)
  const headers = [...request.headers.keys()]
  const origin = request.headers.get('origin')
  return { method: request.method, path, query: search, host, origin, headers, at, operation: null, status: 0 }
}

function withCors(state: EmulatorState, request: Request, response: Response): Response {
  const origin = request.headers.get('origin')
  if (!state.mode.cors || !origin) return response
  for (const [name, value] of Object.entries(CORS_HEADERS)) response.headers.set(name, value)
  response.headers.set('access-control-allow-origin', origin)
  return response
}

function dated(state: EmulatorState, now: number, response: Response): Response {
  response.headers.set('date', new Date(now + state.skewSeconds * 1000).toUTCString())
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}
