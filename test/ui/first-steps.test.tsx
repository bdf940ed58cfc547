// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { settings } from '../../src/settings'
import { refreshAccounts } from '../../src/ui/actions/accounts'
import { lookAtToolbar } from '../../src/ui/actions/first-steps'
import { loadPreferences } from '../../src/ui/actions/preferences'
import { showFailure } from '../../src/ui/actions/attempt'
import { Cards } from '../../src/ui/popup/cards/cards'
import { FirstSteps } from '../../src/ui/popup/cards/first-steps'
import '../../src/ui/popup/cards/sheet-offer'
import { onToolbar } from '../../src/ui/first-steps-state'
import { backupReminder } from '../../src/ui/health-state'
import { toast } from '../../src/ui/state'
import { ways } from '../../src/ui/ways-state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { fillVault, press, screen, setStage, show, waitFor, within } from './stage'

let state: FakeState
const opened = vi.fn(async (_tab: { url: string }) => ({}))

beforeEach(async () => {
  state = await setStage()
  ways.value = null
  onToolbar.value = undefined
  backupReminder.value = false
  await browser.storage.local.clear()
  opened.mockClear()
  Object.assign(browser.tabs, { create: opened })
  Object.assign(browser, { action: { getUserSettings: async () => ({ isOnToolbar: false }) } })
  vi.stubGlobal('close', () => undefined)
})

async function draw(ticked: readonly ('pin' | 'tour')[] | null, ...accounts: readonly [string, string][]) {
  await settings.firstSteps.set(ticked)
  await loadPreferences()
  fillVault(state, ...accounts)
  await show(<Cards />)
}

const card = () => screen.findByRole('region', { name: 'First steps' })

describe('the first steps', () => {
  it('are there for an empty vault, each leading where it is done', async () => {
    await draw([])
    expect(within(await card()).queryByText(/^Done/)).toBeNull()
    for (const [name, address] of [
      ['Print a recovery sheet', '#recovery-sheet'],
      ['Bring your accounts', '#section-transfer'],
    ] as const) {
      press(name)
      await waitFor(() => expect(opened.mock.lastCall?.[0].url).toContain(address))
    }
  })

  it('lead to the code of the demo of the user’s choice by one press, in a tab', async () => {
    await draw([])
    const demos = within(within(await card()).getByRole('group', { name: 'Try it with a demo account' }))
    expect(demos.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'Demo Mail',
      'Demo Bank',
      'Demo Games',
    ])
    press('Demo Bank')
    await waitFor(() => expect(opened.mock.lastCall?.[0].url).toContain('?screen=tour'))
    expect(state.demo.shown?.kind).toBe('bank')
    expect(await settings.tourStep.get()).toBe(1)
  })

  it('say why no demo account could be made, and open no tab', async () => {
    state.failures.set('startDemo', new AppError('rpc/timed-out'))
    await draw([])
    await card()
    press('Demo Mail')
    await waitFor(() => expect(toast.value?.text).toContain('did not answer'))
    expect(opened).not.toHaveBeenCalled()
  })

  it('are ticked off as they are done, wherever that was', async () => {
    state.ways.sheet = { id: '5heet1', onPaper: true }
    await draw(['tour'], ['Acme', 'bob'])
    expect(within(await card()).getByText('Done: 3 of 4')).toBeTruthy()
    // With accounts to be shown they are folded up.
    expect(screen.queryByText('Bring your accounts')).toBeNull()
    press(/^First steps/)
    expect((await screen.findByText('Bring your accounts')).textContent).toContain('done')
    expect(screen.queryByRole('button', { name: 'Bring your accounts' })).toBeNull()
  })

  it('end by themselves once all is done', async () => {
    state.ways.sheet = { id: '5heet1', onPaper: true }
    await draw(['pin', 'tour'])
    await card()
    Object.assign(state, { entries: [] })
    fillVault(state, ['Acme', 'bob'])
    await refreshAccounts()
    await waitFor(() => expect(screen.queryByRole('region', { name: 'First steps' })).toBeNull())
  })

  it('are not shown once they were closed, and the sheet is not asked for again', async () => {
    await draw([])
    await card()
    press('Show the first steps no more')
    await waitFor(() => expect(screen.queryByRole('region', { name: 'First steps' })).toBeNull())
    expect(await settings.firstSteps.get()).toBeNull()
    fillVault(state, ['Acme', 'bob'])
    await refreshAccounts()
    expect(screen.queryByText(/A recovery sheet on paper can/)).toBeNull()
  })

  it('are for who made the vault on the first screen, not for others', async () => {
    await draw(null, ['Acme', 'bob'])
    expect(await screen.findByText(/A recovery sheet on paper can/)).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'First steps' })).toBeNull()
  })
})

describe('pinning', () => {
  const steps = async () => within(await card())

  it('is explained where the browser says that the button is not there', async () => {
    await draw([])
    await card()
    press('Pin Latchkey to the toolbar')
    expect((await steps()).getByText(/then the pin beside Latchkey/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'It is there' })).toBeNull()
  })

  it('is not asked of who has the button there', async () => {
    Object.assign(browser, { action: { getUserSettings: async () => ({ isOnToolbar: true }) } })
    await draw([])
    expect((await steps()).getByText('Bring your accounts')).toBeTruthy()
    expect(screen.queryByText('Pin Latchkey to the toolbar')).toBeNull()
  })

  it('is ticked off by the user where the browser does not say', async () => {
    Object.assign(browser, { action: {} })
    await draw([])
    await card()
    press('Pin Latchkey to the toolbar')
    press('It is there')
    expect(await (await steps()).findByText('Done: 1 of 4')).toBeTruthy()
    expect(await settings.firstSteps.get()).toEqual(['pin'])
  })

  it.each([
    [async () => ({ isOnToolbar: true }), true],
    [async () => ({}), null],
    [async () => Promise.reject(new Error('no')), null],
  ])('reads the answer of the browser %#', async (getUserSettings, expected) => {
    Object.assign(browser, { action: { getUserSettings } })
    await lookAtToolbar()
    expect(onToolbar.value).toBe(expected)
  })
})

describe('several cards', () => {
  it('stand behind the most important one, and come at a press', async () => {
    await draw(null, ['Acme', 'bob'])
    showFailure('damaged', new Error('lost'))
    backupReminder.value = true
    const more = await screen.findByRole('button', { name: 'Show 1 more' })
    const box = document.querySelector('.cards')
    expect(box?.firstElementChild?.getAttribute('role')).toBe('alert')
    expect(more.getAttribute('aria-expanded')).toBe('false')
    press('Show 1 more')
    await waitFor(() => expect(box?.classList.contains('open')).toBe(true))
    press('Show less')
    backupReminder.value = false
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Show/ })).toBeNull())
  })

  it('leave no empty box behind', async () => {
    await draw(null)
    await waitFor(() => expect(document.querySelector('.cards')?.hasAttribute('hidden')).toBe(true))
  })
})

it('shows nothing before it is known what is done', async () => {
  await settings.firstSteps.set([])
  await loadPreferences()
  state.failures.set('ways', new Error('silent') as never)
  fillVault(state)
  await show(<FirstSteps />)
  expect(screen.queryByRole('region', { name: 'First steps' })).toBeNull()
})
