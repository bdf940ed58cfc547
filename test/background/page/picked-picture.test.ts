import { beforeEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import { pickPicture } from '../../../src/background/page/picked-picture'
import { clearOnLock, settings } from '../../../src/settings'

const opened: string[] = []

beforeEach(async () => {
  opened.length = 0
  await browser.storage.session.clear()
  Object.assign(browser.tabs, { create: vi.fn(async ({ url }: { url: string }) => void opened.push(url)) })
})

describe('pickPicture', () => {
  it('opens a tab of ours whose address says nothing of the picture (INP-7)', async () => {
    await pickPicture({ srcUrl: 'data:image/png;base64,c2VjcmV0', frameId: 3 }, 7)
    expect(opened).toEqual([browser.runtime.getURL('src/ui/popup/index.html?screen=image')])
    expect(await settings.pickedPicture.get()).toEqual({
      tabId: 7,
      frameId: 3,
      address: 'data:image/png;base64,c2VjcmV0',
    })
  })

  it('takes the top frame where none is named, and opens nothing where there is no picture', async () => {
    await pickPicture({}, 7)
    expect(opened).toEqual([])
    await pickPicture({ srcUrl: 'https://example.com/code.png' }, 7)
    expect(await settings.pickedPicture.get()).toMatchObject({ frameId: 0 })
  })

  it('is forgotten with the lock (KEY-8)', async () => {
    await pickPicture({ srcUrl: 'https://example.com/code.png' }, 7)
    await clearOnLock()
    expect(await settings.pickedPicture.get()).toBeNull()
  })
})
