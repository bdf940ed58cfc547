import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fillClicked, fillHere } from '../../../src/background/page/commands'
import { addEntry } from '../../../src/background/entries'
import { isClickWaiting, takeFillRefusal } from '../../../src/background/page/fill'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { CODE_FIELD, READ_AGAIN, frameReport } from '../../support/frame-report'
import { openEmptyVault } from '../open-vault'

const SITE = 'https://bank.example'
const SECRETS = ['JBSWY3DPEHPK3PXP', 'GEZDGNBVGY3TQOJQ']

const page = vi.hoisted(() => ({ field: true, focused: true, written: [] as string[], refuses: false }))
vi.mock('../../../src/background/page/frames', () => ({
  lookIntoFrames: async () => [
    {
      frameId: 0,
      mark: 'm',
      report: frameReport(
        SITE,
        page.field ? { candidates: [{ ...CODE_FIELD, focused: page.focused }] } : { candidates: [] },
      ),
    },
  ],
  readInFrame: async () => READ_AGAIN,
  textsInTab: async () => [],
  fillFrame: async (_place: unknown, code: string) => {
    if (page.refuses) return { kind: 'refused', reason: 'fill/field-hidden' }
    page.written.push(code)
    return { kind: 'filled' }
  },
}))
const openPopup = vi.fn(async () => undefined)
const setBadgeText = vi.fn(async (_badge: object) => undefined)

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_010_000 })
  await openEmptyVault()
  Object.assign(browser, { action: { openPopup, setBadgeText } })
  Object.assign(browser.runtime, { getPlatformInfo: async () => ({}) })
  openPopup.mockReset()
  setBadgeText.mockClear()
  page.refuses = false
  page.field = true
  page.focused = true
  page.written.length = 0
  await settings.clickedField.set(null)
  await settings.fillRefusal.set(null)
})

afterEach(() => vi.useRealTimers())

/** Adds accounts that belong to a site. */
async function accounts(count: number, site = SITE): Promise<void> {
  for (const secret of SECRETS.slice(0, count)) {
    const usual = { algorithm: 'SHA1', digits: 6, periodSeconds: 30, site } as const
    await addEntry({ type: 'totp', issuer: 'Heronbank', label: secret, secret, ...usual }, 0)
  }
}

describe('the context menu on a field', () => {
  const CLICKED = { frameId: 0 }

  it('fills that field with the code of the one account of the site', async () => {
    await accounts(1)
    await fillClicked(1, CLICKED)
    expect(page.written).toHaveLength(1)
    expect(openPopup).not.toHaveBeenCalled()
  })

  it('fills no other field, and has the popup say why', async () => {
    await accounts(1)
    page.focused = false
    await fillClicked(1, CLICKED)
    expect(page.written).toEqual([])
    expect(openPopup).toHaveBeenCalledTimes(1)
    expect(await settings.fillRefusal.get()).toEqual({ tabId: 1, reason: 'fill/no-field' })
  })

  it('is remembered until an account is chosen, or the vault is open', async () => {
    await accounts(2)
    await fillClicked(1, CLICKED)
    expect(openPopup).toHaveBeenCalledTimes(1)
    expect(await settings.clickedField.get()).toMatchObject({ tabId: 1, frameId: 0, mark: 'm', index: 0, origin: SITE })
    expect(await isClickWaiting(1, Date.now())).toBe(true)
    expect(await isClickWaiting(2, Date.now())).toBe(false)
    expect(await isClickWaiting(1, Date.now() + 60_000)).toBe(false)
    await session.forget()
    await fillClicked(3, CLICKED)
    expect(await settings.clickedField.get()).toMatchObject({ tabId: 3, frameId: 0 })
    expect(await settings.fillRefusal.get()).toBeNull()
  })

  it('is not meant any more once the keyboard command is used', async () => {
    await accounts(2)
    await fillClicked(1, CLICKED)
    await fillHere(1)
    expect(await settings.clickedField.get()).toBeNull()
  })

  it('tells of no failure where the browser opens no popup, but of a choice', async () => {
    openPopup.mockRejectedValue(new Error('no gesture'))
    await accounts(2)
    await fillClicked(1, CLICKED)
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: 1, text: '?' })
    expect(await takeFillRefusal()).toBeNull()
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: 1, text: '' })
  })

  it('still says why the page refused where the browser opens no popup', async () => {
    openPopup.mockRejectedValue(new Error('no gesture'))
    page.refuses = true
    await accounts(1)
    await fillClicked(1, CLICKED)
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: 1, text: '!' })
    expect(await takeFillRefusal()).toBe('fill/field-hidden')
  })
})

describe('the keyboard command', () => {
  it('fills the one account of the site, without the popup', async () => {
    await accounts(1)
    await fillHere(1)
    expect(page.written).toHaveLength(1)
    expect(openPopup).not.toHaveBeenCalled()
  })

  it.each([
    ['two accounts belong to the site', () => accounts(2)],
    ['none does', () => accounts(1, 'https://other.example')],
    ['the page has no field', () => accounts(1).then(() => void (page.field = false))],
    ['the vault is locked', () => accounts(1).then(() => session.forget())],
  ])('opens the popup and fills nothing where %s', async (_where, prepare) => {
    await prepare()
    await fillHere(1)
    expect(openPopup).toHaveBeenCalledTimes(1)
    expect(page.written).toEqual([])
  })

  it('marks the toolbar where the browser opens no popup', async () => {
    openPopup.mockRejectedValue(new Error('no window'))
    await expect(fillHere(1)).resolves.toBeUndefined()
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: 1, text: '?' })
  })
})
