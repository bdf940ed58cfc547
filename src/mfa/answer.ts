import { AppError } from '../core/errors'
import { readJson } from './json'
import { isObject, member, numeric, type JsonObject } from './members'

/** What came back, the four shapes of mfa-api §2.4 folded into one. */
export interface Answer {
  /** The HTTP status. */
  status: number
  /** `apiCode`, else `code`, else `statusCode`, else a failed HTTP status; null where the server gave none. */
  code: number | null
  /** The member `data`; that of the first error for a GraphQL failure. */
  data: unknown
  /** The whole answer; empty where an HTTP failure had no JSON. */
  envelope: JsonObject
  /** What a `Retry-After` asks for. */
  retryAfterSeconds?: number
}

/** The codes that say "done": the plain one, and "the login is over" of newer servers. */
export const DONE: readonly (number | null)[] = [200, 1600]

/** Reads the answer to a request. Throws `mfa/answer-too-large`, `mfa/answer-unreadable`; a refusal is an answer. */
export async function readAnswer(response: Response, signal: AbortSignal): Promise<Answer> {
  const seconds = retryAfterSeconds(response.headers)
  return {
    ...fold(response.status, await readEnvelope(response, signal)),
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  }
}

/** Folds the shapes of mfa-api §2.4: plain, with an `apiCode`, a failed HTTP status, a GraphQL error. */
export function fold(status: number, envelope: JsonObject): Answer {
  const refusal = graphqlRefusal(envelope)
  const code = codeOf(refusal ?? envelope)
  return {
    status,
    // What HTTP says weighs more than a body that calls a failure a success.
    code: isOk(status) || (code !== null && !DONE.includes(code)) ? code : status,
    data: member(refusal ?? envelope, 'data'),
    envelope,
  }
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300
}

function codeOf(envelope: JsonObject): number | null {
  const [code] = ['apiCode', 'code', 'statusCode'].flatMap((name) => numeric(member(envelope, name)) ?? [])
  return code ?? null
}

/** The first of `errors`: its `message` is an object here, with the code in it; an empty one for standard GraphQL. */
function graphqlRefusal(envelope: JsonObject): JsonObject | null {
  const errors = member(envelope, 'errors')
  if (!Array.isArray(errors) || errors.length === 0) return null
  const message = isObject(errors[0]) ? member(errors[0], 'message') : null
  return isObject(message) ? message : { code: 0 }
}

/** A failed HTTP status needs no JSON to be understood: a gateway in between speaks HTML. */
async function readEnvelope(response: Response, signal: AbortSignal): Promise<JsonObject> {
  try {
    return await readJson(response, signal)
  } catch (error) {
    if (!isOk(response.status) && error instanceof AppError && error.code.startsWith('mfa/answer-')) return {}
    throw error
  }
}

/** What a `Retry-After` asks for: seconds, or a date, which is held against the server's own clock. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const seconds = /^\d{1,6}$/.test(value) ? Number(value) : untilDate(value, headers.get('date'))
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

function untilDate(later: string, now: string | null): number {
  return Math.ceil((Date.parse(later) - Date.parse(now ?? '')) / 1000)
}
