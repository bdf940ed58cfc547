import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { repeatRead } from '../../../src/background/mfa/repeat-read'
import { AppError, type ErrorCode } from '../../../src/core/errors'

beforeEach(() => void vi.useFakeTimers({ now: 1_700_000_000_000 }))
afterEach(() => vi.useRealTimers())

interface End {
  value: unknown
  tries: number
  ms: number
}

/** Reads, where the n-th try takes its time and ends in its error; null: it succeeds. */
async function end(tries: readonly { ms: number; code: ErrorCode | null }[], random = 0.5): Promise<End> {
  const begun = Date.now()
  let tried = 0
  const read = async (): Promise<string> => {
    const { ms, code } = tries[tried++] ?? { ms: 0, code: null }
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
    if (code) throw new AppError(code)
    return 'read'
  }
  const ended = repeatRead(read, () => random).then(
    (value) => ({ value, tries: tried, ms: Date.now() - begun }),
    (error: AppError) => ({ value: error.code, tries: tried, ms: Date.now() - begun }),
  )
  await vi.advanceTimersByTimeAsync(60_000)
  return ended
}

const failing = (code: ErrorCode, ms = 0): { ms: number; code: ErrorCode } => ({ ms, code })

describe('repeatRead', () => {
  it('reads once where all is well', async () => {
    expect(await end([])).toEqual({ value: 'read', tries: 1, ms: 0 })
  })

  it.each(['network/offline', 'mfa/busy', 'mfa/server-error', 'mfa/answer-unreadable'] as const)(
    'tries three times after %s, no more, and waits longer each time (BND-11)',
    async (code) => {
      expect(await end([failing(code), failing(code), failing(code), failing(code)])).toEqual({
        value: code,
        tries: 3,
        ms: 500 + 1_000,
      })
      expect(await end([failing(code)])).toEqual({ value: 'read', tries: 2, ms: 500 })
    },
  )

  it('does not wait the same time for everybody', async () => {
    const waits = await Promise.all([0, 0.998].map((random) => end([failing('mfa/busy')], random)))
    expect(waits.map(({ ms }) => ms)).toEqual([250, 749])
  })

  it.each(['mfa/rate-limited', 'mfa/not-signed-in', 'mfa/host-not-granted', 'vault/locked'] as const)(
    'does not try again after %s (BND-11)',
    async (code) => {
      expect(await end([failing(code)])).toEqual({ value: code, tries: 1, ms: 0 })
    },
  )

  it('ends within 25 s, whatever the tries take (BND-11)', async () => {
    const slow = failing('network/timed-out', 11_000)
    const { tries, ms } = await end([slow, slow, slow])
    expect(tries).toBe(3)
    expect(ms).toBe(25_000)
    expect(await end([failing('network/offline', 40_000)])).toMatchObject({ value: 'network/timed-out', ms: 25_000 })
  })
})
