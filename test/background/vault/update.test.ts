import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'
import { alone } from '../../../src/background/mfa/flow-lock'
import { UPDATE_ALARM, updateIfFree, updateSoon } from '../../../src/background/vault/update'
import { settings } from '../../../src/settings'
import { stubLocks } from '../open-vault'

const NOW = 1_700_000_000_000
const MINUTE = 60_000

let reloads: string[]

beforeEach(async () => {
  stubLocks()
  reloads = []
  const reload = async () => reloads.push(`locked: ${!('vaultKey' in (await browser.storage.session.get(null)))}`)
  Object.assign(browser.runtime, { reload })
  await browser.storage.session.clear()
  await browser.storage.session.set({ vaultKey: 'k', lockAt: NOW + 60 * MINUTE })
})

afterEach(() => vi.unstubAllGlobals())

/** Somebody has given a password at `at` and is about to give the second factor. */
async function beginSignIn(at: number): Promise<void> {
  const sent = { account: 'bob', userId: null, mfaToken: 't', factors: [], mustBind: false }
  const to = { phone: null, phoneCountryCode: null, email: null }
  await settings.mfaSignIns.set({ server: { ...sent, ...to, expiresAt: at + 6 * MINUTE } })
}

async function wakeAt(): Promise<number | undefined> {
  return (await browser.alarms.get(UPDATE_ALARM))?.scheduledTime
}

describe('updateSoon (REL-3)', () => {
  it('locks and reloads at once where nothing is under way', async () => {
    await updateSoon(NOW)
    await vi.waitFor(() => expect(reloads).toEqual(['locked: true']))
    expect(await wakeAt()).toBeUndefined()
  })

  it('waits for a request to an MFA server to end', async () => {
    let end = (): void => undefined
    const flow = alone(() => new Promise<void>((resolve) => (end = resolve)))
    const updating = updateSoon(NOW)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(reloads).toEqual([])
    end()
    await flow
    await updating
    await vi.waitFor(() => expect(reloads).toHaveLength(1))
  })

  it('waits while a sign-in waits for its second factor, and looks again', async () => {
    await beginSignIn(NOW - MINUTE)
    await updateSoon(NOW)
    expect(reloads).toEqual([])
    expect(await wakeAt()).toBe(NOW + 30_000)
    await settings.mfaSignIns.set({})
    await updateIfFree(NOW + 30_000)
    await vi.waitFor(() => expect(reloads).toHaveLength(1))
  })

  it('waits six minutes and no longer, whatever is begun meanwhile', async () => {
    await beginSignIn(NOW - MINUTE)
    await updateSoon(NOW)
    for (let at = NOW; at < NOW + 6 * MINUTE; at = (await wakeAt()) ?? Infinity) {
      await beginSignIn(at)
      await updateSoon(at)
      expect(reloads).toEqual([])
    }
    await updateIfFree(NOW + 6 * MINUTE)
    await vi.waitFor(() => expect(reloads).toEqual(['locked: true']))
  })

  it('does nothing when an alarm comes and no update waits', async () => {
    await updateIfFree(NOW)
    expect(reloads).toEqual([])
  })
})
