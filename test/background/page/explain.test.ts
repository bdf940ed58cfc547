import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { FrameReport, SeenCandidate } from '../../../src/autofill/frame'
import { explainPage } from '../../../src/background/page/explain'
import type { Entry } from '../../../src/core/entry'
import { CODE_FIELD, frameReport } from '../../support/frame-report'

const SITE = 'https://login.heronbank.com'

const page = vi.hoisted(() => ({ look: (): unknown => [] }))
vi.mock('../../../src/background/page/frames', () => ({ lookIntoFrames: async () => page.look() }))

const shows = (...reports: readonly Partial<FrameReport>[]): void => {
  page.look = () => reports.map((parts, frameId) => ({ frameId, report: frameReport(SITE, parts) }))
}

beforeEach(() => shows({}))

function entry(id: string, sites: string[], parts: Partial<Entry> = {}): Entry {
  const code = { type: 'totp', algorithm: 'SHA1', digits: 6, periodSeconds: 30 } as const
  return { ...code, id, issuer: 'H', label: id, secret: new Uint8Array(20), sites, createdAt: 0, ...parts }
}

const SMS: SeenCandidate = {
  ...CODE_FIELD,
  fields: [{ attributes: { name: 'code' }, labels: ['Enter the code we texted you'] }],
}

describe('explainPage', () => {
  it('says that there is a field, and what spoke for it, the weightiest first', async () => {
    const { origin, field } = await explainPage(1, [])
    expect(origin).toBe(SITE)
    expect(field.state).toBe('found')
    expect(field.boxes).toBe(1)
    expect(field.reasons[0]).toEqual({ about: 'authenticator', place: 'label', weight: 7 })
    const weights = field.reasons.map(({ weight }) => Math.abs(weight))
    expect(weights).toEqual(weights.toSorted((one, other) => other - one))
  })

  it('says what spoke against the nearest field where there is none', async () => {
    shows({ candidates: [SMS] })
    const { field } = await explainPage(1, [])
    expect(field.state).toBe('unlikely')
    expect(field.reasons[0]).toMatchObject({ about: 'delivered', place: 'label' })
  })

  it('says that there is no field at all', async () => {
    shows({ candidates: [] })
    expect((await explainPage(1, [])).field).toEqual({ state: 'none', boxes: 0, reasons: [] })
  })

  it('says that a field stands in a frame of another site, and does not count it (FIL-4)', async () => {
    shows({ candidates: [] }, { origin: 'https://ads.example', sameOriginChain: false })
    const told = await explainPage(1, [])
    expect(told.inStrangeFrame).toBe(true)
    expect(told.field.state).toBe('none')
    expect(JSON.parse(told.report)).toMatchObject({ fields: [] })
  })

  it('says that parts of the page were passed over because they hang', async () => {
    expect((await explainPage(1, [])).passedOver).toBe(false)
    page.look = () => [{ frameId: 0, mark: '', alone: true, report: frameReport(SITE) }]
    expect((await explainPage(1, [])).passedOver).toBe(true)
  })

  it('says that parts of the page were passed over because there are too many', async () => {
    shows({ isWhole: false, candidates: [] })
    expect((await explainPage(1, [])).passedOver).toBe(true)
  })

  it('says that the user pointed at it', async () => {
    shows({ candidates: [{ ...SMS, fields: [{ attributes: { name: 'code' }, labels: ['Gift card'] }] }] })
    const field = { boxes: 1, attributes: { name: 'code' } }
    const told = await explainPage(1, [entry('a', [SITE], { siteMemory: { [SITE]: { field } } })])
    expect(told.field).toMatchObject({ state: 'found' })
    expect(told.field.reasons[0]).toMatchObject({ about: 'taught' })
  })

  it('says why each account belongs to the page, or does not', async () => {
    const entries = [
      entry('a', [SITE]),
      entry('b', ['heronbank.com']),
      entry('c', ['https://o.example']),
      entry('d', []),
    ]
    expect((await explainPage(1, entries)).accounts).toEqual([
      { id: 'a', because: 'site' },
      { id: 'b', because: 'domain' },
      { id: 'c', because: 'other-site' },
      { id: 'd', because: 'no-site' },
    ])
  })

  it('knows nothing of a page that the browser keeps to itself', async () => {
    page.look = () => {
      throw new Error('not allowed')
    }
    expect(await explainPage(1, [entry('a', [SITE])])).toMatchObject({ origin: null, accounts: [] })
  })

  it('reports attributes alone', async () => {
    const { report } = await explainPage(1, [])
    expect(JSON.parse(report)).toEqual({
      id: 'report',
      kind: 'none',
      text: [],
      fields: [{ tag: 'input', name: 'otp', maxlength: '6' }],
      target: [0],
    })
  })
})
