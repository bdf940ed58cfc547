import browser from 'webextension-polyfill'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { settings } from '../src/settings'

afterEach(() => vi.restoreAllMocks())

describe('a setting', () => {
  it('is its default where the store does not answer, and the count of wrong tries is not (KEY-3)', async () => {
    vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('CURRENT is unreadable'))
    expect(await settings.theme.get()).toBe('auto')
    expect(await settings.autoLockMinutes.get()).toBe(15)
    expect(await settings.passphraseGuesses.get()).not.toBeNull()
  })
})
