// @vitest-environment happy-dom
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { text } from '../../src/i18n/text'
import { settings } from '../../src/settings'
import { start } from '../../src/ui/actions/start'
import { say } from '../../src/ui/actions/toast'
import { codes, entries, now, shownLanguage, status, toast } from '../../src/ui/state'
import browser from '../support/fake-browser'
import { createFakeBackground } from './fake-background'
import { fillVault } from './stage'

const { state, send } = createFakeBackground()
const reacted = vi.fn(async () => undefined)

/** The background speaks. */
const announce = (event: string) =>
  browser.runtime.onMessage.emit({ event }, { url: browser.runtime.getURL('background.js') })

beforeAll(async () => {
  vi.useFakeTimers({ now: 1_700_000_000_500 })
  browser.runtime.sendMessage = send
  vi.stubGlobal('requestIdleCallback', () => 0)
  fillVault(state, ['Acme', 'bob'])
  await start({ 'servers-changed': reacted })
})
afterAll(() => vi.useRealTimers())

beforeEach(async () => {
  vi.stubGlobal('requestIdleCallback', () => 0)
  state.unlocked = true
  announce('unlocked')
  await vi.waitFor(() => expect(status.value).toBe('unlocked'))
})

describe('start', () => {
  it('brings language, theme, vault and codes', async () => {
    expect([shownLanguage.value, document.documentElement.lang]).toEqual(['en', 'en'])
    expect(document.documentElement.dataset['theme']).toBe('auto')
    expect(entries.value).toHaveLength(1)
    expect(codes.value.size).toBe(1)
  })

  it('moves the clock at full seconds', async () => {
    await vi.advanceTimersByTimeAsync(500)
    expect(now.value % 1_000).toBe(0)
    const before = now.value
    await vi.advanceTimersByTimeAsync(1_000)
    expect(now.value).toBe(before + 1_000)
  })

  it('follows the choice of language and theme', async () => {
    await settings.language.set('zh_CN')
    await settings.theme.set('dark')
    browser.storage.local.onChanged.emit({ language: { newValue: 'zh_CN' }, theme: { newValue: 'dark' } })
    await vi.waitFor(() => expect(shownLanguage.value).toBe('zh_CN'), 10_000)
    expect([document.documentElement.lang, text('lock')]).toEqual(['zh-CN', '锁定'])
    expect(document.documentElement.dataset['theme']).toBe('dark')
  })

  it('turns the page where the language is written from the right', async () => {
    await settings.language.set('ar')
    browser.storage.local.onChanged.emit({ language: { newValue: 'ar' } })
    await vi.waitFor(() => expect(shownLanguage.value).toBe('ar'), 10_000)
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl'])
    await settings.language.set('en')
    browser.storage.local.onChanged.emit({ language: { newValue: 'en' } })
    await vi.waitFor(() => expect(document.documentElement.dir).toBe('ltr'), 10_000)
  })

  it('blanks everything the moment it hears of the lock (KEY-8)', () => {
    say({ text: 'Acme was added.' })
    announce('locked')
    expect([status.value, entries.value.length, codes.value.size, toast.value]).toEqual(['locked', 0, 0, null])
  })

  it('keeps asking for the first passphrase where a lock finds no vault', async () => {
    const { passphrase } = state
    state.passphrase = null
    status.value = 'absent'
    const seen: string[] = []
    const stop = status.subscribe((one) => seen.push(one))
    announce('locked')
    await vi.advanceTimersByTimeAsync(50)
    stop()
    state.passphrase = passphrase
    expect(seen).toEqual(['absent'])
  })

  it('learns from a lock that came before the first answer how the vault is', async () => {
    state.unlocked = false
    status.value = 'loading'
    announce('locked')
    await vi.waitFor(() => expect(status.value).toBe('locked'))
  })

  it('asks again when accounts change', async () => {
    fillVault(state, ['Acme', 'bob'], ['GitHub', 'bob'])
    announce('entries-changed')
    await vi.waitFor(() => expect(entries.value).toHaveLength(2))
  })

  it('hears no event that a web page’s script sends (EXT-4)', () => {
    browser.runtime.onMessage.emit({ event: 'locked' }, { url: 'https://evil.example/', tab: { id: 1 } })
    expect(status.value).toBe('unlocked')
  })

  it('runs what the page itself does', async () => {
    announce('servers-changed')
    await vi.waitFor(() => expect(reacted).toHaveBeenCalledOnce())
  })
})
