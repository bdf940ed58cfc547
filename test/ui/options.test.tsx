// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { refreshAccounts } from '../../src/ui/actions/accounts'
import { loadPreferences } from '../../src/ui/actions/preferences'
import { loadServers } from '../../src/ui/actions/servers'
import { App } from '../../src/ui/options/app'
import { recoveryToKeep, typedRecoveryAt } from '../../src/ui/flow-state'
import { loadLanguage } from '../../src/i18n/catalogue'
import { now, shownLanguage } from '../../src/ui/state'
import { act } from '@testing-library/preact'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import {
  PASSPHRASE,
  button,
  fillVault,
  fireEvent,
  press,
  screen,
  setStage,
  show,
  submit,
  textbox,
  type,
  waitFor,
  within,
} from './stage'

let state: FakeState

let resized: ResizeObserverCallback | null
vi.stubGlobal(
  'ResizeObserver',
  class {
    constructor(changed: ResizeObserverCallback) {
      resized = changed
    }
    observe(): void {}
    disconnect(): void {}
  },
)

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  await browser.storage.local.clear()
  await show(<App onRetry={() => undefined} />)
  await loadServers()
})

async function addServer(address = 'https://demo.example:8443'): Promise<void> {
  type('Server address', address)
  type('Application ID', 'demo-app')
  submit('Add server')
  await screen.findByRole('button', { name: 'Sign in' })
}

async function signIn(account: string, password = `${account}-Passw0rd`): Promise<void> {
  await screen.findByLabelText('Account', { selector: 'input' })
  type('Account', account)
  type('Password', password)
  submit('Sign in')
  await waitFor(() => expect(state.calls.some(({ name }) => name === 'signIn')).toBe(true))
}

describe('adding a server', () => {
  it('asks the browser for the origin without its port, first of all, then adds it', async () => {
    const asked = vi.spyOn(browser.permissions, 'request')
    type('Server address', ' https://demo.example:8443/ ')
    type('Application ID', 'demo-app')
    submit('Add server')
    // In the same turn as the click: the browser would refuse it later.
    expect(asked.mock.calls).toEqual([[{ origins: ['https://demo.example/*'] }]])
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeTruthy()
    expect(state.servers[0]).toMatchObject({ appHost: 'https://demo.example:8443/', appId: 'demo-app' })
    asked.mockRestore()
  })

  it('says so when the user refuses, and keeps what was typed', async () => {
    const asked = vi.spyOn(browser.permissions, 'request').mockResolvedValue(false)
    type('Server address', 'https://demo.example')
    type('Application ID', 'demo-app')
    submit('Add server')
    expect((await screen.findByRole('alert')).textContent).toContain('Allow it when the browser asks')
    expect(textbox('Server address').value).toBe('https://demo.example')
    expect(state.servers).toEqual([])
    asked.mockRestore()
  })

  it('names the fields that are missing', async () => {
    submit('Add server')
    expect(await screen.findByText('Enter an address that begins with https://.')).toBeTruthy()
    expect(screen.getByText('Fill in this field.')).toBeTruthy()
  })
})

describe('signing in', () => {
  it('says that the password is wrong and keeps the account', async () => {
    await addServer()
    await signIn('bob', 'nope')
    expect((await screen.findByRole('alert')).textContent).toContain('Account or password is wrong')
    expect(textbox('Account').value).toBe('bob')
  })

  it('sends a code only to what is the user’s own, then verifies it', async () => {
    await addServer()
    await signIn('dave')
    const sms = within(await screen.findByRole('region', { name: 'Text message' }))
    const phone = sms.getByRole<HTMLInputElement>('textbox', { name: 'Phone' })
    expect(phone.value).toBe('13800000004')
    fireEvent.input(phone, { target: { value: '13900000000' } })
    fireEvent.submit(phone.form as HTMLFormElement)
    expect((await screen.findByRole('alert')).textContent).toContain('belongs to another user')
    expect(state.calls.some(({ name }) => name === 'sendDelivered')).toBe(false)
    fireEvent.input(phone, { target: { value: '13800000004' } })
    fireEvent.submit(phone.form as HTMLFormElement)
    await screen.findByRole('textbox', { name: 'Verification code' })
    type('Verification code', '0000')
    submit('Verify')
    expect(await screen.findByText(/Check it, or send a new one/)).toBeTruthy()
    expect(textbox('Verification code').value).toBe('0000')
    type('Verification code', '4321')
    submit('Verify')
    expect(await screen.findByRole('button', { name: 'Sign out' })).toBeTruthy()
  })
})

describe('a code by text message', () => {
  const sms = async () => within(await screen.findByRole('region', { name: 'Text message' }))

  beforeEach(async () => {
    await addServer()
    await signIn('dave')
  })

  it.each([
    ['', undefined],
    ['+86', undefined],
    ['0086', undefined],
    ['1', '+1'],
    [' +44 ', '+44'],
    ['00 49', '+49'],
  ])('with the country code %j is sent with %j', async (typed, sent) => {
    const { getByRole } = await sms()
    const country = getByRole<HTMLInputElement>('textbox', { name: 'Country code' })
    fireEvent.input(country, { target: { value: typed } })
    fireEvent.submit(country.form as HTMLFormElement)
    await screen.findByRole('textbox', { name: 'Verification code' })
    const to = state.calls.find(({ name }) => name === 'sendDelivered')?.args[1]
    expect(to).toEqual({ phone: '13800000004', ...(sent ? { phoneCountryCode: sent } : {}) })
    type('Verification code', '4321')
    submit('Verify')
    await screen.findByRole('button', { name: 'Sign out' })
    expect(state.calls.find(({ name }) => name === 'verifyDelivered')?.args[1]).toEqual(to)
  })

  it('is not sent with what is no country code', async () => {
    const country = (await sms()).getByRole<HTMLInputElement>('textbox', { name: 'Country code' })
    fireEvent.input(country, { target: { value: 'China' } })
    fireEvent.submit(country.form as HTMLFormElement)
    expect(await screen.findByText('Enter a country code such as +1, or leave it empty.')).toBeTruthy()
    expect(state.calls.some(({ name }) => name === 'sendDelivered')).toBe(false)
  })
})

describe('a sign-in whose time is over', () => {
  it('offers nothing but to start over', async () => {
    await addServer()
    await signIn('dave')
    await screen.findByRole('textbox', { name: 'Phone' })
    now.value = Date.now() + 361_000
    expect(await screen.findByText(/The time for this sign-in is over/)).toBeTruthy()
    expect(screen.queryByRole('textbox', { name: 'Phone' })).toBeNull()
    now.value = Date.now() + 361_000
    press('Start over')
    expect(await screen.findByRole('button', { name: 'Sign in' })).toBeTruthy()
  })

  it('says the same when the server knew first', async () => {
    await addServer()
    await signIn('dave')
    const phone = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Phone' })
    state.failures.set('sendDelivered', new AppError('mfa/login-expired'))
    fireEvent.submit(phone.form as HTMLFormElement)
    expect((await screen.findByRole('alert')).textContent).toContain('Sign in again')
    expect(screen.queryByRole('textbox', { name: 'Phone' })).toBeNull()
    expect(button('Start over')).toBeTruthy()
  })
})

describe('a clock that is off (OTP-2)', () => {
  it.each([
    [0, false],
    [5, false],
    [6, true],
  ])('by %i s is said: %s', async (clockOffSeconds, said) => {
    await addServer()
    Object.assign(state.servers[0] ?? {}, { clockOffSeconds })
    await loadServers()
    expect(screen.queryByText(new RegExp(`about ${clockOffSeconds} s off this server`)) !== null).toBe(said)
  })

  const off = async (ahead: number, corrected: number | null = null): Promise<void> => {
    await addServer()
    const clock = { clockOffSeconds: Math.abs(ahead), clockAheadSeconds: ahead, correctedBySeconds: corrected }
    Object.assign(state.servers[0] ?? {}, clock)
    await loadServers()
  }
  const corrections = () => state.calls.filter(({ name }) => name === 'correctClock').map(({ args }) => args[1])

  it.each([300, -300, 600])('by %i s is corrected on request', async (ahead) => {
    await off(ahead)
    fireEvent.click(await screen.findByRole('button', { name: `Correct codes by ${Math.abs(ahead)} s` }))
    expect(await screen.findByText(/are made \d+ s off this computer's clock/)).toBeTruthy()
    expect(corrections()).toEqual([ahead])
    press('Stop correcting')
    await waitFor(() => expect(corrections()).toEqual([ahead, null]))
  })

  it('is corrected by more than 10 minutes only after another question', async () => {
    await off(601)
    fireEvent.click(await screen.findByRole('button', { name: 'Correct codes by 601 s' }))
    const question = within(await screen.findByRole('alertdialog', { name: 'Correct by more than 10 minutes?' }))
    expect(corrections()).toEqual([])
    fireEvent.click(question.getByRole('button', { name: 'Correct codes by 601 s' }))
    await waitFor(() => expect(corrections()).toEqual([601]))
  })

  it('is said again where the correction is not right any more', async () => {
    await off(0, 300)
    expect(await screen.findByRole('button', { name: 'Stop correcting' })).toBeTruthy()
    expect(screen.queryByText(/are made 300 s off/)).toBeNull()
  })

  it('that cannot be told exactly enough is said so', async () => {
    await off(300)
    state.failures.set('correctClock', new AppError('mfa/clock-unsure'))
    fireEvent.click(await screen.findByRole('button', { name: 'Correct codes by 300 s' }))
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be told exactly enough')
  })

  it('is offered to be corrected beside a confirmation that it refused', async () => {
    await addServer()
    await signIn('bob')
    fireEvent.click(await screen.findByRole('button', { name: 'Bind' }))
    const confirm = await screen.findByRole('button', { name: 'Confirm' })
    state.failures.set('confirmBinding', new AppError('mfa/clock-wrong', { seconds: 300 }))
    Object.assign(state.servers[0] ?? {}, { clockOffSeconds: 300, clockAheadSeconds: 300 })
    fireEvent.click(confirm)
    const factors = within(await screen.findByRole('region', { name: /^Second factors .* demo-app$/ }))
    fireEvent.click(await factors.findByRole('button', { name: 'Correct codes by 300 s' }))
    await waitFor(() => expect(corrections()).toEqual([300]))
  })

  it('is measured anew before a refused confirmation is tried again', async () => {
    await addServer()
    await signIn('bob')
    fireEvent.click(await screen.findByRole('button', { name: 'Bind' }))
    const confirm = await screen.findByRole('button', { name: 'Confirm' })
    state.failures.set('confirmBinding', new AppError('mfa/clock-wrong', { seconds: 300 }))
    fireEvent.click(confirm)
    expect((await screen.findByRole('alert')).textContent).toContain('is 300 s off the server’s'.replace('’', "'"))
    const before = state.calls.length
    press('Try again')
    expect(await screen.findByRole('heading', { name: 'Your new recovery code' })).toBeTruthy()
    const calls = state.calls.slice(before).map(({ name }) => name)
    expect(calls.slice(0, 2)).toEqual(['factors', 'confirmBinding'])
  })
})

describe('binding', () => {
  beforeEach(async () => {
    await addServer()
    await signIn('bob')
    fireEvent.click(await screen.findByRole('button', { name: 'Bind' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Confirm' }))
    await screen.findByRole('heading', { name: 'Your new recovery code' })
  })

  it('shows the recovery code until the user has written it down (BND-6)', async () => {
    expect(screen.getByText('aaaa-bbbb-cccc-dddd-eeee-0001')).toBeTruthy()
    await loadServers()
    expect(recoveryToKeep.value?.code).toBe('aaaa-bbbb-cccc-dddd-eeee-0001')
    press('I have written it down')
    await waitFor(() => expect(screen.queryByText('aaaa-bbbb-cccc-dddd-eeee-0001')).toBeNull())
  })

  it('unbinds only after a question; the account is then in the trash (BND-7)', async () => {
    fireEvent.click(await screen.findByRole('button', { name: 'Unbind' }))
    const question = within(await screen.findByRole('alertdialog', { name: 'Unbind this second factor?' }))
    expect(state.calls.some(({ name }) => name === 'unbind')).toBe(false)
    fireEvent.click(question.getByRole('button', { name: 'Unbind' }))
    expect(await screen.findByRole('button', { name: 'Restore' })).toBeTruthy()
  })

  it('signs in again with a stored account, after a wait for a fresh code (BND-10)', async () => {
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }))
    await signIn('bob')
    const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Account to use' })
    expect(choice.selectedOptions[0]?.textContent).toBe('Demo bob')
    submit('Verify')
    expect(await screen.findByRole('button', { name: 'Sign out' })).toBeTruthy()
  })

  it('takes a recovery code, empty for the one kept, and shows the new one (BND-6)', async () => {
    press('I have written it down')
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }))
    await signIn('bob')
    await screen.findByRole('button', { name: 'Use recovery code' })
    type('Recovery code', 'wrong')
    submit('Use recovery code')
    expect(await screen.findByText(/did not take this/)).toBeTruthy()
    type('Recovery code', '')
    submit('Use recovery code')
    expect(await screen.findByText('aaaa-bbbb-cccc-dddd-eeee-0002')).toBeTruthy()
  })

  it('shows an unknown outcome as unknown and asks the server (BND-4)', async () => {
    const [entry] = state.entries.filter(({ binding }) => binding)
    if (entry?.binding) entry.binding.phase = 'confirming'
    await show(<App onRetry={() => undefined} />)
    fireEvent.click((await screen.findAllByRole('button', { name: 'Check again' }))[0] as HTMLElement)
    await waitFor(() => expect(state.calls.some(({ name }) => name === 'settleBinding')).toBe(true))
  })
})

describe('what server and vault have', () => {
  async function signedIn(): Promise<void> {
    await addServer()
    Object.assign(state.servers[0] ?? {}, { signedIn: true, account: 'carol' })
    await refreshAccounts()
    await loadServers()
  }
  const boundEntry = (id: string, phase: 'bound' | 'associated' | 'confirming') => {
    const binding = { serverId: 'server-0', account: 'carol', userId: 'carol', phase }
    const [first] = state.entries
    if (first) state.entries.push({ ...first, id, label: id, secret: new Uint8Array(20).fill(9), binding })
  }
  const missing = { id: 'f9', enabled: true, createdAt: '', entryId: null }

  it('bound there, missing here: is adopted, and its codes are here', async () => {
    state.reconciled.listed = [missing]
    await signedIn()
    expect(await screen.findByText('Bound there, missing here')).toBeTruthy()
    fireEvent.click(await screen.findByRole('button', { name: 'Adopt' }))
    expect(await screen.findByText('Stored. Its codes are in the list now.')).toBeTruthy()
    expect(state.calls.find(({ name }) => name === 'adopt')?.args).toEqual(['server-0', 'f9'])
    await waitFor(() => expect(screen.queryByText('Bound there, missing here')).toBeNull())
    expect(document.body.textContent).not.toContain('aaaa-bbbb-cccc-dddd-eeee-0001')
  })

  it('different secrets: says so, adopts beside, and leaves the other to the user', async () => {
    boundEntry('older', 'bound')
    state.reconciled = { listed: [missing], notThere: ['older'] }
    await signedIn()
    expect(await screen.findByText(/asks for codes of another secret/)).toBeTruthy()
    fireEvent.click(await screen.findByRole('button', { name: 'Adopt' }))
    await waitFor(() => expect(state.entries.map(({ id }) => id)).toEqual(['id-0', 'older', 'adopted-f9']))
    expect(await screen.findByText('Here, not bound there')).toBeTruthy()
  })

  it('here, not bound there: is kept as a plain account', async () => {
    boundEntry('older', 'bound')
    state.reconciled.notThere = ['older']
    await signedIn()
    expect(screen.queryByRole('button', { name: 'Unbind' })).toBeNull()
    fireEvent.click(await screen.findByRole('button', { name: 'Keep as a plain account' }))
    expect(await screen.findByText('Kept as a plain account.')).toBeTruthy()
    expect(state.calls.find(({ name }) => name === 'letGo')?.args).toEqual(['older', 'plain'])
  })

  it('here, not bound there: goes to the trash, and back by `Undo`', async () => {
    boundEntry('older', 'confirming')
    state.reconciled.notThere = ['older']
    await signedIn()
    fireEvent.click(await screen.findByRole('button', { name: 'Move to the trash' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(state.calls.some(({ name }) => name === 'restoreEntry')).toBe(true))
  })

  it('begun here and nobody signed in: says what to do (BND-12)', async () => {
    boundEntry('older', 'confirming')
    await addServer()
    await show(<App onRetry={() => undefined} />)
    expect((await screen.findAllByText(/Sign in to this server to go on/)).length).toBeGreaterThan(0)
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull()
  })
})

describe('a recovery code that was typed', () => {
  const typed = () => textbox('Recovery code').value

  beforeEach(async () => {
    state.bound.set('bob', 'id-0')
    await addServer()
    await signIn('bob')
    await screen.findByRole('button', { name: 'Use recovery code' })
    type('Recovery code', 'aaaa-bbbb-cccc')
  })

  it('is still there after the sign-in has expired and another one began', async () => {
    now.value = Date.now() + 361_000
    await screen.findByText(/The time for this sign-in is over/)
    press('Start over')
    await screen.findByRole('button', { name: 'Sign in' })
    now.value = Date.now()
    await signIn('bob')
    await screen.findByRole('button', { name: 'Use recovery code' })
    expect(typed()).toBe('aaaa-bbbb-cccc')
  })

  it('is gone once it was spent, and with the lock (KEY-8)', async () => {
    type('Recovery code', 'aaaa-bbbb-cccc-dddd-eeee-0001')
    submit('Use recovery code')
    await screen.findByText('aaaa-bbbb-cccc-dddd-eeee-0002')
    expect(typedRecoveryAt('server-0').value).toBe('')
    typedRecoveryAt('server-0').value = 'typed'
    press('Lock now')
    await screen.findByRole('button', { name: 'Unlock' })
    expect(typedRecoveryAt('server-0').value).toBe('')
  })
})

describe('security', () => {
  it('changes the passphrase', async () => {
    type('Current passphrase', PASSPHRASE)
    type('New passphrase', 'an even better one')
    type('Repeat new passphrase', 'an even better one')
    fireEvent.submit(textbox('Current passphrase').form as HTMLFormElement)
    expect(await screen.findByText('The passphrase was changed.')).toBeTruthy()
    expect(state.passphrase).toBe('an even better one')
    expect(textbox('New passphrase').value).toBe('')
  })

  it('says that the current one is wrong', async () => {
    state.failures.set('changePassphrase', new AppError('vault/wrong-passphrase'))
    type('Current passphrase', 'nope nope')
    type('New passphrase', 'an even better one')
    type('Repeat new passphrase', 'an even better one')
    fireEvent.submit(textbox('Current passphrase').form as HTMLFormElement)
    expect((await screen.findByRole('alert')).textContent).toContain('not the passphrase')
  })

  it('keeps the administrator page off until it is turned on, warned (ADM-2)', async () => {
    await loadPreferences()
    const box = screen.getByRole<HTMLInputElement>('switch', { name: 'Show the administrator page' })
    expect(box.checked).toBe(false)
    expect(screen.queryByRole('button', { name: 'Open administrator page' })).toBeNull()
    fireEvent.click(box)
    expect(await screen.findByRole('button', { name: 'Open administrator page' })).toBeTruthy()
    expect(await browser.storage.local.get('adminPage')).toEqual({ adminPage: true })
  })

  it('stores a choice at once', async () => {
    await loadPreferences()
    fireEvent.change(screen.getByRole('combobox', { name: 'Lock when unused for' }), { target: { value: '5' } })
    await waitFor(async () =>
      expect(await browser.storage.local.get('autoLockMinutes')).toEqual({ autoLockMinutes: 5 }),
    )
  })
})

describe('the way to a section', () => {
  const heights: Record<string, number> = { security: -900, accounts: -20, sites: 90, about: 4000 }

  it('shows which one is being read', async () => {
    const links = within(screen.getByRole('navigation', { name: 'Sections' }))
    for (const heading of document.querySelectorAll<HTMLElement>('.section h2')) {
      const name = heading.id.slice('section-'.length)
      heading.getBoundingClientRect = () => ({ top: heights[name] ?? 5000 }) as DOMRect
    }
    vi.spyOn(document.documentElement, 'clientHeight', 'get').mockReturnValue(800)
    vi.spyOn(document.documentElement, 'scrollHeight', 'get').mockReturnValue(6000)
    const current = () => links.getAllByRole('link', { current: true }).map(({ textContent }) => textContent)
    fireEvent.scroll(window)
    await waitFor(() => expect(current()).toEqual(['Sites']))
    heights['sites'] = 143
    fireEvent.scroll(window)
    await waitFor(() => expect(current()).toEqual(['Accounts']))
    // What is above it folds, and nobody scrolls.
    heights['sites'] = 40
    await act(() => resized?.([], {} as ResizeObserver))
    expect(current()).toEqual(['Sites'])
    vi.restoreAllMocks()
  })
})

describe('another language', () => {
  it('is shown at once, and loses nothing that is typed or open', async () => {
    type('Server address', 'https://half.example')
    const typed = textbox('Server address')
    await act(async () => {
      await loadLanguage('zh_CN')
      shownLanguage.value = 'zh_CN'
    })
    expect(await screen.findByRole('heading', { name: '安全' })).toBeTruthy()
    expect(screen.queryByText('Security')).toBeNull()
    expect(typed.isConnected).toBe(true)
    expect(textbox('服务器地址').value).toBe('https://half.example')
  })
})

describe('while locked', () => {
  it('shows no server, no account, and asks for the passphrase', async () => {
    await addServer()
    press('Lock now')
    expect(await screen.findByRole('button', { name: 'Unlock' })).toBeTruthy()
    expect(document.body.textContent).not.toContain('demo.example')
    expect(screen.getByRole('heading', { name: 'Appearance' })).toBeTruthy()
    expect(button('Unlock')).toBeTruthy()
  })
})
