import browser from 'webextension-polyfill'
import { beforeEach, expect, it, vi } from 'vitest'
import { giveBack, giveBackGrant } from '../../../src/background/page/grants'
import { settings } from '../../../src/settings'

// The address of a bundle, which only the build makes.
vi.mock('../../../src/autofill/hint-main.ts?iife', () => ({ default: '/src/autofill/hint-main.js' }))

const HERON = 'https://login.heronbank.com'
const CURLEW = 'https://curlewmail.example'

const done: string[] = []
let granted: Set<string>

beforeEach(async () => {
  done.length = 0
  granted = new Set([`${HERON}/*`, `${CURLEW}/*`])
  await settings.hintedSites.set([HERON, CURLEW])
  Object.assign(browser, {
    permissions: {
      contains: async ({ origins }: { origins: string[] }) => origins.every((one) => granted.has(one)),
      remove: async ({ origins }: { origins: string[] }) => {
        done.push(`remove ${origins.join()}`)
        return origins.every((one) => granted.delete(one))
      },
    },
    scripting: {
      executeScript: async ({
        target,
        args,
        files,
      }: {
        target: { tabId: number }
        args?: unknown[]
        files?: string[]
      }) => {
        if (!files) done.push(`${args ? 'show' : 'end'} ${target.tabId}`)
        return []
      },
    },
    commands: { getAll: async () => [{ name: 'fill-code', shortcut: 'Alt+Shift+F' }] },
  })
  const tabs = [{ id: 1, url: `${HERON}/login` }, { id: 2, url: `${CURLEW}/` }, { id: 3 }]
  Object.assign(browser.tabs, {
    query: async () => tabs.filter(({ url }) => url === undefined || granted.has(`${new URL(url).origin}/*`)),
  })
})

it('ends the hints while a script still gets to their pages, and brings back those that stay (FIL-7)', async () => {
  expect(await giveBack(`${HERON}/*`)).toBe(true)
  expect(done).toEqual(['end 1', 'end 2', `remove ${HERON}/*`, 'show 2'])
})

it('does the same for the host of a server', async () => {
  await giveBackGrant(`${HERON}/mfa`)
  expect(done).toContain(`remove ${HERON}/*`)
  expect(done[0]).toBe('end 1')
})

it('touches no page where no hint is wished for', async () => {
  await settings.hintedSites.set([])
  await giveBack(`${HERON}/*`)
  expect(done).toEqual([`remove ${HERON}/*`])
})
