import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { inTime, unlessStopped } from '../../src/scan/in-time'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const forever = () => new Promise<never>(() => undefined)

it('gives what the work gives, and leaves no timer behind', async () => {
  const { signal } = new AbortController()
  expect(await unlessStopped(signal, async () => 7)).toBe(7)
  expect(await inTime(3_000, signal, async () => 7)).toBe(7)
  await expect(inTime(3_000, signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(vi.getTimerCount()).toBe(0)
})

it('ends work that listens to nobody when it is stopped', async () => {
  const stop = new AbortController()
  const ended = [unlessStopped(stop.signal, forever), inTime(3_000, stop.signal, forever)].map((one) =>
    expect(one).rejects.toThrow('stopped'),
  )
  stop.abort(new Error('stopped'))
  await Promise.all(ended)
  expect(vi.getTimerCount()).toBe(0)
})

it('begins nothing once it is stopped', async () => {
  const work = vi.fn(forever)
  const signal = AbortSignal.abort(new Error('stopped'))
  await expect(unlessStopped(signal, work)).rejects.toThrow('stopped')
  await expect(inTime(3_000, signal, work)).rejects.toThrow('stopped')
  expect(work).not.toHaveBeenCalled()
})

it('ends all of the work at its limit, and tells it so', async () => {
  let heard: AbortSignal | undefined
  const work = (signal: AbortSignal) => {
    heard = signal
    return forever()
  }
  const ended = expect(inTime(3_000, new AbortController().signal, work)).rejects.toThrow('scan/timed-out')
  await vi.advanceTimersByTimeAsync(2_999)
  expect(heard?.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await ended
  expect(heard?.aborted).toBe(true)
})
