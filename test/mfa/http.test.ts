import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { ANSWER_TIMEOUT_MS, createSend, HEADERS_TIMEOUT_MS, type Fetch, type HttpOptions } from '../../src/mfa/http'
import { DEEPEST_JSON, LARGEST_BODY_BYTES } from '../../src/mfa/json'

const done = (): Response => new Response('{"code":200}')

function sending(fetch: Fetch, options: Partial<HttpOptions> = {}): ReturnType<typeof createSend> {
  return createSend({ base: 'https://example.com', headers: { 'x-authing-lang': 'en-US' }, fetch, ...options })
}

/** Sends one request to whatever `response` is. */
function ask(response: Response | Promise<Response>): Promise<unknown> {
  return sending(async () => response)({ method: 'GET', path: '/x' })
}

function streamed(chunks: Iterator<string>): { response: Response; cancelled: () => boolean } {
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done: ended, value } = chunks.next()
      if (ended) controller.close()
      else controller.enqueue(new TextEncoder().encode(value))
    },
    cancel: () => void (cancelled = true),
  })
  return { response: new Response(body), cancelled: () => cancelled }
}

describe('createSend', () => {
  it('tells fetch to keep cookies, caches, referrers and redirects out of it (NET-3)', async () => {
    const fetch = vi.fn<Fetch>(async () => done())
    await sending(fetch)({ method: 'GET', path: '/a', query: { type: 'totp', source: 'A B&c' }, bearer: 'token' })
    const [url, init] = fetch.mock.calls[0] ?? []
    expect(url).toBe('https://example.com/a?type=totp&source=A+B%26c')
    expect(init).toEqual({
      method: 'GET',
      headers: {
        accept: 'application/json, text/plain, */*',
        authorization: 'Bearer token',
        'x-authing-lang': 'en-US',
      },
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      signal: expect.any(AbortSignal),
    })
  })

  it('names a content type only where there is content', async () => {
    const fetch = vi.fn<Fetch>(async () => done())
    await sending(fetch)({ method: 'POST', path: '/a', body: { totp: '012345' } })
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      body: '{"totp":"012345"}',
      headers: { 'content-type': 'application/json' },
    })
  })

  it('calls fetch as the bare function that browsers insist on', async () => {
    const receivers: unknown[] = []
    await sending(function (this: unknown) {
      receivers.push(this)
      return Promise.resolve(done())
    })({ method: 'GET', path: '/x' })
    expect(receivers).toEqual([undefined])
  })

  it('asks once, whatever happens (BND-11)', async () => {
    const fetch = vi.fn<Fetch>().mockRejectedValue(new TypeError('fetch failed'))
    await expect(sending(fetch)({ method: 'GET', path: '/x' })).rejects.toMatchObject({ code: 'network/offline' })
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it('reports the date of the answer with the moments around it (OTP-2)', async () => {
    const reports: number[][] = []
    let now = 1_000
    const fetch: Fetch = async () => {
      now += 400
      return new Response('{"code":200}', { headers: { date: 'Tue, 15 Jan 2030 10:00:00 GMT' } })
    }
    const onServerDate = (...report: number[]): void => void reports.push(report)
    await sending(fetch, { now: () => now, onServerDate })({ method: 'GET', path: '/x' })
    expect(reports).toEqual([[Date.UTC(2030, 0, 15, 10), 1_000, 1_400]])
  })

  it.each([null, 'yesterday', ''])('reports nothing for Date: %s', async (date) => {
    const onServerDate = vi.fn<() => void>()
    const fetch: Fetch = async () => new Response('{"code":200}', { headers: date === null ? {} : { date } })
    await sending(fetch, { now: () => 0, onServerDate })({ method: 'GET', path: '/x' })
    expect(onServerDate).not.toHaveBeenCalled()
  })

  it.each([301, 302, 303, 307, 308])('refuses to be sent elsewhere by HTTP %i (NET-3)', async (status) => {
    const elsewhere = new Response('{"code":200}', { status, headers: { location: 'https://evil.example/' } })
    await expect(ask(elsewhere)).rejects.toMatchObject({ code: 'network/redirected' })
  })

  it('refuses an answer that came by a redirect all the same (NET-3)', async () => {
    const redirected = Object.defineProperty(done(), 'redirected', { value: true })
    await expect(ask(redirected)).rejects.toMatchObject({ code: 'network/redirected' })
  })

  it('keeps what fetch knows about the failure out of the error (trap 27)', async () => {
    const failure = new TypeError('fetch https://example.com/?token=abc', { cause: new Error('Bearer abc') })
    const error: unknown = await ask(Promise.reject(failure)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'network/offline', params: {} })
    expect(error).not.toHaveProperty('cause')
  })
})

describe('limits (NET-2)', () => {
  const envelope = (bytes: number): string => `{"code":200,"p":"${'x'.repeat(bytes - '{"code":200,"p":""}'.length)}"}`

  it('reads an answer of 256 KiB', async () => {
    await expect(ask(new Response(envelope(LARGEST_BODY_BYTES)))).resolves.toMatchObject({ code: 200 })
  })

  it('refuses one byte more', async () => {
    await expect(ask(new Response(envelope(LARGEST_BODY_BYTES + 1)))).rejects.toMatchObject({
      code: 'mfa/answer-too-large',
    })
  })

  it('stops reading a body without end at the limit and hangs up', async () => {
    let sent = 0
    const { response, cancelled } = streamed(
      (function* () {
        for (;;) {
          sent += 1024
          yield ' '.repeat(1024)
        }
      })(),
    )
    await expect(ask(response)).rejects.toMatchObject({ code: 'mfa/answer-too-large' })
    expect(cancelled()).toBe(true)
    expect(sent).toBeLessThanOrEqual(LARGEST_BODY_BYTES + 4096)
  })

  const nested = (depth: number, open = '[', close = ']'): string =>
    `{"code":200,"data":${open.repeat(depth - 1)}${close.repeat(depth - 1)}}`

  it('parses 32 levels and refuses 33', async () => {
    await expect(ask(new Response(nested(DEEPEST_JSON)))).resolves.toMatchObject({ code: 200 })
    await expect(ask(new Response(nested(DEEPEST_JSON + 1)))).rejects.toMatchObject({ code: 'mfa/answer-unreadable' })
  })

  it('does not count brackets in texts', async () => {
    const text = JSON.stringify({ code: 200, data: `${'['.repeat(100)}"\\${'{'.repeat(100)}` })
    await expect(ask(new Response(text))).resolves.toMatchObject({ code: 200 })
  })

  it.each([
    ['arrays', '['],
    ['objects', '{"a":'],
    ['texts without end', '"'],
    ['escapes without end', '"\\'],
    ['closing brackets', ']'],
  ])('is not hurt by 100,000 %s', async (_, piece) => {
    const text = `{"code":200,"data":${piece.repeat(Math.floor(200_000 / piece.length))}`
    await expect(ask(new Response(text))).rejects.toMatchObject({ code: 'mfa/answer-unreadable' })
  })

  it.each(['', 'null', '200', '"200"', 'true', '[{"code":200}]', '<!doctype html>', '{"code":200', "{'code':200}"])(
    'finds %j unreadable',
    async (body) => {
      const error: unknown = await ask(new Response(body)).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'mfa/answer-unreadable' })
      expect(error).not.toHaveProperty('cause')
    },
  )

  it('reads a byte order mark and refuses invalid UTF-8', async () => {
    await expect(ask(new Response('\ufeff{"code":200}'))).resolves.toMatchObject({ code: 200 })
    const bytes = new TextEncoder().encode('{"code":200,"p":"x"}')
    bytes[17] = 0xff
    await expect(ask(new Response(bytes))).rejects.toMatchObject({ code: 'mfa/answer-unreadable' })
  })

  it('survives a connection that breaks inside the body', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) })
    await expect(ask(new Response(body))).rejects.toMatchObject({ code: 'network/offline' })
  })
})

describe('time limits (NET-2)', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** The code a request ends with, and when. */
  async function endOf(work: Promise<unknown>): Promise<{ after: number; code: unknown }> {
    const begun = Date.now()
    const ended = work.then(
      () => ({ after: Date.now() - begun, code: null }),
      (error: { code?: unknown }) => ({ after: Date.now() - begun, code: error.code }),
    )
    await vi.advanceTimersByTimeAsync(60_000)
    return ended
  }

  it('waits ten seconds for the headers, also of a fetch that does not listen', async () => {
    const end = await endOf(ask(new Promise<Response>(() => undefined)))
    expect(end).toEqual({ after: HEADERS_TIMEOUT_MS, code: 'network/timed-out' })
  })

  it('aborts the signal then, and leaves no timer behind', async () => {
    let signal: AbortSignal | null | undefined
    const fetch: Fetch = (_, init) => {
      signal = init.signal
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      })
    }
    const end = await endOf(sending(fetch)({ method: 'GET', path: '/x' }))
    expect(end).toEqual({ after: HEADERS_TIMEOUT_MS, code: 'network/timed-out' })
    expect(signal?.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('gives the whole answer 25 seconds, however its bytes drip in', async () => {
    const response = new Response(
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 1_000))
          controller.enqueue(new Uint8Array([0x20]))
        },
      }),
    )
    expect(await endOf(ask(response))).toEqual({ after: ANSWER_TIMEOUT_MS, code: 'network/timed-out' })
  })

  it('gives up on a body that never begins', async () => {
    expect(await endOf(ask(new Response(new ReadableStream())))).toEqual({
      after: ANSWER_TIMEOUT_MS,
      code: 'network/timed-out',
    })
  })

  it('takes an answer whose headers come at the last moment', async () => {
    const late = new Promise<Response>((resolve) => setTimeout(() => resolve(done()), HEADERS_TIMEOUT_MS - 1))
    expect(await endOf(ask(late))).toEqual({ after: HEADERS_TIMEOUT_MS - 1, code: null })
    expect(vi.getTimerCount()).toBe(0)
  })
})
