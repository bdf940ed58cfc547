// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EARLY_SETTINGS, takeAsked, takeStored } from '../src/early'
import { background } from '../src/rpc/client'
import { settings } from '../src/settings'
import { loadPreferences, preferences } from '../src/ui/actions/preferences'
import { start } from '../src/ui/actions/start'
import browser from './support/fake-browser'

afterEach(() => {
  globalThis.askedEarly = undefined
  globalThis.storedEarly = undefined
  vi.restoreAllMocks()
})

describe('a call that is on its way already', () => {
  it('is taken once, by who asks the same', async () => {
    const send = vi.fn(async () => ({ ok: true, value: 'asked again' }))
    browser.runtime.sendMessage = send
    globalThis.askedEarly = { call: 'glance', answer: Promise.resolve({ ok: true, value: 'asked early' }) }
    expect(takeAsked('entries')).toBeNull()
    expect(await background.glance()).toBe('asked early')
    expect(send).not.toHaveBeenCalled()
    expect(await background.glance()).toBe('asked again')
  })

  it('fails as it would have without', async () => {
    globalThis.askedEarly = { call: 'glance', answer: Promise.reject(new Error('gone')) }
    await expect(background.glance()).rejects.toThrow('rpc/timed-out')
  })
})

describe('the settings read before a page starts', () => {
  it('are all that a page reads as it opens', async () => {
    const get = vi.spyOn(browser.storage.local, 'get')
    void loadPreferences()
    void start()
    await vi.waitFor(() => expect(get).toHaveBeenCalled())
    expect(get.mock.calls[0]?.[0]).toEqual(expect.arrayContaining(['language', 'theme', ...Object.keys(preferences)]))
    expect(EARLY_SETTINGS).toEqual(expect.arrayContaining(get.mock.calls[0]?.[0] as string[]))
  })

  it('are taken once, and not where another one is asked for with them', async () => {
    globalThis.storedEarly = Promise.resolve({ theme: 'dark' })
    expect([await settings.theme.get(), await settings.theme.get()]).toEqual(['dark', 'auto'])
    globalThis.storedEarly = Promise.resolve({ theme: 'dark' })
    expect(takeStored(new Set(['theme', 'hintedSites']))).toBeNull()
  })

  it('are their defaults where they could not be read', async () => {
    globalThis.storedEarly = Promise.reject(new Error('CURRENT is unreadable'))
    expect(await settings.theme.get()).toBe('auto')
  })
})
