// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetCredentials, forgetWhenIdle } from '../../src/ui/actions/admin'
import { preferences } from '../../src/ui/actions/preferences'
import { App } from '../../src/ui/admin/app'
import { credentials, log } from '../../src/ui/admin/state'
import { status } from '../../src/ui/state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { fillVault, fireEvent, screen, setStage, show, submit, textbox, type, waitFor, within } from './stage'

let state: FakeState

beforeEach(async () => {
  state = await setStage()
  fillVault(state)
  forgetCredentials()
  log.value = []
  preferences.adminPage.shown.value = true
})
afterEach(() => vi.useRealTimers())

async function open(): Promise<void> {
  await show(<App onRetry={() => undefined} />)
  type('Server address', 'https://core.example')
  type('User pool ID', 'demo-pool')
  type('User pool secret', 'demo-pool-secret')
  submit('Use these credentials')
  await screen.findByRole('button', { name: 'Forget them now' })
}

const section = (name: string) => within(screen.getByRole('region', { name }))
const enter = (within_: ReturnType<typeof section>, name: string, value: string) =>
  fireEvent.input(within_.getByRole('textbox', { name }), { target: { value } })

describe('the administrator page', () => {
  it('shows nothing while it is turned off (ADM-2)', async () => {
    preferences.adminPage.shown.value = false
    await show(<App onRetry={() => undefined} />)
    expect(await screen.findByText(/is turned off/)).toBeTruthy()
    expect(screen.queryByRole('textbox')).toBeNull()
    const opened = vi.fn()
    Object.assign(browser.runtime, { openOptionsPage: opened })
    fireEvent.click(screen.getByRole('button', { name: 'Options' }))
    expect(opened).toHaveBeenCalledOnce()
  })

  it('holds the pool’s secret in memory alone, and forgets it on demand and with the lock (ADM-2)', async () => {
    await open()
    expect(document.body.innerHTML).not.toContain('demo-pool-secret')
    const stop = forgetWhenIdle()
    status.value = 'locked'
    expect(credentials.value).toBeNull()
    stop()
  })

  it('forgets it after 15 minutes without use (ADM-2)', async () => {
    await open()
    vi.useFakeTimers()
    const stop = forgetWhenIdle()
    vi.advanceTimersByTime(14 * 60_000)
    window.dispatchEvent(new Event('keydown'))
    vi.advanceTimersByTime(14 * 60_000 + 59_000)
    expect(credentials.value).not.toBeNull()
    vi.advanceTimersByTime(6_000)
    expect(credentials.value).toBeNull()
    stop()
  })

  it('asks for the status of a user', async () => {
    await open()
    enter(section('Status of a user'), 'User ID', 'carol')
    submit('Ask status')
    expect(await screen.findByText('OTP: bound')).toBeTruthy()
    expect(screen.getByText('FACE: not bound')).toBeTruthy()
    expect(state.calls.at(-1)?.args[0]).toEqual({
      host: 'https://core.example',
      userPoolId: 'demo-pool',
      secret: 'demo-pool-secret',
    })
  })

  it('removes a second factor only with the user id typed twice (ADM-4)', async () => {
    await open()
    const removal = section("Remove a user's second factor")
    enter(removal, 'User ID', 'carol')
    enter(removal, 'User ID again', 'caro')
    submit('Remove second factor')
    expect(await screen.findByText('The two user IDs differ. Type them again.')).toBeTruthy()
    expect(state.calls.some(({ name }) => name === 'adminUnassociate')).toBe(false)
    enter(removal, 'User ID again', 'carol')
    submit('Remove second factor')
    await waitFor(() => expect(state.calls.at(-1)).toMatchObject({ name: 'adminUnassociate' }))
    expect(state.calls.at(-1)?.args.slice(1)).toEqual(['carol', 'OTP'])
  })

  it.each([
    ['JBSWY3DPEHPK3PXP', '80 bits'],
    ['not base32!', 'no Base32'],
  ])('refuses to import %s: %s (ADM-4)', async (secret) => {
    await open()
    const importing = section('Import a TOTP key')
    enter(importing, 'User ID', 'alice')
    enter(importing, 'User ID again', 'alice')
    enter(importing, 'Secret', secret)
    submit('Import key')
    expect(await screen.findByText(/at least 128 bits/)).toBeTruthy()
    expect(textbox('Secret').value).toBe(secret)
    expect(state.calls.some(({ name }) => name === 'adminImport')).toBe(false)
  })

  it('imports a key, shows its recovery code, and notes it without a secret (ADM-4)', async () => {
    await open()
    const importing = section('Import a TOTP key')
    enter(importing, 'User ID', 'alice')
    enter(importing, 'User ID again', 'alice')
    enter(importing, 'Secret', 'JBSWY3DPEHPK3PXPJBSWY3DPEH')
    submit('Import key')
    expect(await screen.findByText('aaaa-bbbb-cccc-dddd-eeee-0001')).toBeTruthy()
    expect(JSON.stringify(log.value)).not.toContain('JBSWY3')
    expect(textbox('Secret').value).toBe('')
  })
})
