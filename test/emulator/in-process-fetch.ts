import type { SocketFault } from './faults'

type Handle = (request: Request) => Promise<Response | SocketFault>

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** A `fetch` that never leaves the process: what the socket would do to a client happens to its promise. */
export function inProcessFetch(handle: Handle): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    // A request holds the caller's signal only weakly: left to it, an abort may never come.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal)
    signal.throwIfAborted()
    const result = await handle(request.clone())
    const response = result instanceof Response ? result : await afterFault(result, signal)
    if (!REDIRECTS.has(response.status)) return abortable(response, signal)
    return followed(handle, request, response, signal)
  }
}

async function afterFault(result: SocketFault, signal: AbortSignal): Promise<Response> {
  switch (result.fault) {
    case 'drop':
      throw new TypeError('fetch failed')
    case 'never':
      return aborted(signal)
    case 'slow':
      return Promise.race([later(result.delayMs, result.response), aborted(signal)])
    case 'drip':
      return new Response(dripping(result.response, result.everyMs), result.response)
    case 'cut':
      return new Response(brokenOff(result.response), result.response)
    case 'stall':
      return new Response(new ReadableStream(), result.response)
  }
}

async function followed(handle: Handle, request: Request, response: Response, signal: AbortSignal): Promise<Response> {
  if (request.redirect === 'error') throw new TypeError('fetch failed')
  if (request.redirect === 'manual') return response
  const target = new URL(response.headers.get('location') ?? '', request.url)
  const headers = new Headers(request.headers)
  if (target.origin !== new URL(request.url).origin) headers.delete('authorization')
  const body = request.body ? await request.clone().text() : null
  return inProcessFetch(handle)(target, { method: request.method, headers, body, signal })
}

/** The body of a `Response` made here knows nothing of the request's signal; a real one fails with it. */
function abortable(response: Response, signal: AbortSignal): Response {
  if (!response.body) return response
  const through = new TransformStream<Uint8Array, Uint8Array>()
  response.body.pipeTo(through.writable, { signal }).catch(() => undefined) // the reader sees the failure
  return new Response(through.readable, response)
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

function later<T>(delayMs: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), delayMs))
}

function dripping(response: Response, everyMs: number): ReadableStream<Uint8Array> {
  const bytes = response.arrayBuffer().then((buffer) => new Uint8Array(buffer))
  let sent = 0
  return new ReadableStream({
    async pull(controller) {
      const all = await bytes
      if (sent === all.length) return controller.close()
      if (sent > 0) await later(everyMs, null)
      controller.enqueue(all.slice(sent, ++sent))
    },
  })
}

function brokenOff(response: Response): ReadableStream<Uint8Array> {
  const bytes = response.arrayBuffer().then((buffer) => new Uint8Array(buffer))
  let begun = false
  return new ReadableStream({
    async pull(controller) {
      const all = await bytes
      if (begun) return controller.error(new TypeError('terminated'))
      begun = true
      controller.enqueue(all.slice(0, Math.floor(all.length / 2)))
    },
  })
}
