import { settings } from '../settings'

/** A `Date` header counts whole seconds, cut off: on average half a second has passed since. */
const HALF_SECOND_MS = 500
/** A measurement is good for a day (OTP-2). */
const GOOD_FOR_MS = 86_400_000

/** Takes the server's clock from its own answers, at the middle of the round trip (OTP-2). */
export function measureClock(serverId: string): (serverMs: number, sentMs: number, receivedMs: number) => void {
  return (serverMs, sentMs, receivedMs) => {
    const skewMs = Math.round(serverMs + HALF_SECOND_MS - (sentMs + receivedMs) / 2)
    void remember(serverId, { skewMs, measuredAt: receivedMs })
  }
}

async function remember(serverId: string, measured: { skewMs: number; measuredAt: number }): Promise<void> {
  await settings.clockSkews.set({ ...(await settings.clockSkews.get()), [serverId]: measured })
}

/** The server is gone, and what was measured of it with it. */
export async function forgetClock(serverId: string): Promise<void> {
  const { [serverId]: _gone, ...others } = await settings.clockSkews.get()
  await settings.clockSkews.set(others)
}

/** By how much the server's clock is ahead of ours, in milliseconds; 0 where it has not been measured lately. */
export async function clockSkew(serverId: string, now: number): Promise<number> {
  const measured = (await settings.clockSkews.get())[serverId]
  return measured && now - measured.measuredAt < GOOD_FOR_MS && now >= measured.measuredAt ? measured.skewMs : 0
}
