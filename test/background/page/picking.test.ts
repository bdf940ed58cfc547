import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { addEntry, liveEntries } from '../../../src/background/entries'
import { takeFillRefusal } from '../../../src/background/page/fill'
import { pickField } from '../../../src/background/page/picking'
import { taughtFields } from '../../../src/background/page/site-memory'
import * as session from '../../../src/vault/session'
import { CODE_FIELD, frameReport } from '../../support/frame-report'
import { openEmptyVault } from '../open-vault'

const SITE = 'https://login.heronbank.com'

const page = vi.hoisted(() => ({ look: (): unknown => [] }))
vi.mock('../../../src/background/page/frames', async (load) => ({
  ...(await load<object>()),
  lookIntoFrames: async () => page.look(),
}))

/** What the user does in each frame; a frame in which he does nothing never answers. */
let pointed: Map<number, unknown>
let gone: Set<number>
let injected: number[][]
let stopped: number
const setBadgeText = vi.fn(async (_badge: object) => undefined)
const openPopup = vi.fn(async () => undefined)

beforeEach(async () => {
  await openEmptyVault()
  pointed = new Map()
  gone = new Set()
  injected = []
  stopped = 0
  openPopup.mockClear()
  page.look = () => [
    { frameId: 0, report: frameReport(SITE) },
    { frameId: 3, report: frameReport(SITE) },
    { frameId: 4, report: frameReport('https://ads.example', { sameOriginChain: false }) },
  ]
  Object.assign(browser, {
    action: { openPopup, setBadgeText },
    i18n: { getMessage: (key: string) => key },
    scripting: {
      async executeScript({
        target,
        files,
        args,
      }: {
        target: { frameIds: number[] }
        files?: unknown
        args?: unknown
      }) {
        if (files && gone.has(target.frameIds[0] ?? -1) && gone.size > 1) throw new Error('No frame with id')
        if (files) return void injected.push(target.frameIds)
        if (!args) return void (stopped += 1)
        const [frameId = -1] = target.frameIds
        if (gone.has(frameId)) throw new Error('No frame with id')
        return pointed.has(frameId) ? [{ result: pointed.get(frameId) }] : new Promise(() => undefined)
      },
    },
  })
  Object.assign(browser.runtime, { getPlatformInfo: async () => ({}) })
})

async function account(site = SITE): Promise<void> {
  const usual = { type: 'totp', issuer: 'Heronbank', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
  await addEntry({ ...usual, label: 'a', secret: 'JBSWY3DPEHPK3PXP', site }, 0)
}

describe('pickField', () => {
  it('remembers the field at which the user pointed, in whichever frame of the site, and stops the others', async () => {
    await account()
    pointed.set(3, { origin: SITE, candidate: CODE_FIELD })
    await pickField(1)
    await vi.waitFor(() => expect(openPopup).toHaveBeenCalled())
    expect(injected).toEqual([[0], [3]])
    expect(stopped).toBe(2)
    expect(taughtFields(await liveEntries(), SITE)).toEqual([{ boxes: 1, attributes: { name: 'otp', maxlength: '6' } }])
  })

  it.each([
    ['gave up', { origin: SITE, candidate: null }],
    ['was led to another site meanwhile', { origin: 'https://evil.example', candidate: CODE_FIELD }],
    ['points in a frame below another site', { origin: 'null', candidate: CODE_FIELD }],
    ['was spoken for by nonsense (A4)', { fields: 'many' }],
  ])('remembers nothing where the user %s', async (_what, answer) => {
    await account()
    pointed.set(0, answer)
    await pickField(1)
    await vi.waitFor(() => expect(stopped).toBe(2))
    expect(taughtFields(await liveEntries(), SITE)).toEqual([])
  })

  it('goes on in the other frames where one is gone', async () => {
    await account()
    gone.add(3)
    pointed.set(0, { origin: SITE, candidate: CODE_FIELD })
    await pickField(1)
    await vi.waitFor(() => expect(openPopup).toHaveBeenCalled())
    expect(taughtFields(await liveEntries(), SITE)).toHaveLength(1)
  })

  it('remembers no field that nothing tells from others, and says so in the next popup', async () => {
    await account()
    const nameless = { ...CODE_FIELD, fields: [{ attributes: { type: 'text', maxlength: '6' }, labels: [] }] }
    pointed.set(0, { origin: SITE, candidate: nameless })
    await pickField(1)
    await vi.waitFor(() => expect(openPopup).toHaveBeenCalled())
    expect(taughtFields(await liveEntries(), SITE)).toEqual([])
    expect(await takeFillRefusal()).toBe('fill/field-unnamed')
  })

  it('cleans up where all frames fail, and is refused where none lets us in', async () => {
    await account()
    pointed.set(0, null).set(3, null)
    await pickField(1)
    await vi.waitFor(() => expect(stopped).toBe(2))
    expect(taughtFields(await liveEntries(), SITE)).toEqual([])
    gone.add(0).add(3)
    await expect(pickField(1)).rejects.toThrow('fill/page-protected')
  })

  it('is refused where nothing could be filled afterwards', async () => {
    await account('https://other.example')
    await expect(pickField(1)).rejects.toThrow('fill/no-matching-account')
    page.look = () => []
    await expect(pickField(1)).rejects.toThrow('fill/page-protected')
    expect(injected).toEqual([])
  })

  it('is refused while the vault is locked', async () => {
    await account()
    await session.forget()
    await expect(pickField(1)).rejects.toThrow('vault/locked')
  })
})
