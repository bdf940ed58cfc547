import { beforeEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'
import { noteCopies } from '../../../src/background/vault/copies-notice'
import { settings } from '../../../src/settings'

beforeEach(() => browser.storage.local.clear())

describe('noteCopies (VLT-3)', () => {
  it('keeps what was found and what was done, unread, and no id of a record', async () => {
    const found = { database: 'missing', mirror: 'intact' } as const
    await noteCopies({ found, healed: ['database'], lost: ['an-id'] }, 7)
    expect(await settings.copiesReport.get()).toEqual({ at: 7, found, healed: ['database'], read: false })
    expect(JSON.stringify(await browser.storage.local.get(null))).not.toContain('an-id')
  })

  it('says nothing where both copies are whole, though records are lost', async () => {
    await noteCopies({ found: { database: 'intact', mirror: 'intact' }, healed: [], lost: ['an-id'] }, 7)
    expect(await settings.copiesReport.get()).toBeNull()
  })

  it('fails nobody where the store does not answer', async () => {
    vi.spyOn(browser.storage.local, 'set').mockRejectedValueOnce(new Error('IO error'))
    const found = { database: 'intact', mirror: 'unreadable' } as const
    await expect(noteCopies({ found, healed: [], lost: [] }, 7)).resolves.toBeUndefined()
  })
})
