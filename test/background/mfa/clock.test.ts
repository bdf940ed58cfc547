import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  clockCorrection,
  clockDrift,
  clockOffsets,
  clockSkew,
  correctClock,
  forgetClock,
  isMeasuredHere,
  measureClock,
  stopCorrecting,
} from '../../../src/background/mfa/clock'
import { seeded } from '../../support/seeded'

const NOW = 1_700_000_000_000
const DAY_MS = 86_400_000
const SKEWS = [0, 1, 5, 29, 30, 31, 61, 90, 300, 3_600, 86_400].flatMap((seconds) => [seconds, -seconds])

beforeEach(async () => {
  // Date and the steady clock: time passes on both, and setting the system's clock moves one of them.
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: NOW })
  await browser.storage.session.clear()
})
afterEach(() => vi.useRealTimers())

function pass(ms: number): void {
  vi.advanceTimersByTime(ms)
}

function setSystemClock(byMs: number): void {
  vi.setSystemTime(Date.now() + byMs)
}

/** A request that took `outMs` to a server whose clock is `aheadMs` ahead, and `backMs` back. */
async function ask(aheadMs: number, outMs = 50, backMs = 50): Promise<void> {
  const sentMs = Date.now()
  pass(outMs)
  const header = Math.floor((Date.now() + aheadMs) / 1_000) * 1_000
  pass(backMs)
  measureClock('one')(header, sentMs, Date.now())
  await clockSkew('one', Date.now())
}

describe("a server's clock", () => {
  it.each(SKEWS)('that is %i s off is known within 1.5 s, with round trips of up to 3 s (OTP-2)', async (seconds) => {
    const below = seeded(seconds)
    for (let run = 0; run < 40; run++) {
      await browser.storage.session.clear()
      pass(below(1_000))
      const outMs = below(1_500)
      await ask(seconds * 1_000, outMs, below(1_500))
      const error = ((await clockSkew('one', Date.now())) ?? NaN) - seconds * 1_000
      expect(Math.abs(error)).toBeLessThanOrEqual(1_500)
    }
  })

  it('is known the better the more answers there are, however crooked each of them (OTP-2)', async () => {
    await ask(300_000, 3_000, 0)
    expect(Math.abs(((await clockSkew('one', Date.now())) ?? NaN) - 300_000)).toBeGreaterThan(900)
    pass(400)
    await ask(300_000, 0, 3_000)
    expect(Math.abs(((await clockSkew('one', Date.now())) ?? NaN) - 300_000)).toBeLessThanOrEqual(500)
  })

  it('is taken from the newest answer where that contradicts the older ones', async () => {
    await ask(300_000)
    await ask(0)
    expect(Math.abs((await clockSkew('one', Date.now())) ?? NaN)).toBeLessThanOrEqual(600)
  })

  it.each([
    ['an hour later', 3_600_000, true],
    ['just within a day', DAY_MS - 1, true],
    ['after a day', DAY_MS, false],
  ])('is believed %s: %#', async (_when, later, believed) => {
    await ask(60_000)
    pass(later)
    expect((await clockSkew('one', Date.now())) !== null).toBe(believed)
  })

  it.each([-DAY_MS, -2_000, 2_000, 300_000, DAY_MS])(
    'is not believed once the clock of the system jumped by %i ms (OTP-2)',
    async (jump) => {
      await ask(60_000)
      setSystemClock(jump)
      expect(await clockSkew('one', Date.now())).toBeNull()
    },
  )

  it('is each its own, and not known where it was never measured or is forgotten', async () => {
    await ask(60_000)
    expect(await clockSkew('another', NOW)).toBeNull()
    await forgetClock('one')
    expect(await clockSkew('one', Date.now())).toBeNull()
  })
})

/** The background was stopped for so long, and is started anew with a steady clock of its own; the system's was set meanwhile. */
function restart(afterMs = 40_000, setByMs = 0): void {
  const now = Date.now() + afterMs + setByMs
  vi.useRealTimers()
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now })
}

async function corrected(seconds: number): Promise<void> {
  await ask(seconds * 1_000)
  await correctClock('one', seconds, Date.now())
  expect(await clockCorrection('one', Date.now())).not.toBeNull()
}

describe('the steady clock', () => {
  it('runs on over a change of the system clock', () => {
    const before = clockDrift(Date.now())
    pass(5_000)
    expect(clockDrift(Date.now())).toBeCloseTo(before, 3)
    setSystemClock(-7_000)
    expect(clockDrift(Date.now())).toBeCloseTo(before - 7_000, 3)
  })
})

describe('a correction', () => {
  it.each(SKEWS)('of %i s makes the codes of that server, and of no other (OTP-2)', async (seconds) => {
    await ask(seconds * 1_000, 200, 900)
    await correctClock('one', seconds, Date.now())
    const offsetMs = await clockCorrection('one', Date.now())
    expect(Math.abs((offsetMs ?? NaN) - seconds * 1_000)).toBeLessThanOrEqual(1_500)
    const offsetAt = await clockOffsets(Date.now())
    expect([offsetAt('one'), offsetAt('another'), offsetAt(undefined)]).toEqual([offsetMs, 0, 0])
  })

  it('is not made of more than the user agreed to', async () => {
    await ask(300_000)
    await expect(correctClock('one', 290, Date.now())).rejects.toThrow('mfa/clock-unsure')
    expect(await clockCorrection('one', Date.now())).toBeNull()
  })

  it('is not made of what is not measured, or not exactly enough', async () => {
    await expect(correctClock('one', 0, Date.now())).rejects.toThrow('mfa/clock-unsure')
    await ask(300_000, 2_100, 0)
    await expect(correctClock('one', 299, Date.now())).rejects.toThrow('mfa/clock-unsure')
  })

  it.each([
    ['after a day', () => pass(DAY_MS)],
    ['when the clock of the system is set right', () => setSystemClock(300_000)],
    ['when it is set to something else', () => setSystemClock(-5_000)],
    ['when the user ends it', () => stopCorrecting('one')],
    ['with the server', () => forgetClock('one')],
    ['when the server says otherwise, where no jump was noticed', () => ask(0)],
  ])('dies %s (OTP-2)', async (_when, happens) => {
    await ask(300_000)
    await correctClock('one', 300, Date.now())
    expect(await clockCorrection('one', Date.now())).not.toBeNull()
    await happens()
    expect(await clockCorrection('one', Date.now())).toBeNull()
    expect((await clockOffsets(Date.now()))('one')).toBe(0)
  })
})

describe('a correction and the next background', () => {
  it('holds on, also where the computer had slept before it was made', async () => {
    setSystemClock(3_600_000)
    await corrected(90)
    restart()
    expect(await clockCorrection('one', Date.now())).not.toBeNull()
  })

  it('ends for good with a jump that one background has noticed', async () => {
    await corrected(90)
    setSystemClock(90_000)
    expect(await clockCorrection('one', Date.now())).toBeNull()
    restart()
    expect(await clockCorrection('one', Date.now())).toBeNull()
    expect((await clockOffsets(Date.now()))('one')).toBe(0)
  })

  it('ends where our clock was set back while none was running', async () => {
    await corrected(-90)
    pass(60_000)
    expect(await clockCorrection('one', Date.now())).not.toBeNull()
    restart(1_000, -30_000)
    expect(await clockCorrection('one', Date.now())).toBeNull()
    pass(60_000)
    expect(await clockCorrection('one', Date.now())).toBeNull()
  })

  it("ends with the server's next answer where our clock was set right while none was running", async () => {
    await corrected(90)
    restart(40_000, 90_000)
    await ask(0)
    expect(await clockCorrection('one', Date.now())).toBeNull()
  })

  it('is one thing, what this background has measured itself another', async () => {
    await corrected(90)
    expect(await isMeasuredHere('one', Date.now())).toBe(true)
    restart()
    expect(await isMeasuredHere('one', Date.now())).toBe(false)
    await ask(90_000)
    expect(await isMeasuredHere('one', Date.now())).toBe(true)
  })
})
