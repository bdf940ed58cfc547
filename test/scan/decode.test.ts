import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { createDecoder, decodeInWorker } from '../../src/scan/decode'
import { TIME_LIMIT_MS } from '../../src/scan/limits'
import type { Reply, Source } from '../../src/scan/messages'

/** A worker that answers when the test says so. */
class FakeWorker extends EventTarget {
  readonly asked: Source[] = []
  terminated = false

  postMessage(message: Source, transfer: Transferable[]): void {
    this.asked.push(structuredClone(message, { transfer }))
  }

  terminate(): void {
    this.terminated = true
  }

  reply(data: Reply): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

const BLOB = new Blob(['picture'])
const FOUND: Reply = { kind: 'texts', texts: ['a', 'b'] }

let workers: FakeWorker[] = []

function start(): Worker {
  const worker = new FakeWorker()
  workers.push(worker)
  return worker as unknown as Worker
}

beforeEach(() => {
  workers = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('decodeInWorker', () => {
  it('answers the texts and ends the worker', async () => {
    const texts = decodeInWorker(BLOB, undefined, start)
    workers[0]?.reply(FOUND)
    expect(await texts).toEqual(['a', 'b'])
    expect(workers.map(({ terminated }) => terminated)).toEqual([true])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('moves pixels instead of copying them', async () => {
    const data = new Uint8ClampedArray(16)
    const texts = decodeInWorker({ data, width: 2, height: 2 }, undefined, start)
    workers[0]?.reply(FOUND)
    await texts
    expect(data.byteLength).toBe(0)
    expect(workers[0]?.asked).toEqual([{ data: new Uint8ClampedArray(16), width: 2, height: 2 }])
  })

  it('gives up after three seconds and ends the worker (INP-6)', async () => {
    const texts = decodeInWorker(BLOB, undefined, start)
    const outcome = expect(texts).rejects.toMatchObject({ code: 'scan/timed-out' })
    await vi.advanceTimersByTimeAsync(TIME_LIMIT_MS - 1)
    expect(workers[0]?.terminated).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await outcome
    expect(TIME_LIMIT_MS).toBe(3_000)
    expect(workers[0]?.terminated).toBe(true)
  })

  it('ends the worker when the user changes their mind', async () => {
    const wish = new AbortController()
    const texts = decodeInWorker(BLOB, wish.signal, start)
    wish.abort(new Error('not wanted'))
    await expect(texts).rejects.toThrow('not wanted')
    expect(workers[0]?.terminated).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('starts nothing for a wish already withdrawn', async () => {
    await expect(decodeInWorker(BLOB, AbortSignal.abort(), start)).rejects.toMatchObject({ name: 'AbortError' })
    expect(workers).toEqual([])
  })

  it('throws again what the worker says went wrong', async () => {
    const texts = decodeInWorker(BLOB, undefined, start)
    workers[0]?.reply({ kind: 'failed', code: 'scan/image-too-large' })
    await expect(texts).rejects.toMatchObject({ name: 'AppError', code: 'scan/image-too-large' })
  })

  it('fails at once when the worker breaks', async () => {
    const texts = decodeInWorker(BLOB, undefined, start)
    workers[0]?.dispatchEvent(new Event('error'))
    await expect(texts).rejects.toMatchObject({ code: 'unexpected' })
    expect(workers[0]?.terminated).toBe(true)
  })
})

describe('createDecoder', () => {
  it('keeps one worker for several pictures, until it is closed', async () => {
    const decoder = createDecoder(start)
    for (const texts of [['one'], [], ['two']]) {
      const answer = decoder.decode(BLOB)
      workers[0]?.reply({ kind: 'texts', texts })
      expect(await answer).toEqual(texts)
    }
    expect(workers.map(({ terminated }) => terminated)).toEqual([false])
    decoder.close()
    expect(workers.map(({ terminated }) => terminated)).toEqual([true])
  })

  it('starts a new worker after one that took too long', async () => {
    const decoder = createDecoder(start)
    const late = expect(decoder.decode(BLOB)).rejects.toMatchObject({ code: 'scan/timed-out' })
    await vi.advanceTimersByTimeAsync(TIME_LIMIT_MS)
    await late
    const answer = decoder.decode(BLOB)
    workers[0]?.reply({ kind: 'texts', texts: ['late'] })
    workers[1]?.reply(FOUND)
    expect(await answer).toEqual(['a', 'b'])
  })
})
