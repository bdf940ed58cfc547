import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { countAccounts, recountAfterChange, recountEverywhere } from '../../../src/background/page/badge'
import { editEntry, liveEntries, storeEntry } from '../../../src/background/entries'
import { vault } from '../../../src/background/vault/unlocked'
import { AppError } from '../../../src/core/errors'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { newEntry } from '../../vault/support'
import { openEmptyVault } from '../open-vault'

const SITE = 'https://sign-in.example.com'
const shown = vi.fn(async (_badge: object) => undefined)

beforeEach(async () => {
  await openEmptyVault()
  Object.assign(browser, { action: { setBadgeText: shown } })
  await settings.hintedSites.set([SITE])
  await browser.permissions.request({ origins: [`${SITE}/*`] })
  Object.assign(browser.tabs, { query: async () => [{ id: 1, url: `${SITE}/login` }, { id: 2 }] })
  await storeEntry(newEntry({ sites: [SITE] }))
  shown.mockClear()
})
afterEach(() => vi.restoreAllMocks())

describe('countAccounts', () => {
  it('counts on a hinted site, while the vault is open', async () => {
    await countAccounts(1, `${SITE}/login`)
    expect(shown).toHaveBeenLastCalledWith({ tabId: 1, text: '1' })
    await session.forget()
    await countAccounts(1, `${SITE}/login`)
    expect(shown).toHaveBeenLastCalledWith({ tabId: 1, text: '' })
  })

  it('shows none where the vault does not open', async () => {
    vi.spyOn(vault, 'read').mockRejectedValueOnce(new AppError('vault/damaged'))
    await countAccounts(1, `${SITE}/login`)
    expect(shown).toHaveBeenLastCalledWith({ tabId: 1, text: '' })
  })
})

describe('recountEverywhere', () => {
  it('takes the number away where a grant was taken back, and leaves the mark of a refusal', async () => {
    await recountEverywhere()
    expect(shown.mock.calls).toEqual([[{ tabId: 1, text: '1' }], [{ tabId: 2, text: '' }]])
    shown.mockClear()
    await browser.permissions.remove({ origins: [`${SITE}/*`] })
    await settings.fillRefusal.set({ tabId: 2, reason: 'fill/no-field' })
    await recountEverywhere()
    expect(shown.mock.calls).toEqual([[{ tabId: 1, text: '' }]])
    await settings.fillRefusal.set(null)
  })
})

describe('recountAfterChange', () => {
  it('follows an account that loses a site, and asks nothing where no site is hinted', async () => {
    const [entry] = await liveEntries()
    await editEntry(entry?.id ?? '', { issuer: 'Heronbank', label: '', sites: [] })
    await recountAfterChange()
    expect(shown.mock.calls).toEqual([[{ tabId: 1, text: '' }], [{ tabId: 2, text: '' }]])
    shown.mockClear()
    await settings.hintedSites.set([])
    await recountAfterChange()
    expect(shown).not.toHaveBeenCalled()
  })
})
