// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import browser from '../support/fake-browser'
import { CONCEPTS, PLACES, SHAPES, type FieldReason } from '../../src/core/code-field'
import type { PageView } from '../../src/rpc/fill-calls'
import { Sites } from '../../src/ui/options/sites'
import { App } from '../../src/ui/popup/app'
import { reasonText } from '../../src/ui/popup/site/reason-text'
import { lookAtTab } from '../../src/ui/actions/page'
import type { FakeState } from './fake-background'
import { button, fillVault, press, screen, setStage, show, waitFor } from './stage'

const SITE = 'https://login.heronbank.com'
const PAGE: PageView = { origin: SITE, domain: 'heronbank.com', hasCodeField: true, matches: [] }

let state: FakeState

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Heronbank', 'alice'], ['Other', 'bob'])
  Object.assign(browser, {
    tabs: { ...browser.tabs, getCurrent: async () => undefined, query: async () => [{ id: 7 }] },
  })
})

async function popup(page: Partial<PageView>): Promise<void> {
  state.page = { ...PAGE, ...page }
  await show(<App onRetry={() => undefined} />)
  await lookAtTab()
}

describe('why it did (not) fill here', () => {
  it('tells what was decided, for and against, and which accounts belong here', async () => {
    state.explanation = {
      origin: SITE,
      field: {
        state: 'unlikely',
        boxes: 1,
        reasons: [
          { about: 'delivered', place: 'label', weight: -18 },
          { about: 'sixLong', weight: 2 },
        ],
      },
      inStrangeFrame: true,
      passedOver: true,
      accounts: [
        { id: 'id-0', because: 'site' },
        { id: 'id-1', because: 'other-site' },
      ],
      report: '{"fields":[]}',
    }
    await popup({ matches: ['id-0'] })
    await screen.findByRole('button', { name: 'Why did it (not) fill here?' })
    press('Why did it (not) fill here?')
    await screen.findByText('No field on this page looks like', { exact: false })
    expect(screen.getByText('The code is sent by message, e-mail or call (in its label)')).toBeTruthy()
    expect(screen.getByText('It takes exactly six characters')).toBeTruthy()
    expect(screen.getByText('A code field stands in a frame of another site', { exact: false })).toBeTruthy()
    expect(screen.getByText('Heronbank alice belongs to this site.')).toBeTruthy()
    expect(screen.getByText('Accounts that belong to other sites: 1')).toBeTruthy()
  })

  it('lets the user point at the field, and copies a report', async () => {
    state.explanation = {
      ...state.explanation,
      origin: SITE,
      accounts: [{ id: 'id-0', because: 'site' }],
      report: 'the report',
    }
    const written: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (words) => void written.push(words))
    const close = vi.spyOn(window, 'close').mockImplementation(() => undefined)
    await popup({ matches: ['id-0'] })
    await screen.findByRole('button', { name: 'Why did it (not) fill here?' })
    press('Why did it (not) fill here?')
    await screen.findByRole('button', { name: 'Copy a report' })
    press('Copy a report')
    await waitFor(() => expect(written).toEqual(['the report']))
    press('Point at the field')
    await waitFor(() => expect(state.calls.some(({ name }) => name === 'pickField')).toBe(true))
    await waitFor(() => expect(close).toHaveBeenCalled())
  })

  it('is there for a page without an account, but does not let him point in vain', async () => {
    state.explanation = { ...state.explanation, origin: SITE, accounts: [{ id: 'id-1', because: 'no-site' }] }
    await popup({ hasCodeField: false })
    await screen.findByRole('button', { name: 'Why is nothing filled here?' })
    press('Why is nothing filled here?')
    await screen.findByText('There is no field on this page that could take a code.')
    expect(screen.getByText('Accounts without a site: 1')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Point at the field' })).toBeNull()
  })

  it('is not there where the browser lets nobody look', async () => {
    await popup({ origin: null })
    expect(screen.queryByText('Why is nothing filled here?')).toBeNull()
  })

  it('has words for every reason', () => {
    const reasons: FieldReason[] = [
      ...SHAPES.map((about) => ({ about, weight: 1 })),
      ...CONCEPTS.flatMap((about) => PLACES.map((place) => ({ about, place, weight: 1 }))),
    ]
    const texts = reasons.map(reasonText)
    expect(texts.filter((text) => text.length < 10)).toEqual([])
    expect(new Set(texts).size).toBe(texts.length)
  })
})

describe('a page that looks like the site of an account (FIL-2)', () => {
  it('is named in a warning, and nothing is offered', async () => {
    await popup({
      origin: 'https://login.herombank.com',
      lookAlike: { site: 'login.heronbank.com', kind: 'near-miss' },
    })
    await screen.findByRole('alert')
    expect(screen.getByText('This is not login.heronbank.com')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Use an account here' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Fill code' })).toBeNull()
  })
})

describe('a host of a domain of which another host has an account', () => {
  it('may be given it on all of the domain', async () => {
    Object.assign(state.entries[0] ?? expect.unreachable(), { sites: [SITE] })
    await popup({ origin: 'https://www.heronbank.com', widenable: ['id-0'] })
    await screen.findByText('Heronbank alice belongs to login.heronbank.com.')
    await new Promise((resolve) => setTimeout(resolve, 450))
    press('Use on all of heronbank.com')
    await waitFor(() =>
      expect(state.calls).toContainEqual({ name: 'widenSite', args: ['id-0', 'https://www.heronbank.com'] }),
    )
  })
})

describe('the sites in the options', () => {
  it('are listed with what is remembered of them, which can be forgotten', async () => {
    state.sites = [
      { origin: SITE, hasField: true, submit: false, hint: false },
      { origin: 'https://other.example', hasField: false, submit: false, hint: false },
    ]
    await show(<Sites />)
    await screen.findByText('login.heronbank.com')
    expect(screen.getAllByLabelText(/^Show a hint beside code fields/)).toHaveLength(2)
    expect(screen.getAllByRole('switch').map((box) => (box as HTMLInputElement).checked)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(screen.getAllByRole('button')).toHaveLength(1)
    press('Forget')
    await waitFor(() => expect(state.calls).toContainEqual({ name: 'forgetSite', args: [SITE] }))
    await waitFor(() => expect(screen.queryByRole('button')).toBeNull())
  })

  it('send forms only where the user says so', async () => {
    state.sites = [{ origin: SITE, hasField: false, submit: false, hint: false }]
    await show(<Sites />)
    const box = await screen.findByRole('switch', { name: 'Send the form after filling' })
    box.click()
    await waitFor(() => expect(state.calls).toContainEqual({ name: 'setAutoSubmit', args: [SITE, true] }))
    await waitFor(() => expect(button('Forget')).toBeTruthy())
  })

  it('say so where there are none', async () => {
    await show(<Sites />)
    await screen.findByText('No account belongs to a site yet.')
  })
})
