// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { settings } from '../../src/settings'
import { forgetAccounts } from '../../src/ui/actions/forget'
import { loadPreferences } from '../../src/ui/actions/preferences'
import { Tour } from '../../src/ui/popup/tour/tour'
import { now } from '../../src/ui/state'
import { demo, tourEnded } from '../../src/ui/tour-state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { fillVault, press, screen, setStage, show, submit, textbox, type, waitFor } from './stage'

let state: FakeState

beforeEach(async () => {
  state = await setStage()
  tourEnded.value = false
  await browser.storage.local.clear()
  await browser.storage.session.clear()
  await settings.firstSteps.set([])
  await loadPreferences()
  fillVault(state)
  await show(<Tour />)
})

async function toFilling(): Promise<void> {
  press(/^.?Demo Bank/)
  await screen.findByText('Step 1 of 2')
  press('Next')
  await screen.findByText('Step 2 of 2')
}

describe('the tour', () => {
  it('makes the account of the user’s choice, fills its code into a page of ours, and is signed in', async () => {
    press(/^.?Demo Games/)
    expect(await screen.findByRole('article', { name: 'Demo Games' })).toBeTruthy()
    expect(state.demo.shown?.kind).toBe('games')
    press('Next')
    await screen.findByText('Step 2 of 2')
    press('Fill code')
    await waitFor(() => expect(textbox('Sign-in code').value).toBe('481902'))
    submit('Sign in')
    expect(await screen.findByText('Signed in. That is all there is to it.')).toBeTruthy()
  })

  it('does not take another code, and says what to do', async () => {
    await toFilling()
    type('Sign-in code', '000000')
    submit('Sign in')
    expect(await screen.findByText('This is not the code of the moment. Fill it in once more.')).toBeTruthy()
    press('Fill code')
    submit('Sign in')
    expect(await screen.findByText('Signed in. That is all there is to it.')).toBeTruthy()
  })

  it('removes the account with one press at any step, ticks the step off, and says that it is gone', async () => {
    await toFilling()
    press('Remove the demo account')
    expect(await screen.findByText('The demo account is gone. Nothing of it was kept.')).toBeTruthy()
    expect(state.demo.shown).toBeNull()
    expect(await settings.firstSteps.get()).toEqual(['tour'])
    expect(state.entries).toEqual([])
  })

  it('goes on where it was left', async () => {
    await toFilling()
    await setStage().then((fresh) => Object.assign(fresh.demo, state.demo))
    await show(<Tour />)
    expect(await screen.findByText('Step 2 of 2')).toBeTruthy()
  })

  it('shows the next code when the old one has ended', async () => {
    press(/^.?Demo Mail/)
    await screen.findByText('Step 1 of 2')
    const ended = state.demo.shown?.validUntil ?? 0
    state.demo.shown = { kind: 'mail', code: '112233', validFrom: ended, validUntil: ended + 30_000 }
    now.value = ended
    await waitFor(() => expect(demo.value?.code).toBe('112233'))
  })

  it('shows why nothing came of it, and nothing of the account behind the lock (KEY-8)', async () => {
    state.failures.set('startDemo', new AppError('rpc/timed-out'))
    press(/^.?Demo Mail/)
    expect((await screen.findByRole('alert')).textContent).toContain('did not answer')
    press(/^.?Demo Mail/)
    await screen.findByText('Step 1 of 2')
    forgetAccounts()
    expect(demo.value).toBeNull()
  })

  it('closes the tab it was opened in', async () => {
    const remove = vi.fn(async (_tabId: number) => undefined)
    Object.assign(browser.tabs, { getCurrent: async () => ({ id: 5 }), remove })
    press('Back')
    await waitFor(() => expect(remove).toHaveBeenCalledWith(5))
  })
})
