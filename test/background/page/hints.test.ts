import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { countAccounts, countEverywhere } from '../../../src/background/page/badge'
import { addEntry } from '../../../src/background/entries'
import { isHinted, registerHints, setHint } from '../../../src/background/page/hints'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { openEmptyVault } from '../open-vault'

// The address of a bundle, which only the build makes.
vi.mock('../../../src/autofill/hint-main.ts?iife', () => ({ default: '/src/autofill/hint-main.js' }))

const SITE = 'https://login.heronbank.com'
const PATTERN = 'https://login.heronbank.com/*'

let granted: Set<string>
let scripts: { id: string; matches?: string[] }[]
const setBadgeText = vi.fn(async (_badge: { tabId: number; text: string }) => undefined)

beforeEach(async () => {
  await openEmptyVault()
  await settings.hintedHosts.set([])
  granted = new Set([PATTERN])
  scripts = []
  setBadgeText.mockClear()
  Object.assign(browser, {
    action: { setBadgeText },
    permissions: { contains: async ({ origins }: { origins: string[] }) => origins.every((one) => granted.has(one)) },
    scripting: {
      getRegisteredContentScripts: async () => scripts,
      unregisterContentScripts: async () => void (scripts = []),
      registerContentScripts: async (added: { id: string; matches?: string[] }[]) => void scripts.push(...added),
    },
  })
  Object.assign(browser.tabs, { query: async () => [{ id: 1, url: `${SITE}/login` }, { id: 2 }] })
})

describe('the hint', () => {
  it('is registered for the hosts where the user asked for it alone (FIL-7)', async () => {
    await setHint(SITE, true)
    expect(await isHinted(SITE)).toBe(true)
    expect(await isHinted('https://www.heronbank.com')).toBe(false)
    expect(scripts).toMatchObject([{ matches: [PATTERN], js: ['src/autofill/hint-main.js'], runAt: 'document_idle' }])
    await setHint(SITE, false)
    expect(await isHinted(SITE)).toBe(false)
    expect(scripts).toEqual([])
  })

  it('needs the grant, and goes with it', async () => {
    granted.clear()
    await expect(setHint(SITE, true)).rejects.toThrow('fill/site-not-granted')
    expect(await isHinted(SITE)).toBe(false)
    granted.add(PATTERN)
    await setHint(SITE, true)
    granted.clear()
    await registerHints()
    expect(scripts).toEqual([])
  })

  it('comes back after an update has forgotten it', async () => {
    await setHint(SITE, true)
    scripts = []
    await registerHints()
    expect(scripts).toHaveLength(1)
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
