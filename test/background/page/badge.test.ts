import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { countAccounts } from '../../../src/background/page/badge'
import { storeEntry } from '../../../src/background/entries'
import { vault } from '../../../src/background/vault/unlocked'
import { AppError } from '../../../src/core/errors'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { newEntry } from '../../vault/support'
import { openEmptyVault } from '../open-vault'

const SITE = 'https://sign-in.example.com'
const shown = vi.fn(async () => undefined)

beforeEach(async () => {
  await openEmptyVault()
  Object.assign(browser, { action: { setBadgeText: shown } })
  await settings.hintedHosts.set([`${SITE}/*`])
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
