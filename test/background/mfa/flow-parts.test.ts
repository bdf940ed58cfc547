import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as bindings from '../../../src/background/mfa/bindings'
import { clockSkew } from '../../../src/background/mfa/clock'
import { codes, entryById } from '../../../src/background/entries'
import { inOurTime } from '../../../src/background/mfa/flow-parts'
import { correctServerClock, servers } from '../../../src/background/mfa/servers'
import { signIn, signOut } from '../../../src/background/mfa/sign-in'
import type { Emulator } from '../../emulator/handler'
import { totp } from '../../emulator/one-time-code'
import { encodeBase32 } from '../../../src/core/base32'
import { seeded } from '../../support/seeded'
import { control, emulate, serverFor, stateOf } from '../emulated-server'
import { openEmptyVault } from '../open-vault'

/** Some way into a time step and a second, so that no edge is near. */
const NOW = 1_700_000_022_400
const SKEWS = [0, 1, 5, 29, 30, 31, 61, 90, 300, 3_600, 86_400].flatMap((seconds) => [seconds, -seconds])

let emulator: Emulator
let serverId: string

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: NOW })
  await browser.storage.session.clear()
  await openEmptyVault()
  emulator = await emulate()
  serverId = await serverFor('demo-app')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const skew = (skewSeconds: number): Promise<unknown> => control(emulator, 'POST', 'clock', { skewSeconds })

async function begun(): Promise<string> {
  await signIn(serverId, 'bob', 'bob-Passw0rd')
  return (await bindings.bind(serverId)).id
}

async function state(): Promise<string | undefined> {
  return (await stateOf(emulator)).users.find(({ id }) => id === 'bob')?.totp?.state
}

describe('a binding with a server whose clock is off', () => {
  it.each(SKEWS)('by %i s is refused over 30 s, unless it is corrected (OTP-2)', async (seconds) => {
    await skew(seconds)
    const id = await begun()
    const off = Math.abs(seconds)
    // What is measured is right within a second and a half.
    if (off > 32) {
      await expect(bindings.confirmBinding(id)).rejects.toThrow('mfa/clock-wrong')
      expect(await state()).toBe('pending')
    }
    const [server] = await servers()
    expect(Math.abs((server?.clockAheadSeconds ?? NaN) - seconds)).toBeLessThanOrEqual(1.5)
    await correctServerClock(serverId, server?.clockAheadSeconds ?? NaN)
    expect(await bindings.confirmBinding(id)).toMatchObject({ kind: 'bound' })
    expect(await state()).toBe('bound')
  })

  it('is not made by a clock that jumped since it was measured: it is asked again first (OTP-2)', async () => {
    const id = await begun()
    vi.setSystemTime(NOW - 600_000)
    expect(await clockSkew(serverId, Date.now())).toBeNull()
    await skew(600)
    await expect(bindings.confirmBinding(id)).rejects.toMatchObject({
      code: 'mfa/clock-wrong',
      params: { seconds: 600 },
    })
    expect(await state()).toBe('pending')
  })

  it('shows the codes of its accounts by that clock, and tells their span in our time (OTP-2)', async () => {
    await skew(3_600)
    const id = await begun()
    await correctServerClock(serverId, (await servers())[0]?.clockAheadSeconds ?? NaN)
    const secret = encodeBase32((await entryById(id)).secret)
    const below = seeded(3)
    let compared = 0
    for (let instant = 0; instant < 500; instant++) {
      vi.advanceTimersByTime(below(7_000))
      const atServer = Date.now() + 3_600_000
      const toEdge = Math.min(atServer % 30_000, 30_000 - (atServer % 30_000))
      const [view] = await codes([id], Date.now())
      expect(view?.validFrom).toBeLessThanOrEqual(Date.now())
      expect(view?.validUntil).toBeGreaterThan(Date.now())
      if (toEdge <= 1_500) continue
      expect(view?.code).toBe(totp(secret, atServer))
      compared++
    }
    expect(compared).toBeGreaterThan(400)
  })

  it('waits for the next step in our time', async () => {
    await skew(90)
    const id = await begun()
    await correctServerClock(serverId, (await servers())[0]?.clockAheadSeconds ?? NaN)
    expect(await bindings.confirmBinding(id)).toMatchObject({ kind: 'bound' })
    await signOut(serverId)
    await signIn(serverId, 'bob', 'bob-Passw0rd')
    const outcome = await bindings.verifyTotp(serverId, id)
    expect(outcome.kind).toBe('waiting')
    const left = outcome.kind === 'waiting' ? outcome.until - Date.now() : NaN
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(30_000)
  })
})

describe('inOurTime', () => {
  const parts = { offsetMs: 300_000 } as Parameters<typeof inOurTime>[1]

  it('moves a moment to wait for, and nothing else', () => {
    expect(inOurTime({ kind: 'waiting', until: NOW }, parts)).toEqual({ kind: 'waiting', until: NOW - 300_000 })
    expect(inOurTime({ kind: 'code-rejected' }, parts)).toEqual({ kind: 'code-rejected' })
  })
})
