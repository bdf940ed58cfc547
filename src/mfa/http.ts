import { AppError } from '../core/errors'
import { readAnswer, type Answer } from './answer'
import type { JsonObject } from './members'

/** How long to wait for the headers of an answer, and for all of it: both under Chrome's 30 s for a worker (NET-2). */
export const HEADERS_TIMEOUT_MS = 10_000
export const ANSWER_TIMEOUT_MS = 25_000

/** The `fetch` that is used, as far as it is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What all requests to one server share. */
export interface HttpOptions {
  /** As `baseAddress` gives it. */
  base: string
  /** The `x-authing-…` headers. */
  headers: Readonly<Record<string, string>>
  fetch: Fetch
  /** Epoch milliseconds; only for `onServerDate`. */
  now?: () => number
  /** Told of each `Date` header and of the moments around its request, so that the clock can be checked (OTP-2). */
  onServerDate?: (serverMs: number, sentMs: number, receivedMs: number) => void
}

/** One request, below the base address. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  query?: Readonly<Record<string, string>>
  bearer?: string
  body?: JsonObject
}

/** Sends a request once and reads what comes back. */
export type Send = (request: HttpRequest) => Promise<Answer>

/**
 * Makes the one function that speaks to a server. It never retries. It throws `network/offline`, `network/timed-out`,
 * `network/redirected`, `mfa/answer-too-large`, `mfa/answer-unreadable`; refusals are answers.
 */
export function createSend(options: HttpOptions): Send {
  return (request) =>
    withinTime(async (signal, headersArrived) => {
      const response = await ask(options, request, signal)
      headersArrived()
      return readAnswer(response, signal)
    })
}

async function ask(options: HttpOptions, request: HttpRequest, signal: AbortSignal): Promise<Response> {
  // Called bare: the browser's own `fetch` refuses to be a method of anything else.
  const { fetch } = options
  const sentMs = options.now?.()
  const response = await fetch(addressOf(options.base, request), optionsOf(options.headers, request, signal))
  // A `fetch` that is told `redirect: 'error'` does not get here; tokens must not follow in any case (NET-3).
  if (response.redirected || response.type === 'opaqueredirect' || isRedirect(response.status)) {
    throw new AppError('network/redirected')
  }
  if (options.now && sentMs !== undefined) reportDate(response, sentMs, options.now(), options.onServerDate)
  return response
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}

function addressOf(base: string, { path, query }: HttpRequest): string {
  return base + path + (query ? `?${new URLSearchParams(query)}` : '')
}

function optionsOf(shared: Readonly<Record<string, string>>, request: HttpRequest, signal: AbortSignal): RequestInit {
  return {
    method: request.method,
    headers: {
      ...shared,
      accept: 'application/json, text/plain, */*',
      ...(request.bearer ? { authorization: `Bearer ${request.bearer}` } : {}),
      ...(request.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(request.body ? { body: JSON.stringify(request.body) } : {}),
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    signal,
  }
}

function reportDate(response: Response, sentMs: number, receivedMs: number, report: HttpOptions['onServerDate']): void {
  const serverMs = Date.parse(response.headers.get('date') ?? '')
  if (Number.isFinite(serverMs)) report?.(serverMs, sentMs, receivedMs)
}

/** Runs `work` with both time limits over it, and turns whatever it throws into an `AppError`. */
async function withinTime<T>(work: (signal: AbortSignal, headersArrived: () => void) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const timeUp = (): void => stop.abort(new AppError('network/timed-out'))
  const headersTimer = setTimeout(timeUp, HEADERS_TIMEOUT_MS)
  const answerTimer = setTimeout(timeUp, ANSWER_TIMEOUT_MS)
  try {
    // The race also ends a `fetch` that does not listen to its signal.
    return await Promise.race([work(stop.signal, () => clearTimeout(headersTimer)), aborted(stop.signal)])
  } catch (error) {
    throw asAppError(error, stop.signal)
  } finally {
    clearTimeout(headersTimer)
    clearTimeout(answerTimer)
    stop.abort()
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
}

function asAppError(error: unknown, signal: AbortSignal): AppError {
  if (error instanceof AppError) return error
  if (signal.aborted) return new AppError('network/timed-out')
  return new AppError(isRefusedRedirect(error) ? 'network/redirected' : 'network/offline')
}

/** Node names a refused redirect in the cause, and nowhere else; browsers tell nobody, and it reads as offline there. */
function isRefusedRedirect(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error && error.cause.message === 'unexpected redirect'
}
