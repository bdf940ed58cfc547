import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FillReport, FrameReport, SeenCandidate } from '../../../src/autofill/frame'
import { clockDrift } from '../../../src/background/mfa/clock'
import { changeEntry, storeEntry, entryById } from '../../../src/background/entries'
import {
  cancelWaitingFill,
  fill,
  fillIfDue,
  isClickWaiting,
  keepClicked,
  takeFillRefusal,
  waitingFill,
} from '../../../src/background/page/fill'
import { rememberField, setAutoSubmit } from '../../../src/background/page/site-memory'
import type { SeenFrame } from '../../../src/background/page/frames'
import { lookAtPage } from '../../../src/background/page/page-view'
import type { Entry } from '../../../src/core/entry'
import { AppError } from '../../../src/core/errors'
import { codeAt, stepAt } from '../../../src/core/otp'
import { settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { CODE_FIELD, READ_AGAIN, frameReport } from '../../support/frame-report'
import { openEmptyVault } from '../open-vault'

const SITE = 'https://bank.example'
/** The beginning of a time step. */
const STEP = 1_700_000_010_000
const TAB = 7

const page = vi.hoisted(() => ({
  look: (): unknown => [],
  read: (): unknown => null,
  write: (_place: unknown, _code: string): unknown => ({ kind: 'filled' }),
  written: [] as string[],
}))
// The edge to the browser: what our script sees and does in a page is tested in real pages.
vi.mock('../../../src/background/page/frames', () => ({
  lookIntoFrames: async () => page.look(),
  readInFrame: async () => page.read(),
  fillFrame: async (place: unknown, code: string) => {
    page.written.push(code)
    return page.write(place, code)
  },
}))
const sending = vi.hoisted(() => ({ told: [] as string[] }))
vi.mock('../../../src/background/page/submitting', () => ({
  watchFrame: async () => void sending.told.push('watch'),
  submitFrame: async () => void sending.told.push('submit'),
}))
const setBadgeText = vi.fn(async (_badge: object) => undefined)

let entry: Entry

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: STEP })
  await browser.storage.session.clear()
  await openEmptyVault()
  Object.assign(browser, { action: { setBadgeText } })
  Object.assign(browser.runtime, { getPlatformInfo: async () => ({}) })
  Object.assign(browser.tabs, { get: async () => ({}) })
  page.look = () => [frame()]
  page.read = () => READ_AGAIN
  page.write = () => ({ kind: 'filled' }) satisfies FillReport
  page.written.length = 0
  setBadgeText.mockClear()
  entry = await storeEntry({
    type: 'totp',
    issuer: 'Heronbank',
    label: 'wader',
    secret: new Uint8Array(20).fill(9),
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    sites: [SITE],
    createdAt: 0,
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function frame(parts: Partial<FrameReport> = {}, frameId = 0): SeenFrame {
  return { frameId, mark: 'm', alone: false, report: frameReport(SITE, parts) }
}

const usedStep = async (): Promise<number | undefined> => (await entryById(entry.id)).lastStepUsed

describe('a fill of the field that was clicked', () => {
  const gift: SeenCandidate = { ...CODE_FIELD, fields: [{ attributes: { name: 'gift' }, labels: ['Gift card'] }] }
  const clickedGift = { ...gift, focused: true }
  const sms: SeenCandidate = {
    ...CODE_FIELD,
    focused: true,
    fields: [{ attributes: { name: 'code' }, labels: ['Enter the code we texted you'] }],
  }
  let place: unknown

  beforeEach(() => {
    place = undefined
    page.write = (one) => {
      place = one
      return { kind: 'filled' }
    }
    page.read = () => ({ ...READ_AGAIN, candidates: new Map([[1, clickedGift]]) })
  })

  it('takes it and its frame, though another one would have been found', async () => {
    page.look = () => [frame({}, 0), frame({ candidates: [CODE_FIELD, clickedGift] }, 5)]
    expect(await keepClicked(TAB, { frameId: 5 })).toBe(SITE)
    expect(await fill(TAB, entry.id)).toEqual({ kind: 'filled' })
    expect(place).toMatchObject({ frameId: 5, index: 1 })
  })

  it('takes the one of the click, wherever the focus has gone since', async () => {
    page.look = () => [{ ...frame({ candidates: [CODE_FIELD, clickedGift] }), mark: 'click' }]
    await keepClicked(TAB, { frameId: 0 })
    page.look = () => [frame({ candidates: [{ ...gift, focused: true }, gift] })]
    expect(await isClickWaiting(TAB, Date.now())).toBe(true)
    await fill(TAB, entry.id)
    expect(place).toMatchObject({ mark: 'click', index: 1, origin: SITE, clicked: true })
  })

  it('takes the one of the click, though the page moves the focus while it is looked at more closely', async () => {
    page.look = () => [frame({ candidates: [CODE_FIELD, { ...clickedGift, around: null }] })]
    page.read = () => ({ ...READ_AGAIN, candidates: new Map([[1, { ...clickedGift, focused: false }]]) })
    await keepClicked(TAB, { frameId: 0 })
    await fill(TAB, entry.id)
    expect(place).toMatchObject({ index: 1, clicked: true })
  })

  it('fills nothing where that field or its document is gone, and then means it no more', async () => {
    page.look = () => [frame({ candidates: [CODE_FIELD, clickedGift] })]
    await keepClicked(TAB, { frameId: 0 })
    page.read = () => ({ ...READ_AGAIN, candidates: new Map() })
    await expect(fill(TAB, entry.id)).rejects.toThrow('fill/page-changed')
    expect(page.written).toEqual([])
    expect(await usedStep()).toBeUndefined()
    await keepClicked(TAB, { frameId: 0 })
    expect(await isClickWaiting(TAB, Date.now())).toBe(false)
    page.read = () => READ_AGAIN
    await fill(TAB, entry.id)
    expect(place).toMatchObject({ index: 0, clicked: false })
  })

  it.each<[string, () => unknown]>([
    ['it takes a code by message', () => [frame(), frame({ candidates: [CODE_FIELD, sms] }, 5)]],
    ['it is no field that takes text', () => [frame(), frame({}, 5)]],
    ['its frame is gone', () => [frame()]],
    [
      'its frame stands below another site',
      () => [frame(), frame({ candidates: [clickedGift], sameOriginChain: false }, 5)],
    ],
  ])('fills nothing else where %s (FIL-4)', async (_where, look) => {
    page.look = look
    await expect(keepClicked(TAB, { frameId: 5 })).rejects.toThrow('fill/no-field')
    expect(await isClickWaiting(TAB, Date.now())).toBe(false)
  })

  it('is meant once, for that tab, for a minute', async () => {
    page.look = () => [frame({ candidates: [CODE_FIELD, clickedGift] })]
    page.read = () => READ_AGAIN
    await keepClicked(TAB + 1, { frameId: 0 })
    await fill(TAB, entry.id)
    expect(place).toMatchObject({ index: 0, clicked: false })
    vi.setSystemTime(STEP + 30_000)
    await keepClicked(TAB, { frameId: 0 })
    vi.setSystemTime(STEP + 90_000)
    await fill(TAB, entry.id)
    expect(place).toMatchObject({ index: 0, clicked: false })
  })
})

describe('a fill', () => {
  it('writes the code of the moment and uses its time step up (BND-10)', async () => {
    expect(await fill(TAB, entry.id)).toEqual({ kind: 'filled' })
    expect(page.written).toEqual([codeAt(entry, STEP).code])
    expect(await usedStep()).toBe(stepAt(entry, STEP))
  })

  it('writes the code that is shown where the clock of the server is corrected (OTP-2)', async () => {
    const binding = { serverId: 's', account: 'a', userId: 'u', phase: 'bound' } as const
    await changeEntry(entry.id, (stored) => ({ ...stored, binding }))
    const correction = {
      offsetMs: 300_000,
      since: STEP,
      driftMs: clockDrift(STEP),
      steadySince: performance.timeOrigin,
    }
    await settings.clockCorrections.set({ s: correction })
    // Real time passes on the steady clock while the tests' stands.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now())
    expect(await fill(TAB, entry.id)).toEqual({ kind: 'filled' })
    expect(page.written).toEqual([codeAt(entry, STEP + 300_000).code])
    expect(await usedStep()).toBe(stepAt(entry, STEP + 300_000))
    expect(await fill(TAB, entry.id)).toEqual({ kind: 'waiting', entryId: entry.id, until: STEP + 30_000 })
  })

  it('has the step in the vault before the page gets the code', async () => {
    let before: number | undefined
    page.write = async () => {
      before = await usedStep()
      return { kind: 'filled' }
    }
    await fill(TAB, entry.id)
    expect(before).toBe(stepAt(entry, STEP))
  })

  it('gives the step back when the page refused', async () => {
    page.write = () => ({ kind: 'refused', reason: 'fill/field-hidden' })
    await expect(fill(TAB, entry.id)).rejects.toThrow('fill/field-hidden')
    expect(await usedStep()).toBeUndefined()
    page.write = () => ({ kind: 'filled' })
    expect(await fill(TAB, entry.id)).toEqual({ kind: 'filled' })
  })

  it.each<[string, SeenFrame[], string]>([
    ['no script was let in', [], 'fill/page-protected'],
    ['only a frame answered', [frame({}, 3)], 'fill/page-protected'],
    ['there is no field', [frame({ candidates: [] })], 'fill/no-field'],
    [
      'the only field is in a strange frame (FIL-4)',
      [frame({ candidates: [] }), frame({ sameOriginChain: false }, 3)],
      'fill/no-field',
    ],
    ['the port differs (FIL-2)', [frame({ origin: `${SITE}:8443` })], 'fill/site-differs'],
    ['the scheme differs (FIL-2)', [frame({ origin: 'http://bank.example' })], 'fill/site-differs'],
    ['it is a subdomain (FIL-2)', [frame({ origin: 'https://www.bank.example' })], 'fill/site-differs'],
    ['it only ends alike (FIL-2, trap 16)', [frame({ origin: 'https://evil-bank.example' })], 'fill/site-differs'],
  ])('is refused where %s', async (_where, frames, code) => {
    page.look = () => frames
    await expect(fill(TAB, entry.id)).rejects.toThrow(code)
    expect(page.written).toEqual([])
    expect(await usedStep()).toBeUndefined()
  })

  it('goes to the frame in which the user is, else to the outermost', async () => {
    const places: unknown[] = []
    page.write = (place) => {
      places.push((place as { frameId: number }).frameId)
      return { kind: 'filled' }
    }
    page.look = () => [frame(), frame({ candidates: [{ ...CODE_FIELD, focused: true }] }, 4)]
    await fill(TAB, entry.id)
    vi.setSystemTime(STEP + 30_000)
    page.look = () => [frame(), frame({}, 4)]
    await fill(TAB, entry.id)
    expect(places).toEqual([4, 0])
  })

  it('never sends the form by default, and watches it where the user turned that on', async () => {
    sending.told.length = 0
    await fill(TAB, entry.id)
    expect(sending.told).toEqual([])
    await setAutoSubmit(SITE, true)
    vi.setSystemTime(STEP + 30_000)
    page.write = () => {
      sending.told.push('fill')
      return { kind: 'filled' }
    }
    await fill(TAB, entry.id)
    expect(sending.told).toEqual(['watch', 'fill', 'submit'])
  })

  it('sends nothing where the page refused the code', async () => {
    sending.told.length = 0
    await setAutoSubmit(SITE, true)
    page.write = () => ({ kind: 'refused', reason: 'fill/field-hidden' })
    await expect(fill(TAB, entry.id)).rejects.toThrow('fill/field-hidden')
    expect(sending.told).toEqual(['watch'])
  })

  it.each<[string, unknown, string]>([
    ['is gone', { ...READ_AGAIN, candidates: new Map() }, 'fill/page-changed'],
    [
      'asks for something else now',
      {
        ...READ_AGAIN,
        candidates: new Map([[0, { ...CODE_FIELD, fields: [{ attributes: { name: 'coupon' }, labels: [] }] }]]),
      },
      'fill/field-changed',
    ],
  ])('is refused, and its step not used, where the field %s', async (_what, now, code) => {
    page.read = () => now
    await expect(fill(TAB, entry.id)).rejects.toThrow(code)
    expect(page.written).toEqual([])
    expect(await usedStep()).toBeUndefined()
  })

  it('goes to the field at which the user pointed', async () => {
    const gift = { ...CODE_FIELD, fields: [{ attributes: { name: 'gift' }, labels: ['Gift card'] }] as const }
    page.look = () => [frame({ candidates: [CODE_FIELD, gift] })]
    page.read = () => ({ ...READ_AGAIN, candidates: new Map([[1, gift]]) })
    await rememberField(SITE, { boxes: 1, attributes: { name: 'gift' } })
    let place: unknown
    page.write = (one) => {
      place = one
      return { kind: 'filled' }
    }
    await fill(TAB, entry.id)
    expect(place).toMatchObject({ index: 1 })
  })

  it('leaves the number of accounts on the toolbar', async () => {
    await settings.hintedSites.set([SITE])
    await browser.permissions.request({ origins: [`${SITE}/*`] })
    Object.assign(browser.tabs, { get: async () => ({ url: `${SITE}/login` }) })
    await fill(TAB, entry.id)
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: TAB, text: '1' })
    await settings.hintedSites.set([])
  })

  it('does not give the step back where a page that hangs may type the code yet', async () => {
    page.write = () => {
      throw new AppError('fill/page-changed')
    }
    await expect(fill(TAB, entry.id)).rejects.toThrow('fill/page-changed')
    expect(await usedStep()).toBe(stepAt(entry, STEP))
  })

  it('of a locked vault is refused', async () => {
    await session.forget()
    await expect(fill(TAB, entry.id)).rejects.toThrow('vault/locked')
    expect(page.written).toEqual([])
  })
})

describe('a fill that waits', () => {
  it.each([
    ['the code was used already (BND-10)', STEP + 1_000, true],
    ['less than 3 s are left (FIL-11)', STEP + 27_001, false],
  ])('does so because %s, and is done at the next step', async (_why, now, used) => {
    if (used) await fill(TAB, entry.id)
    page.written.length = 0
    vi.setSystemTime(now)
    expect(await fill(TAB, entry.id)).toEqual({ kind: 'waiting', entryId: entry.id, until: STEP + 30_000 })
    await fillIfDue(STEP + 29_999)
    expect(page.written).toEqual([])
    vi.setSystemTime(STEP + 30_000)
    await fillIfDue(STEP + 30_000)
    expect(page.written).toEqual([codeAt(entry, STEP + 30_000).code])
    expect(await waitingFill()).toBeNull()
  })

  it('is done once, though timer and alarm both come', async () => {
    await waiting()
    vi.setSystemTime(STEP + 30_000)
    await Promise.all([fillIfDue(STEP + 30_000), fillIfDue(STEP + 30_000), fillIfDue(STEP + 30_000)])
    expect(page.written).toHaveLength(1)
  })

  it('is dropped when the user thinks better of it', async () => {
    await waiting()
    await cancelWaitingFill()
    vi.setSystemTime(STEP + 30_000)
    await fillIfDue(STEP + 30_000)
    expect(page.written).toEqual([])
  })

  it('marks the toolbar when the page refused or the vault was locked, since nobody may be looking', async () => {
    await waiting()
    page.write = () => ({ kind: 'refused', reason: 'fill/page-changed' })
    vi.setSystemTime(STEP + 30_000)
    await fillIfDue(STEP + 30_000)
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: TAB, text: '!' })
    expect(await usedStep()).toBe(stepAt(entry, STEP))
  })

  it('says once why it was refused, and takes the mark away', async () => {
    await waiting()
    page.write = () => ({ kind: 'refused', reason: 'fill/field-hidden' })
    vi.setSystemTime(STEP + 30_000)
    await fillIfDue(STEP + 30_000)
    expect(await takeFillRefusal()).toBe('fill/field-hidden')
    expect(setBadgeText).toHaveBeenLastCalledWith({ tabId: TAB, text: '' })
    expect(await takeFillRefusal()).toBeNull()
  })

  it('types nothing once the vault is locked (KEY-8)', async () => {
    await waiting()
    await session.forget()
    vi.setSystemTime(STEP + 30_000)
    await fillIfDue(STEP + 30_000)
    expect(page.written).toEqual([])
  })

  it('is not done once the user took the site away from the account', async () => {
    await waiting()
    const before = await usedStep()
    await changeEntry(entry.id, (stored) => ({ ...stored, sites: ['https://other.example'] }))
    vi.setSystemTime(STEP + 30_000)
    await fillIfDue(STEP + 30_000)
    expect(page.written).toEqual([])
    expect(await usedStep()).toBe(before)
    expect(await takeFillRefusal()).toBe('fill/site-differs')
  })

  it('leaves a waiting fill alone that is looked at meanwhile', async () => {
    await waiting()
    await lookAtPage(TAB, [entry])
    expect(await waitingFill()).toEqual({ entryId: entry.id, until: STEP + 30_000 })
  })

  /** A code was used, and another fill of the same account waits. */
  async function waiting(): Promise<void> {
    await fill(TAB, entry.id)
    await fill(TAB, entry.id)
    page.written.length = 0
  }
})

describe('the page in front', () => {
  it('is nothing where the browser does not let us look', async () => {
    page.look = () => {
      throw new Error('not allowed')
    }
    expect(await lookAtPage(TAB, [entry])).toMatchObject({ origin: null, hasCodeField: false, matches: [] })
  })
})
