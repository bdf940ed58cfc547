import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import { clockSkew, measureClock } from '../../src/background/clock'

const NOW = 1_700_000_000_000
const DAY_MS = 86_400_000

beforeEach(() => browser.storage.session.clear())

async function measured(serverMs: number, sentMs: number, receivedMs: number): Promise<void> {
  measureClock('one')(serverMs, sentMs, receivedMs)
  await new Promise((resolve) => setTimeout(resolve))
}

describe("a server's clock", () => {
  it.each([0, 1, -1, 5, -29, 30, 31, -90, 300, 3_600, -86_400])(
    'that is %i s off is known within half a second, whatever the round trip (OTP-2)',
    async (seconds) => {
      for (const [outMs, backMs] of [
        [0, 0],
        [200, 900],
        [1_500, 1_500],
      ] as const) {
        const atServer = NOW + outMs + seconds * 1000
        const header = Math.floor(atServer / 1000) * 1000
        await measured(header, NOW, NOW + outMs + backMs)
        const error = (await clockSkew('one', NOW + 10_000)) - seconds * 1000
        expect(Math.abs(error)).toBeLessThanOrEqual(500 + Math.abs(outMs - backMs) / 2)
      }
    },
  )

  it.each([
    ['an hour later', 3_600_000, true],
    ['just within a day', DAY_MS - 1, true],
    ['after a day', DAY_MS, false],
    ['after the clock was set back', -1, false],
  ])('%s: believed %#', async (_when, later, believed) => {
    await measured(NOW + 60_000, NOW, NOW)
    expect((await clockSkew('one', NOW + later)) !== 0).toBe(believed)
  })

  it('is each its own, and 0 where it was never measured', async () => {
    await measured(NOW + 60_000, NOW, NOW)
    expect(await clockSkew('another', NOW)).toBe(0)
  })
})
