import { setTimeout as pause } from 'node:timers/promises'

import { messageFor } from './messages'

const HUGE_BYTES = 10 * 1024 * 1024
const DEPTH = 100_000
const RETRY_AFTER_SECONDS = 2
const CHUNK_PAUSE_MS = 2

/** The headers of a JSON answer. */
export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** An answer with exactly this text or these bytes as its JSON body. */
export function json(body: string | Uint8Array<ArrayBuffer>, status = 200): Response {
  return new Response(body, { status, headers: JSON_TYPE })
}

/** An HTTP failure with a JSON envelope. */
export function httpStatus(code: number): Response {
  const response = json(JSON.stringify({ statusCode: code, message: `HTTP ${code}` }), code)
  if (code === 429) response.headers.set('retry-after', String(RETRY_AFTER_SECONDS))
  return response
}

/** A business code in the shape that the endpoint uses. */
export function businessCode(code: number, request: Request): Response {
  const message = messageFor(code, request.headers.get('x-authing-lang'))
  if (new URL(request.url).pathname.startsWith('/graphql')) {
    return json(JSON.stringify({ errors: [{ message: { code, message, data: null } }], data: null }))
  }
  return json(JSON.stringify({ statusCode: 499, apiCode: code, code, message, data: null }))
}

/** The second failure shape of newer servers, its business code as text. */
export function apiCodeString(): Response {
  const message = messageFor(1001, 'en-US')
  return json(JSON.stringify({ uniqueId: 'emulator', statusCode: 499, apiCode: '1001', message, data: null }))
}

/** What a standard GraphQL server says. */
export function graphqlStringError(): Response {
  return json(JSON.stringify({ errors: [{ message: 'Internal server error' }], data: null }))
}

/** A captive portal's page. */
export function html(): Response {
  const page = '<!doctype html><title>Welcome</title><p>Accept the terms to use this network.'
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/** The same path at the other loopback name, or with one more parameter at the same origin. */
export function redirect(request: Request, otherOrigin: boolean): Response {
  const target = new URL(request.url)
  if (otherOrigin) target.hostname = target.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  else target.searchParams.set('redirected', '1')
  return new Response(null, { status: 307, headers: { location: target.href } })
}

/** JSON that opens arrays and closes them again, `DEPTH` levels deep. */
export function deep(): string {
  return `{"code":200,"message":"Success","data":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`
}

/** Never stops sending; between chunks it lets timers run, so that a reader's time limit can strike. */
export function endless(): ReadableStream<Uint8Array> {
  const chunk = new TextEncoder().encode(' '.repeat(4096))
  return new ReadableStream({
    async pull(controller) {
      await pause(CHUNK_PAUSE_MS)
      controller.enqueue(chunk)
    },
  })
}

/** The first half of the answer. */
export async function truncated(real: Response): Promise<Response> {
  const text = await real.text()
  return json(text.slice(0, Math.floor(text.length / 2)))
}

/** The answer with ten megabytes of padding in it. */
export async function huge(real: Response): Promise<Response> {
  return json(JSON.stringify({ padding: 'x'.repeat(HUGE_BYTES), ...(await envelope(real)) }))
}

/** Every member, the envelope's too, with a value of another type. */
export async function wrongTypes(real: Response): Promise<Response> {
  return json(JSON.stringify(mistyped(await envelope(real), 0)))
}

/** An intact envelope around mistyped data. */
export async function wrongData(real: Response): Promise<Response> {
  const body = await envelope(real)
  return json(JSON.stringify({ ...body, data: mistyped(body['data'], 0) }))
}

/** An intact envelope around nothing. */
export async function missingMembers(real: Response): Promise<Response> {
  return json(JSON.stringify({ ...(await envelope(real)), data: {} }))
}

/** The members only where a careless merge would find them. */
export async function protoKeys(real: Response): Promise<Response> {
  const inner = JSON.stringify({ ...(await envelope(real)), polluted: true })
  return json(`{"__proto__":${inner},"constructor":{"prototype":${inner}},"message":"Success"}`)
}

/** Each envelope member twice, the true one last. */
export async function duplicateKeys(real: Response): Promise<Response> {
  const text = JSON.stringify(await envelope(real))
  return json(`{"code":1001,"message":"first","data":null,${text.slice(1)}`)
}

/** A content type that is not JSON. */
export async function textPlain(real: Response): Promise<Response> {
  return new Response(await real.text(), { headers: { 'content-type': 'text/plain' } })
}

/** The answer behind U+FEFF. */
export async function byteOrderMark(real: Response): Promise<Response> {
  return json(`\u{FEFF}${await real.text()}`)
}

/** A message with a byte that UTF-8 does not know. */
export async function invalidUtf8(real: Response): Promise<Response> {
  const text = JSON.stringify({ ...(await envelope(real)), message: 'MARK' })
  const bytes = new TextEncoder().encode(text)
  bytes[text.indexOf('MARK')] = 0xff
  return json(bytes)
}

async function envelope(real: Response): Promise<Readonly<Record<string, unknown>>> {
  return (await real.json()) as Readonly<Record<string, unknown>>
}

function mistyped(value: unknown, depth: number): unknown {
  if (typeof value === 'number') return [value]
  if (typeof value === 'string') return 7
  if (typeof value === 'boolean') return 'yes'
  if (value === null || value === undefined) return 0
  if (Array.isArray(value) || depth > 1) return 'text'
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mistyped(member, depth + 1)]))
}
