import { messageFor } from './messages'

/** What an operation answers, before it becomes a `Response`. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Members of an envelope beyond the usual ones. */
export type Extra = Readonly<Record<string, unknown>>

/** A failure the server tells by a business code, or by an HTTP status as well. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: number
  readonly status: number
  readonly extra: Extra

  constructor(code: number, options: { status?: number; extra?: Extra } = {}) {
    super(`refused with ${code}`)
    this.code = code
    this.status = options.status ?? 200
    this.extra = options.extra ?? {}
  }
}

/** Success in the V2 shape; `data` is left out when there is none. */
export function done(data?: unknown, extra: Extra = {}): Answer {
  return {
    status: 200,
    body: { code: 200, message: messageFor(200, 'en-US'), ...(data === undefined ? {} : { data }), ...extra },
  }
}

/** A login that is over, in the one form which vendor's widget and SDK both read. */
export function loginFinished(user: Extra): Answer {
  const message = messageFor(1600, 'en-US')
  return { status: 200, body: { statusCode: 302, apiCode: 1600, code: 200, message, data: { ...user, user } } }
}

/** A second factor is asked for: `code` for the SDK's reader, `statusCode` and `apiCode` for the widget's. */
export function secondFactorNeeded(code: 1635 | 1636, data: Extra, flowHandle: string, lang: string | null): Answer {
  return {
    status: 200,
    body: { statusCode: 302, apiCode: code, code, message: messageFor(code, lang), data, flowHandle },
  }
}

/** A refusal in the REST shape, for both readers. */
export function refused({ code, status, extra }: Refusal, lang: string | null): Answer {
  const statusCode = status === 200 ? 499 : status
  return { status, body: { statusCode, apiCode: code, code, message: messageFor(code, lang), data: null, ...extra } }
}

/** A refusal, or a second factor asked for, in the shape of the vendor's GraphQL: `message` is an object. */
export function graphqlErrors(field: string, code: number, lang: string | null, data: unknown = null): Answer {
  const message = { code, message: messageFor(code, lang), data }
  return { status: 200, body: { errors: [{ message, locations: [], path: [field] }], data: { [field]: null } } }
}
