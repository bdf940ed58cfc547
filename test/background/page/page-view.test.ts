import { beforeEach, describe, expect, it, vi } from 'vitest'
import { byRank, lookAtPage, matching } from '../../../src/background/page/page-view'
import type { Entry } from '../../../src/core/entry'
import type { SeenCandidate } from '../../../src/autofill/frame'
import { CODE_FIELD, frameReport } from '../../support/frame-report'

const SITE = 'https://login.heronbank.com'
const TAB = 7

const page = vi.hoisted(() => ({ origin: '', texts: [] as string[], lead: '', asked: 0 }))
vi.mock('../../../src/background/page/frames', () => ({
  lookIntoFrames: async () => [
    { frameId: 0, report: frameReport(page.origin, { candidates: [fieldAfter(page.lead)] }) },
  ],
  textsInTab: async () => {
    page.asked += 1
    return page.texts
  },
}))

beforeEach(() => {
  Object.assign(page, { origin: SITE, texts: [], lead: '', asked: 0 })
})

function fieldAfter(lead: string): SeenCandidate {
  const { around } = CODE_FIELD
  return { ...CODE_FIELD, around: around && { ...around, lead: `${lead}${around.lead}` } }
}

function entry(id: string, parts: Partial<Entry> = {}): Entry {
  return {
    id,
    type: 'totp',
    issuer: 'Heronbank',
    label: id,
    secret: new Uint8Array(20),
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    sites: [SITE],
    createdAt: 0,
    ...parts,
  }
}

describe('the order of accounts', () => {
  const widened = entry('wide', { sites: ['heronbank.com'], usedAt: 99 })
  const all = [widened, entry('alice'), entry('bob', { usedAt: 5 }), entry('carol', { usedAt: 9 })]
  const ids = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id)

  it('is by site, then by last use', () => {
    expect(ids(matching([...all, entry('x', { sites: ['https://other.example'] })], SITE))).toEqual([
      'carol',
      'bob',
      'alice',
      'wide',
    ])
  })

  it('is by site, then by the name that the page shows, then by last use', () => {
    expect(ids(byRank(all, SITE, ['Signed in as alice']))).toEqual(['alice', 'carol', 'bob', 'wide'])
    expect(ids(byRank(all, SITE, ['wide']))).toEqual(['carol', 'bob', 'alice', 'wide'])
  })

  it('takes a name around the code field rather than one elsewhere on the page', () => {
    const around = ['Enter the 6-digit code from your authenticator app for bob']
    expect(ids(byRank(all, SITE, ['Signed in as alice'], around))).toEqual(['bob', 'alice', 'carol', 'wide'])
    expect(ids(byRank(all, SITE, ['alice'], ['the code for bobby']))).toEqual(['alice', 'carol', 'bob', 'wide'])
  })

  it('reads what stands around the field of the page in front', async () => {
    page.texts = ['alice']
    page.lead = 'Enter the code from the authenticator app of bob. '
    expect((await lookAtPage(TAB, all)).matches).toEqual(['bob', 'alice', 'carol', 'wide'])
  })

  it('is that of the page in front', async () => {
    page.texts = ['Hello', 'bob']
    expect((await lookAtPage(TAB, all)).matches).toEqual(['bob', 'carol', 'alice', 'wide'])
  })

  it('asks the page for no text where there is nothing to choose', async () => {
    await lookAtPage(TAB, [entry('alice')])
    await lookAtPage(TAB, [])
    expect(page.asked).toBe(0)
  })
})

describe('a page to which no account belongs', () => {
  it('is named where it looks like the site of one', async () => {
    page.origin = 'https://login.hеronbank.com'
    const view = await lookAtPage(TAB, [entry('other', { sites: [] }), entry('alice')])
    expect(view).toMatchObject({ matches: [], lookAlike: { site: 'login.heronbank.com', kind: 'letters' } })
    expect(view).not.toHaveProperty('widenable')
  })

  it('may be given the accounts of its domain', async () => {
    page.origin = 'https://www.heronbank.com'
    const view = await lookAtPage(TAB, [entry('alice'), entry('other', { sites: ['https://other.example'] })])
    expect(view).toMatchObject({ domain: 'heronbank.com', matches: [], widenable: ['alice'] })
    expect(view).not.toHaveProperty('lookAlike')
  })

  it('is never offered the accounts of another tenant (FIL-2)', async () => {
    page.origin = 'https://two.authing.cn'
    const view = await lookAtPage(TAB, [entry('alice', { sites: ['https://one.authing.cn'] })])
    expect(view).toMatchObject({ domain: null, matches: [], lookAlike: { site: 'one.authing.cn', kind: 'tenant' } })
    expect(view).not.toHaveProperty('widenable')
  })

  it('is neither warned of nor offered anything else', async () => {
    page.origin = 'https://somewhere.example'
    expect(Object.keys(await lookAtPage(TAB, [entry('alice')])).toSorted()).toEqual([
      'domain',
      'hasCodeField',
      'matches',
      'origin',
    ])
  })
})
