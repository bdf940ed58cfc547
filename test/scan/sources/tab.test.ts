import { beforeEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import { captureTab, webTab } from '../../../src/scan/sources/tab'

const OURS = browser.runtime.getURL('src/ui/popup/index.html')
const PICTURE = 'data:image/png;base64,iVBORw0K'

interface Tab {
  readonly id: number
  readonly windowId: number
  readonly active: boolean
  readonly lastAccessed: number
  readonly url?: string
}

/** Windows full of tabs, of which the browser pictures the active one, if it may. */
function windows(tabs: Tab[], current: number | null, protectedTabs: readonly number[] = []) {
  const log: string[] = []
  const state = tabs.map((tab) => ({ ...tab }))
  Object.assign(browser.tabs, {
    getCurrent: async () => state.find(({ id }) => id === current),
    get: async (id: number) => {
      const tab = state.find((one) => one.id === id)
      if (!tab) throw new Error(`No tab with id: ${id}`)
      return { ...tab }
    },
    query: async ({
      active,
      windowId,
      currentWindow,
    }: {
      active?: boolean
      windowId?: number
      currentWindow?: boolean
    }) =>
      state
        .filter((tab) => active === undefined || tab.active === active)
        .filter((tab) => windowId === undefined || tab.windowId === windowId)
        .filter((tab) => !currentWindow || tab.windowId === 1)
        .map((tab) => ({ ...tab })),
    update: async (id: number) => {
      log.push(`show ${id}`)
      const shown = state.find((tab) => tab.id === id)
      for (const tab of state) if (tab.windowId === shown?.windowId) tab.active = tab.id === id
    },
    captureVisibleTab: async (windowId: number) => {
      const front = state.find((tab) => tab.active && tab.windowId === windowId)
      if (!front || protectedTabs.includes(front.id)) throw new Error('activeTab permission is not in effect')
      log.push(`capture ${front.id}`)
      return PICTURE
    },
  })
  return log
}

const WEB = { id: 1, windowId: 1, active: true, lastAccessed: 50, url: 'https://example.com/' }
const OLDER = { id: 2, windowId: 1, active: false, lastAccessed: 40 }
const ELSEWHERE = { id: 3, windowId: 2, active: true, lastAccessed: 90 }
const POPUP_TAB = { id: 4, windowId: 1, active: true, lastAccessed: 99, url: OURS }
const OPTIONS_TAB = { id: 5, windowId: 1, active: false, lastAccessed: 60, url: browser.runtime.getURL('options.html') }

beforeEach(() => vi.restoreAllMocks())

describe('webTab', () => {
  it('is the active tab of the window for the popup', async () => {
    windows([OLDER, WEB, ELSEWHERE], null)
    expect(await webTab()).toEqual({ id: 1, windowId: 1, url: 'https://example.com/' })
  })

  it('is the web tab last in front for a page in a tab, in its own window and none of ours', async () => {
    windows([OLDER, { ...WEB, active: false }, ELSEWHERE, POPUP_TAB, OPTIONS_TAB], POPUP_TAB.id)
    expect(await webTab()).toEqual({ id: 1, windowId: 1, url: 'https://example.com/' })
  })

  it('says no address where the browser does not', async () => {
    windows([OLDER, POPUP_TAB], POPUP_TAB.id)
    expect(await webTab()).toEqual({ id: 2, windowId: 1 })
  })

  it.each([
    ['a popup over a page of ours', [POPUP_TAB], null],
    ['a page of ours alone in its window', [POPUP_TAB, OPTIONS_TAB, ELSEWHERE], POPUP_TAB.id],
  ])('is null for %s', async (_what, tabs, current) => {
    windows(tabs, current)
    expect(await webTab()).toBeNull()
  })
})

describe('captureTab', () => {
  it('pictures the page under the popup', async () => {
    const log = windows([WEB, OLDER], null)
    const picture = await captureTab(null)
    expect([picture.type, picture.size]).toEqual(['image/png', 6])
    expect(log).toEqual(['capture 1'])
  })

  it('shows a tab behind ours for a moment and comes back', async () => {
    const log = windows([{ ...WEB, active: false }, OLDER, POPUP_TAB], POPUP_TAB.id)
    await captureTab(null)
    expect(log).toEqual(['show 1', 'capture 1', 'show 4'])
  })

  it('pictures the tab that was asked for', async () => {
    const log = windows([WEB, OLDER], null)
    await captureTab(2)
    expect(log).toEqual(['show 2', 'capture 2', 'show 1'])
  })

  it('comes back from a tab that may not be pictured, and says so', async () => {
    const log = windows([{ ...WEB, active: false }, POPUP_TAB], POPUP_TAB.id, [1])
    await expect(captureTab(null)).rejects.toMatchObject({ name: 'AppError', code: 'scan/page-protected' })
    expect(log).toEqual(['show 1', 'show 4'])
  })

  it.each([
    ['there is no web tab', null],
    ['the tab is gone', 77],
  ])('says so when %s', async (_what, tabId) => {
    windows([POPUP_TAB], POPUP_TAB.id)
    await expect(captureTab(tabId)).rejects.toMatchObject({ code: 'scan/page-protected' })
  })
})
