// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeAt } from '../../src/core/otp'
import { startClock } from '../../src/ui/actions/clock'
import { refresh } from '../../src/ui/actions/vault'
import { secondsLeft } from '../../src/ui/components/countdown'
import { codes, now } from '../../src/ui/state'
import type { FakeState } from './fake-background'
import { fillVault, setStage } from './stage'

let state: FakeState
let stop: () => void

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_700_000_022_400 })
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  await refresh()
  stop = startClock()
  await vi.advanceTimersByTimeAsync(1_000)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

/** What is on the screen is what a clock on the wall says. */
function expectRight(): void {
  const [entry] = state.entries
  if (!entry) throw new Error('there is an account')
  const view = codes.value.get(entry.id)
  const { code, validUntil } = codeAt(entry, Date.now())
  expect({ code: view?.code, until: view?.validUntil }).toEqual({ code, until: validUntil })
  expect(Math.abs(now.value - Date.now())).toBeLessThanOrEqual(1_000)
  expect(secondsLeft(view?.validUntil ?? 0, now.value)).toBeLessThanOrEqual(30)
}

describe('code and countdown', () => {
  it('are right at every second of three steps', async () => {
    for (let second = 0; second < 90; second++) {
      await vi.advanceTimersByTimeAsync(1_000)
      expectRight()
    }
  })

  it.each([
    ['a night of sleep', 8 * 3_600_000],
    ['a nap', 47_000],
    ['the clock being set on by a second', 1_000],
    ['the clock being set on by a day', 86_400_000],
    ['the clock being set back by a second', -1_000],
    ['the clock being set back by a step', -30_000],
    ['the clock being set back by a day', -86_400_000],
  ])('are right within a second after %s (OTP-3)', async (_what, jump) => {
    vi.setSystemTime(Date.now() + jump)
    await vi.advanceTimersByTimeAsync(1_000)
    expectRight()
    for (let second = 0; second < 31; second++) {
      await vi.advanceTimersByTimeAsync(1_000)
      expectRight()
    }
  })

  it('do not care for the time zone (OTP-3)', async () => {
    const { TZ } = process.env
    try {
      for (const zone of ['Pacific/Kiritimati', 'America/St_Johns', 'Asia/Shanghai']) {
        process.env['TZ'] = zone
        await vi.advanceTimersByTimeAsync(1_000)
        expectRight()
      }
    } finally {
      if (TZ === undefined) delete process.env['TZ']
      else process.env['TZ'] = TZ
    }
  })
})
