import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { textToBytes } from '../../src/core/bytes'
import { JOB_LIMIT_MS, inWorker } from '../../src/formats/in-worker'
import type { Job } from '../../src/formats/messages'

const JOB = { kind: 'read', bytes: textToBytes('x'), options: {} } as const

class SilentWorker extends EventTarget {
  readonly posted: unknown[] = []
  ended = 0
  postMessage(job: unknown): void {
    this.posted.push(job)
  }
  terminate(): void {
    this.ended += 1
  }
  reply(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

let worker: SilentWorker
const start = () => worker as unknown as Worker

beforeEach(() => {
  worker = new SilentWorker()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('inWorker', () => {
  it('answers what the worker did, and ends it', async () => {
    const done = inWorker(JOB, new AbortController().signal, start)
    worker.reply({ ok: true, value: { format: 'otpauth', entries: [], problems: [] } })
    expect(await done).toEqual({ format: 'otpauth', entries: [], problems: [] })
    expect(worker.posted).toEqual([JOB])
    expect(worker.ended).toBe(1)
  })

  it('throws what the worker threw, with its parameters', async () => {
    const done = inWorker(JOB, new AbortController().signal, start)
    worker.reply({ ok: false, code: 'format/too-costly', params: { memoryMib: 512 } })
    await expect(done).rejects.toMatchObject({ code: 'format/too-costly', params: { memoryMib: 512 } })
    expect(worker.ended).toBe(1)
  })

  it('ends the worker as soon as it is no longer wanted (INP-4)', async () => {
    const wish = new AbortController()
    const done = inWorker(JOB, wish.signal, start)
    wish.abort()
    await expect(done).rejects.toMatchObject({ name: 'AbortError' })
    expect(worker.ended).toBe(1)
    await expect(inWorker(JOB, wish.signal, () => expect.unreachable())).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('gives up after a minute (INP-4)', async () => {
    vi.useFakeTimers()
    const done = inWorker(JOB, new AbortController().signal, start)
    const refused = expect(done).rejects.toMatchObject({ code: 'format/too-costly' })
    await vi.advanceTimersByTimeAsync(JOB_LIMIT_MS)
    await refused
    expect(worker.ended).toBe(1)
  })

  it('says so when the worker breaks', async () => {
    const done = inWorker(JOB, new AbortController().signal, start)
    worker.dispatchEvent(new Event('error'))
    await expect(done).rejects.toMatchObject({ code: 'unexpected' })
    expect(worker.ended).toBe(1)
  })
})

describe('the worker for files', () => {
  async function replyTo(job: Job): Promise<unknown> {
    vi.resetModules()
    const posted = vi.fn()
    let receive: ((event: { data: Job }) => Promise<void>) | undefined
    vi.stubGlobal('self', {
      addEventListener: (_type: string, listener: typeof receive) => (receive = listener),
      postMessage: posted,
    })
    await import('../../src/formats/worker')
    await receive?.({ data: job })
    expect(posted).toHaveBeenCalledOnce()
    return posted.mock.calls[0]?.[0]
  }

  it('reads and writes', async () => {
    const address = 'otpauth://totp/a?secret=JBSWY3DPEHPK3PXP'
    const read = await replyTo({ kind: 'read', bytes: textToBytes(address), options: {} })
    expect(read).toMatchObject({ ok: true, value: { format: 'otpauth', entries: [{ label: 'a' }] } })
    const { entries } = (read as { value: { entries: [] } }).value
    const written = await replyTo({ kind: 'write', format: 'otpauth', entries, options: {} })
    expect(written).toMatchObject({ ok: true, value: { problems: [] } })
  })

  it('answers what is wrong as a code (INP-1)', async () => {
    expect(await replyTo({ kind: 'read', bytes: textToBytes('notes'), options: {} })).toMatchObject({
      ok: false,
      code: 'format/unknown',
    })
    expect(await replyTo({ kind: 'write', format: 'nope', entries: [], options: {} })).toMatchObject({ ok: false })
    expect(await replyTo({ kind: 'read' } as Job)).toMatchObject({ ok: false })
  })
})
