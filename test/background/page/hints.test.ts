import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { countAccounts, countEverywhere } from '../../../src/background/page/badge'
import { addEntry } from '../../../src/background/entries'
import {
  forgetUngranted,
  hintIn,
  hintOnOpenPages,
  isHinted,
  hintEverywhere,
  setHint,
} from '../../../src/background/page/hints'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { openEmptyVault } from '../open-vault'

// The address of a bundle, which only the build makes.
vi.mock('../../../src/autofill/hint-main.ts?iife', () => ({ default: '/src/autofill/hint-main.js' }))

const SITE = 'https://login.heronbank.com'
const PATTERN = 'https://login.heronbank.com/*'

let granted: Set<string>
const executeScript = vi.fn(async (_injection: { files?: string[]; args?: unknown[]; target: { tabId: number } }) => [])
const getAll = vi.fn(async () => [{ name: 'fill-code', shortcut: 'Alt+Shift+F' }])
const sendMessage = vi.fn(async (_tabId: number, _word: string, _to: object) => undefined)
const setBadgeText = vi.fn(async (_badge: { tabId: number; text: string }) => undefined)

beforeEach(async () => {
  await openEmptyVault()
  await settings.hintedSites.set([])
  granted = new Set([PATTERN])
  setBadgeText.mockClear()
  executeScript.mockClear()
  sendMessage.mockClear()
  Object.assign(browser, {
    action: { setBadgeText },
    permissions: { contains: async ({ origins }: { origins: string[] }) => origins.every((one) => granted.has(one)) },
    scripting: { executeScript },
    commands: { getAll },
    i18n: { getMessage: (key: string, keys: string) => `${key} ${keys}` },
  })
  Object.assign(browser.tabs, { sendMessage, query: async () => [{ id: 1, url: `${SITE}/login` }, { id: 2 }] })
})

describe('the hint', () => {
  const shownIn = () =>
    executeScript.mock.calls.flatMap(([{ args, target }]) => (args ? [[target.tabId, ...args]] : []))

  it('is brought to the pages of the sites where the user asked for it alone (FIL-7)', async () => {
    await setHint(SITE, true)
    expect(await isHinted(SITE)).toBe(true)
    for (const url of [`${SITE}/login`, `${SITE}:8443/`, 'https://www.heronbank.com/', undefined]) await hintIn(1, url)
    expect(executeScript.mock.calls[0]?.[0]).toMatchObject({ files: ['/src/autofill/hint-main.js'] })
    expect(shownIn()).toEqual([[1, SITE, 'hint_fill Alt+Shift+F']])
    await setHint(SITE, false)
    expect(await isHinted(SITE)).toBe(false)
  })

  it('is for one port of a host, though a grant is for all (FIL-7)', async () => {
    await setHint(`${SITE}:8443`, true)
    await hintIn(1, `${SITE}/login`)
    expect(await isHinted(SITE)).toBe(false)
    expect(shownIn()).toEqual([])
  })

  it('comes to pages that are open, and goes from them', async () => {
    await setHint(SITE, true)
    await hintOnOpenPages(SITE)
    expect(shownIn()).toEqual([[1, SITE, 'hint_fill Alt+Shift+F']])
    executeScript.mockClear()
    await setHint(SITE, false)
    await hintOnOpenPages(SITE)
    expect(executeScript).toHaveBeenCalledTimes(1)
    expect(shownIn()).toEqual([])
  })

  it('ends in a page that came back from the cache of the browser after it was turned off', async () => {
    const end = vi.fn()
    vi.stubGlobal('latchkeyHint', { show: vi.fn(), end })
    await hintIn(1, `${SITE}/login`)
    const [[injection]] = executeScript.mock.calls as unknown as [[{ target: unknown; func(): void }]]
    injection.func()
    vi.unstubAllGlobals()
    expect(injection.target).toEqual({ tabId: 1 })
    expect(end).toHaveBeenCalledOnce()
  })

  it('needs the grant, goes with it, and does not come back with another one', async () => {
    granted.clear()
    await expect(setHint(SITE, true)).rejects.toThrow('fill/site-not-granted')
    granted.add(PATTERN)
    await setHint(SITE, true)
    await forgetUngranted()
    expect(sendMessage).not.toHaveBeenCalled()
    granted.clear()
    expect(await isHinted(SITE)).toBe(false)
    await forgetUngranted()
    granted.add(PATTERN)
    expect(await isHinted(SITE)).toBe(false)
  })

  it('is told to end in every open page where a grant was taken back, by a word that names no site', async () => {
    const other = 'https://www.heronbank.com'
    granted.add(`${other}/*`)
    await setHint(other, true)
    await setHint(SITE, true)
    granted.delete(PATTERN)
    // Of a page where we are not let in any more the browser does not tell the address.
    Object.assign(browser.tabs, { query: async () => [{ id: 1 }, { id: 2, url: `${other}/` }, { id: 3 }] })
    sendMessage.mockRejectedValueOnce(new Error('Receiving end does not exist'))
    await forgetUngranted()
    expect(sendMessage.mock.calls).toEqual([1, 2, 3].map((tabId) => [tabId, 'end-hint', { frameId: 0 }]))
    expect(shownIn()).toEqual([[2, other, 'hint_fill Alt+Shift+F']])
    expect(await settings.hintedSites.get()).toEqual([other])
  })

  it('is kept for both of two sites that are asked for at once', async () => {
    await Promise.all([setHint(SITE, true), setHint(`${SITE}:8443`, true)])
    expect(await settings.hintedSites.get()).toEqual([SITE, `${SITE}:8443`])
  })

  it('names the keys that are set, and those set later; without any there is none', async () => {
    await setHint(SITE, true)
    getAll.mockResolvedValueOnce([{ name: 'fill-code', shortcut: 'Ctrl+Y' }])
    await hintIn(1, SITE)
    getAll.mockResolvedValueOnce([{ name: 'fill-code', shortcut: 'Alt+9' }])
    await hintEverywhere()
    expect(shownIn()).toEqual([
      [1, SITE, 'hint_fill Ctrl+Y'],
      [1, SITE, 'hint_fill Alt+9'],
    ])
    executeScript.mockClear()
    getAll.mockResolvedValueOnce([{ name: 'fill-code', shortcut: '' }])
    await hintIn(1, SITE)
    expect(shownIn()).toEqual([])
    expect(executeScript).toHaveBeenCalledOnce()
  })

  it('does no harm where the page is gone', async () => {
    await setHint(SITE, true)
    executeScript.mockRejectedValueOnce(new Error('No tab with id'))
    await expect(hintIn(1, SITE)).resolves.toBeUndefined()
  })

  it.each(['null', 'about:blank', `${SITE}/path`, 'login.heronbank.com'])('is refused for %j', async (origin) => {
    await expect(setHint(origin, true)).rejects.toThrow('entry/site-invalid')
  })
})

describe('the number on the toolbar', () => {
  beforeEach(async () => {
    const usual = { type: 'totp', issuer: 'Heronbank', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
    await addEntry({ ...usual, label: 'a', secret: 'JBSWY3DPEHPK3PXP', site: SITE }, 0)
    await addEntry({ ...usual, label: 'b', secret: 'GEZDGNBVGY3TQOJQ', site: SITE }, 0)
  })

  it('counts the accounts of a page where the user asked for it', async () => {
    await setHint(SITE, true)
    await countAccounts(1, `${SITE}/login`)
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: 1, text: '2' })
  })

  it('is not there on other sites, nor where the browser tells no address', async () => {
    await countAccounts(1, `${SITE}/login`)
    await setHint(SITE, true)
    await countAccounts(1, 'https://www.heronbank.com')
    await countAccounts(1, undefined)
    expect(setBadgeText).not.toHaveBeenCalled()
  })

  it('goes with the lock', async () => {
    await setHint(SITE, true)
    await session.forget()
    await countEverywhere()
    expect(setBadgeText.mock.calls).toEqual([[{ tabId: 1, text: '' }]])
  })
})
