// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import browser from '../support/fake-browser'
import { mirrorText } from '../../src/ui/safe-mode/mirror-text'
import { offerSafeMode } from '../../src/ui/safe-mode/safe-mode'

let app: HTMLElement
let saved: string[]

beforeEach(async () => {
  vi.useFakeTimers()
  await browser.storage.local.clear()
  document.body.innerHTML = '<div id="app"><span class="bone"></span></div>'
  app = document.getElementById('app')!
  saved = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    void (blob as Blob).text().then((text) => saved.push(text))
    return 'blob:x'
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  browser.runtime.sendMessage = async () => undefined
})

const offer = () => offerSafeMode(app, { text: (key) => key, now: () => 1_700_000_000_000 })
const status = () => app.querySelector('[role="status"]')?.textContent
const press = (name: string) => [...app.querySelectorAll('button')].find((one) => one.textContent === name)?.click()

describe('safe mode (REL-1)', () => {
  it('offers status, saving, repair and a new start in place of an empty page', () => {
    offer()
    expect(app.querySelector('h1')?.textContent).toBe('broken_title')
    expect([...app.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual([
      'try_again',
      'raw_title',
      'safe_repair',
      'restart_latchkey',
    ])
  })

  it.each([
    ['damaged', 'safe_damaged'],
    ['locked', 'safe_locked'],
    ['constructor', 'safe_silent'],
  ])('says how the vault is: %s', async (value, words) => {
    browser.runtime.sendMessage = async () => ({ ok: true, value })
    offer()
    expect(status()).toBe('safe_asking')
    await vi.waitFor(() => expect(status()).toBe(words))
  })

  it('says within seconds that the background does not answer (REL-2)', async () => {
    browser.runtime.sendMessage = () => new Promise(() => undefined)
    offer()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(status()).toBe('safe_silent')
  })

  it('saves what the background reads', async () => {
    browser.runtime.sendMessage = async () => ({ ok: true, value: '{"type":"latchkey-raw"}' })
    offer()
    press('raw_title')
    await vi.waitFor(() => expect(saved).toEqual(['{"type":"latchkey-raw"}']))
  })

  it('saves the second copy by itself where the background does not answer (VLT-14)', async () => {
    await browser.storage.local.set({ 'vault latchkey: header': 'h', 'vault latchkey: row 0': 'r', theme: 'dark' })
    browser.runtime.sendMessage = () => new Promise(() => undefined)
    offer()
    press('raw_title')
    await vi.advanceTimersByTimeAsync(4_000)
    await vi.waitFor(() => expect(saved).toHaveLength(1))
    const stored = { type: 'latchkey-raw', unreadable: ['database'], stored: null, snapshots: [] }
    expect(JSON.parse(saved[0]!)).toEqual({ ...stored, mirror: { header: 'h', 'row 0': 'r' } })
  })

  it('says so where there is nothing to save', async () => {
    vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('IO error'))
    offer()
    press('raw_title')
    await vi.waitFor(() => expect(status()).toBe('raw_none'))
  })

  it('starts the extension again', () => {
    const reload = vi.fn()
    Object.assign(browser.runtime, { reload })
    offer()
    press('restart_latchkey')
    expect(reload).toHaveBeenCalledOnce()
  })
})

describe('mirrorText', () => {
  it('answers null where there is no second copy', async () => {
    await browser.storage.local.set({ theme: 'dark' })
    expect(await mirrorText()).toBeNull()
  })
})
