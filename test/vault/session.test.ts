import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { forget, keep, restore, touch } from '../../src/vault/session'

const KEY = 'dGhlIHZhdWx0IGtleSBvZiB0aGlzIHNlc3Npb24hISE='
const NOW = 1_700_000_000_000
const QUARTER = 15 * 60_000

beforeEach(() => browser.storage.session.clear())
afterEach(() => vi.restoreAllMocks())

describe('session', () => {
  it('keeps the key as text, in session storage alone (KEY-5)', async () => {
    await keep(KEY, NOW + QUARTER)
    expect(await restore(NOW)).toBe(KEY)
    expect(JSON.stringify(await browser.storage.session.get(null))).toContain(KEY)
    expect(await browser.storage.local.get(null)).toEqual({})
  })

  it.each([
    [0, KEY],
    [QUARTER - 1, KEY],
    [QUARTER, null],
    [QUARTER + 1, null],
    [8 * 3_600_000, null],
    [-24 * 3_600_000, null],
  ])('%i ms after it was kept for a quarter of an hour answers %s (KEY-7)', async (later, expected) => {
    await keep(KEY, NOW + QUARTER)
    expect(await restore(NOW + later)).toBe(expected)
    // Past the deadline it is gone for good, even if the clock goes back.
    expect(await restore(NOW)).toBe(expected)
  })

  it('moves the deadline of a key that is there, and makes none', async () => {
    await touch(NOW + QUARTER)
    expect(await restore(NOW)).toBeNull()
    await keep(KEY, NOW + QUARTER)
    await touch(NOW + 2 * QUARTER)
    expect(await restore(NOW + QUARTER)).toBe(KEY)
  })

  it('forgets', async () => {
    await keep(KEY, NOW + QUARTER)
    await forget()
    expect(await restore(NOW)).toBeNull()
    expect(await browser.storage.session.get(null)).toEqual({})
  })

  it.each([
    [{}],
    [{ vaultKey: KEY }],
    [{ lockAt: NOW + 1 }],
    [{ vaultKey: {}, lockAt: NOW + 1 }],
    [{ vaultKey: KEY, lockAt: 'soon' }],
    [{ vaultKey: KEY, lockAt: null }],
    [{ vaultKey: KEY, lockAt: NaN }],
  ])('is locked when %j is stored (KEY-7)', async (items) => {
    await browser.storage.session.set(items)
    expect(await restore(NOW)).toBeNull()
  })

  it('leaves neither key nor deadline where it is forgotten while its deadline is moved (KEY-8)', async () => {
    await keep(KEY, NOW + QUARTER)
    const read = browser.storage.session.get.bind(browser.storage.session)
    let forgotten: Promise<void> | undefined
    vi.spyOn(browser.storage.session, 'get').mockImplementationOnce(async (keys) => {
      const items = await read(keys)
      forgotten = forget()
      await new Promise((resolve) => setTimeout(resolve))
      return items
    })
    await touch(NOW + 2 * QUARTER)
    await forgotten
    expect(await browser.storage.session.get(null)).toEqual({})
  })

  it('forgets though a write before it failed (KEY-8)', async () => {
    await keep(KEY, NOW + QUARTER)
    vi.spyOn(browser.storage.session, 'set').mockRejectedValueOnce(new Error('full'))
    const moved = touch(NOW + 2 * QUARTER)
    await Promise.all([expect(moved).rejects.toThrow('full'), forget()])
    expect(await browser.storage.session.get(null)).toEqual({})
  })

  it('is locked when the store does not answer (KEY-7)', async () => {
    await keep(KEY, NOW + QUARTER)
    vi.spyOn(browser.storage.session, 'get').mockRejectedValue(new Error('gone'))
    expect(await restore(NOW)).toBeNull()
  })

  it('closes the store to content scripts where the browser can (KEY-5)', async () => {
    const setAccessLevel = vi.fn(async () => undefined)
    Object.assign(browser.storage.session, { setAccessLevel })
    await keep(KEY, NOW + QUARTER)
    expect(setAccessLevel).toHaveBeenCalledWith({ accessLevel: 'TRUSTED_CONTEXTS' })
    Reflect.deleteProperty(browser.storage.session, 'setAccessLevel')
  })
})
