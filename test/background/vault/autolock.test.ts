import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  AUTO_LOCK_ALARM,
  TOKENS_LOCK,
  forgetIfDue,
  lock,
  lockIfDue,
  lockMoment,
  lockWithScreen,
  postponeLock,
} from '../../../src/background/vault/autolock'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { stubLocks } from '../open-vault'

const NOW = 1_700_000_000_000
const MINUTE = 60_000
const KEY = 'a2V5'

beforeEach(async () => {
  stubLocks()
  await browser.storage.session.clear()
  await browser.storage.local.clear()
})
afterEach(() => vi.restoreAllMocks())

describe('the moment of the lock', () => {
  it.each([
    ['15 minutes by itself', undefined, 15],
    ["the user's choice", 5, 5],
    ['15 minutes where the setting is no choice', 0, 15],
    ['15 minutes where it says never', Infinity, 15],
    ['15 minutes where it is text', 'never', 15],
  ])('is %s (KEY-7)', async (_what, stored, minutes) => {
    if (stored !== undefined) await browser.storage.local.set({ autoLockMinutes: stored })
    expect(await lockMoment(NOW)).toBe(NOW + minutes * MINUTE)
  })

  it('moves on with use, and an alarm with it', async () => {
    await session.keep(KEY, NOW + MINUTE)
    await postponeLock(NOW)
    expect(await session.restore(NOW + 14 * MINUTE)).toBe(KEY)
    expect(await browser.alarms.get(AUTO_LOCK_ALARM)).toMatchObject({ scheduledTime: NOW + 15 * MINUTE })
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 8, 12])(
    'writes nothing where a lock comes first, by %i turns (KEY-8)',
    async (turns) => {
      await session.keep(KEY, NOW + MINUTE)
      const postponed = postponeLock(NOW)
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      await Promise.all([postponed, lock()])
      expect(await browser.storage.session.get()).toEqual({})
    },
  )

  it.each([
    ['12 hours by itself', undefined, 12],
    ["the user's choice", 1, 1],
    ['12 hours where the setting is no choice', 1_000, 12],
  ])('moves on with use up to a fixed maximum since the unlock: %s (KEY-7)', async (_what, stored, hours) => {
    if (stored !== undefined) await browser.storage.local.set({ longestUnlockedHours: stored })
    await session.keep(KEY, await lockMoment(NOW))
    const latest = NOW + hours * 60 * MINUTE
    for (let at = NOW; at < latest; at += 14 * MINUTE) {
      expect(await session.restore(at)).toBe(KEY)
      await postponeLock(at)
    }
    expect(await lockMoment(latest - MINUTE)).toBe(latest)
    expect(await session.restore(latest)).toBeNull()
    // The next unlock counts anew.
    expect(await lockMoment(latest)).toBe(latest + 15 * MINUTE)
  })

  it.each([
    ['early', 14, true],
    ['late', 16, false],
    ['a night late', 600, false],
  ])('an alarm that comes %s finds it (KEY-7)', async (_when, minutes, open) => {
    await session.keep(KEY, NOW + 15 * MINUTE)
    await lockIfDue(NOW + minutes * MINUTE)
    expect((await session.restore(NOW)) !== null).toBe(open)
  })
})

describe('a start of the background', () => {
  const token = { one: { userId: 'bob', account: 'bob', token: 'token' } }

  it.each([
    ['8 hours later', 8 * 60],
    ['a day back', -24 * 60],
    ['a moment late', 15],
  ])(
    'after the alarm was lost, with the clock %s, drops key and tokens without a word (KEY-7)',
    async (_when, minutes) => {
      const sent = vi.spyOn(browser.runtime, 'sendMessage')
      await session.keep(KEY, NOW + 15 * MINUTE)
      await settings.mfaSessions.set(token)
      await forgetIfDue(NOW + minutes * MINUTE)
      expect(await browser.storage.session.get(null)).toEqual({})
      expect(sent).not.toHaveBeenCalled()
    },
  )

  it('before the deadline leaves both', async () => {
    await session.keep(KEY, NOW + 15 * MINUTE)
    await settings.mfaSessions.set(token)
    await forgetIfDue(NOW + 14 * MINUTE)
    expect(await session.restore(NOW + 14 * MINUTE)).toBe(KEY)
    expect(await settings.mfaSessions.get()).toEqual(token)
  })
})

describe('locking', () => {
  it('forgets key, tokens and waiting fills, and tells every page (KEY-8, ADM-5)', async () => {
    const sent = vi.spyOn(browser.runtime, 'sendMessage')
    await session.keep(KEY, NOW + MINUTE)
    await settings.mfaSessions.set({ one: { userId: 'bob', account: 'bob', token: 'token' } })
    const place = { tabId: 1, frameId: 0, origin: 'x', index: 0, mark: 'm', clicked: false }
    await settings.waitingFill.set({ ...place, entryId: 'e', until: NOW })
    await settings.clipboardClearAt.set(NOW)
    await lock()
    expect(await browser.storage.session.get(null)).toEqual({ clipboardClearAt: NOW })
    expect(await browser.alarms.get(AUTO_LOCK_ALARM)).toBeUndefined()
    expect(sent).toHaveBeenCalledWith({ event: 'locked' })
  })

  it('has the pages go blank while somebody else is at the tokens (KEY-8)', async () => {
    const sent = vi.spyOn(browser.runtime, 'sendMessage')
    await session.keep(KEY, NOW + MINUTE)
    void navigator.locks.request(TOKENS_LOCK, () => new Promise(() => {}))
    void lock()
    await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ event: 'locked' }))
    expect(await session.restore(NOW)).toBeNull()
  })

  it('does the rest where one part fails, and says that it failed', async () => {
    const sent = vi.spyOn(browser.runtime, 'sendMessage')
    await session.keep(KEY, NOW + MINUTE)
    await settings.mfaSessions.set({ one: { userId: 'bob', account: 'bob', token: 'token' } })
    vi.spyOn(browser.storage.session, 'remove').mockRejectedValueOnce(new Error('full'))
    await expect(lock()).rejects.toThrow('full')
    expect(await settings.mfaSessions.get()).toEqual({})
    expect(sent).toHaveBeenCalledWith({ event: 'locked' })
  })
})

describe('the screen', () => {
  afterEach(() => vi.unstubAllGlobals())

  it.each([
    ['locked', false],
    ['idle', true],
    ['active', true],
  ])('that is %s: still open: %s (KEY-7)', async (screen, open) => {
    const heard: ((state: string) => void)[] = []
    const onStateChanged = { addListener: (listener: (state: string) => void) => void heard.push(listener) }
    vi.stubGlobal('chrome', { idle: { onStateChanged } })
    lockWithScreen()
    await session.keep(KEY, NOW + MINUTE)
    for (const listener of heard) listener(screen)
    await new Promise((resolve) => setTimeout(resolve))
    await vi.waitFor(async () => expect((await session.restore(NOW)) !== null).toBe(open))
  })
})
