import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { addEntry, liveEntries } from '../../src/background/entries'
import { pickField } from '../../src/background/picking'
import { taughtFields } from '../../src/background/site-memory'
import * as session from '../../src/vault/session'
import { CODE_FIELD, frameReport } from '../support/frame-report'
import { openEmptyVault } from './open-vault'

const SITE = 'https://login.heronbank.com'

const page = vi.hoisted(() => ({ look: (): unknown => [] }))
vi.mock('../../src/background/frames', () => ({ lookIntoFrames: async () => page.look() }))

/** What the user does in each frame; a frame in which he does nothing never answers. */
let pointed: Map<number, unknown>
let injected: number[][]
let stopped: number
const openPopup = vi.fn(async () => undefined)

beforeEach(async () => {
  await openEmptyVault()
  pointed = new Map()
  injected = []
  stopped = 0
  openPopup.mockClear()
  page.look = () => [
    { frameId: 0, report: frameReport(SITE) },
    { frameId: 3, report: frameReport(SITE) },
    { frameId: 4, report: frameReport('https://ads.example', { sameOriginChain: false }) },
  ]
  Object.assign(browser, {
    action: { openPopup },
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
        if (files) return void injected.push(target.frameIds)
        if (!args) return void (stopped += 1)
        const [frameId = -1] = target.frameIds
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
    pointed.set(3, CODE_FIELD)
    await pickField(1)
    await vi.waitFor(() => expect(openPopup).toHaveBeenCalled())
    expect(injected).toEqual([[0, 3]])
    expect(stopped).toBe(1)
    expect(taughtFields(await liveEntries(), SITE)).toEqual([{ boxes: 1, attributes: { name: 'otp', maxlength: '6' } }])
  })

  it.each([
    ['gave up', null],
    ['was spoken for by nonsense (A4)', { fields: 'many' }],
  ])('remembers nothing where the user %s', async (_what, answer) => {
    await account()
    pointed.set(0, answer)
    await pickField(1)
    await vi.waitFor(() => expect(stopped).toBe(1))
    expect(taughtFields(await liveEntries(), SITE)).toEqual([])
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
