// @vitest-environment happy-dom
import { act } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { loadPreferences } from '../../src/ui/actions/preferences'
import { loadWays } from '../../src/ui/actions/ways'
import { Gate } from '../../src/ui/gate/gate'
import { App } from '../../src/ui/options/app'
import { Offers } from '../../src/ui/popup/cards/offers'
import { passkeysPossible, ways } from '../../src/ui/ways-state'
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

const NEXT = 'an even better one'
const removed = vi.fn(async (_tabId: number) => undefined)
const locked = () => <Gate onRetry={() => undefined}>{() => 'the accounts'}</Gate>
const sent = (name: string) => state.calls.filter((call) => call.name === name)

beforeEach(async () => {
  state = await setStage()
  ways.value = null
  passkeysPossible.value = null
  await browser.storage.local.clear()
  // A tab of its own, as far as the pages can tell.
  Object.assign(browser.tabs, { getCurrent: async () => ({ id: 3 }), remove: removed })
  removed.mockClear()
})
afterEach(() => {
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

async function showOptions(): Promise<void> {
  fillVault(state, ['Acme', 'bob'])
  await show(<App onRetry={() => undefined} />)
  await loadWays()
}

async function showLocked(): Promise<void> {
  fillVault(state, ['Acme', 'bob'])
  state.unlocked = false
  await show(locked())
}

const withSheet = () => {
  state.ways.sheet = { id: '5heet9', onPaper: true }
  state.ways.sheetCode = 'ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567'
}
const withPasskey = () => (state.ways.passkeys = [{ id: 'pa55key', credentialId: 'Y3JlZA==', prfInput: 'cHJm' }])

/** A browser whose one device answers, or refuses by name. */
function stubDevice(answer: { prf?: object; refusal?: string } = {}): {
  create: unknown
  get: ReturnType<typeof vi.fn>
} {
  const respond = async (options: CredentialCreationOptions) => {
    const { mediation } = options as CredentialRequestOptions
    if (mediation === 'conditional') throw new DOMException('', answer.refusal ?? 'AbortError')
    if (answer.refusal) throw new DOMException('', answer.refusal)
    const prf = answer.prf ?? { enabled: true, results: { first: new Uint8Array(32).fill(9).buffer } }
    return { rawId: new TextEncoder().encode('cred').buffer, getClientExtensionResults: () => ({ prf }) }
  }
  const credentials = { create: vi.fn(respond), get: vi.fn(respond) }
  vi.stubGlobal('PublicKeyCredential', () => undefined)
  Object.defineProperty(navigator, 'credentials', { value: credentials, configurable: true })
  return credentials
}

describe('choosing a passphrase', () => {
  it('refuses what is easy to guess, says what would help, and sends nothing (KEY-4)', async () => {
    await show(locked())
    type('Passphrase', 'password1234')
    type('Repeat passphrase', 'password1234')
    submit('Create vault')
    expect(await screen.findByText(/Too easy to guess/)).toBeTruthy()
    expect(sent('createVault')).toEqual([])
    type('Passphrase', PASSPHRASE)
    expect(await screen.findByText('Hard to guess.')).toBeTruthy()
  })

  it('says that it is too short before it says anything else', async () => {
    await show(locked())
    type('Passphrase', 'kX9#vL')
    submit('Create vault')
    expect(await screen.findByText('Use at least 8 characters.')).toBeTruthy()
  })

  it('makes five words, fills them in, shows them to be written down, and asks for them once (KEY-4)', async () => {
    await show(locked())
    press('Make one for me')
    const box = await screen.findByText(/^[a-z-]+( [a-z-]+){4}$/)
    expect(textbox('Passphrase').value).toBe(box.textContent)
    expect(screen.queryByLabelText('Repeat passphrase')).toBeNull()
    submit('Create vault')
    await waitFor(() => expect(state.passphrase).toBe(box.textContent))
  })

  it('shows the words no longer than they stand in the field', async () => {
    await show(locked())
    press('Make one for me')
    await screen.findByText(/write these five words down/)
    type('Passphrase', NEXT)
    await waitFor(() => expect(screen.queryByText(/write these five words down/)).toBeNull())
    expect(textbox('Repeat passphrase').value).toBe('')
  })

  it('is judged in the options, too (KEY-4)', async () => {
    await showOptions()
    type('Current passphrase', PASSPHRASE)
    type('New passphrase', 'qwertyuiop[]')
    type('Repeat new passphrase', 'qwertyuiop[]')
    submit('Change passphrase')
    expect(await screen.findByText(/side by side/)).toBeTruthy()
    expect(sent('changePassphrase')).toEqual([])
  })

  it('changes the vault key with it where that is wished', async () => {
    await showOptions()
    withSheet()
    type('Current passphrase', PASSPHRASE)
    type('New passphrase', NEXT)
    type('Repeat new passphrase', NEXT)
    screen.getByRole('checkbox', { name: /Change the vault key as well/ }).click()
    submit('Change passphrase')
    expect(await screen.findByText(/Make a new recovery sheet now/)).toBeTruthy()
    expect(sent('changeKey')).toHaveLength(1)
    expect(sent('changePassphrase')).toEqual([])
    expect(state.ways.sheet).toBeNull()
  })
})

describe('the recovery sheet', () => {
  it('is shown once, for who knows the passphrase, and counts when its last group was typed', async () => {
    await showOptions()
    press('Make recovery sheet')
    const panel = within(await screen.findByRole('region', { name: 'Recovery sheet' }))
    const field = panel.getByLabelText<HTMLInputElement>('Passphrase')
    fireEvent.input(field, { target: { value: 'nope' } })
    fireEvent.submit(field.form as HTMLFormElement)
    expect(await screen.findByText(/not the passphrase/)).toBeTruthy()
    fireEvent.input(field, { target: { value: PASSPHRASE } })
    fireEvent.submit(field.form as HTMLFormElement)
    expect(await screen.findByRole('heading', { name: 'Latchkey recovery sheet' })).toBeTruthy()
    for (const group of state.ways.sheetCode?.split('-') ?? []) expect(screen.getByText(group)).toBeTruthy()
    type('Last group on the paper', '0000')
    submit('I have it on paper')
    expect(await screen.findByText(/not the last group/)).toBeTruthy()
    type('Last group on the paper', ' 4562 ')
    submit('I have it on paper')
    expect(await screen.findByRole('heading', { name: 'Recovery sheet' })).toBeTruthy()
    expect(await browser.storage.local.get('sheetOnPaper')).toEqual({ sheetOnPaper: '5heet1' })
  })

  it('is asked for at once where somebody was led to it for the first', async () => {
    history.replaceState(null, '', '/#recovery-sheet')
    await showOptions()
    const panel = within(await screen.findByRole('region', { name: 'Recovery sheet' }))
    await waitFor(() => expect(document.activeElement).toBe(panel.getByLabelText('Passphrase')))
    fireEvent.click(panel.getByRole('button', { name: 'Cancel' }))
    expect(await panel.findByText('There is none yet.')).toBeTruthy()
    expect(panel.queryByLabelText('Passphrase')).toBeNull()
  })

  it('is not asked for of who chose the passphrase a minute ago, and takes one press', async () => {
    history.replaceState(null, '', '/#recovery-sheet')
    state.ways.firstSheetFree = true
    await showOptions()
    const panel = within(await screen.findByRole('region', { name: 'Recovery sheet' }))
    const make = await panel.findByRole('button', { name: 'Make recovery sheet' })
    await waitFor(() => expect(document.activeElement).toBe(make))
    expect(panel.queryByLabelText('Passphrase')).toBeNull()
    expect(state.ways.sheet).toBeNull()
    const asking = vi.fn(() => panel.queryByLabelText('Passphrase'))
    new MutationObserver(asking).observe(document.body, { subtree: true, childList: true })
    // Pressed twice it is no other wish.
    fireEvent.click(make)
    fireEvent.click(make)
    expect(await screen.findByRole('heading', { name: 'Latchkey recovery sheet' })).toBeTruthy()
    expect(asking.mock.results.map(({ value }) => value)).not.toContainEqual(expect.anything())
    press('Close without it')
    fireEvent.click(await screen.findByRole('button', { name: 'Make a new sheet' }))
    const again = within(await screen.findByRole('region', { name: 'Recovery sheet' }))
    expect(await again.findByLabelText('Passphrase')).toBeTruthy()
  })

  it('is asked for after all where the time for that is over', async () => {
    state.ways.firstSheetFree = true
    await showOptions()
    const panel = within(await screen.findByRole('region', { name: 'Recovery sheet' }))
    state.ways.firstSheetFree = false
    press('Make recovery sheet')
    expect(await panel.findByLabelText('Passphrase')).toBeTruthy()
    expect(state.ways.sheet).toBeNull()
  })

  it('is not asked for once more when the one they were led to is removed', async () => {
    history.replaceState(null, '', '/?from=here#recovery-sheet')
    withSheet()
    await showOptions()
    const panel = within(await screen.findByRole('region', { name: 'Recovery sheet' }))
    await panel.findByText(/is on paper/)
    state.ways.sheet = null
    await act(loadWays)
    expect(await panel.findByText('There is none yet.')).toBeTruthy()
    expect(panel.queryByLabelText('Passphrase')).toBeNull()
    expect(location.search + location.hash).toBe('?from=here')
  })

  it('is no sheet until it is on paper, and says so', async () => {
    state.ways.sheet = { id: '5heet1', onPaper: false }
    await showOptions()
    expect(await screen.findByText(/you have not shown that it is on paper/)).toBeTruthy()
  })

  it('is removed by who knows the passphrase', async () => {
    withSheet()
    await showOptions()
    press('Remove sheet')
    const question = within(await screen.findByRole('alertdialog', { name: 'Remove the recovery sheet?' }))
    const field = question.getByLabelText<HTMLInputElement>('Passphrase')
    fireEvent.input(field, { target: { value: 'nope' } })
    fireEvent.submit(field.form as HTMLFormElement)
    expect(await question.findByText(/not the passphrase/)).toBeTruthy()
    fireEvent.input(field, { target: { value: PASSPHRASE } })
    fireEvent.submit(field.form as HTMLFormElement)
    expect(await screen.findByText('There is none yet.')).toBeTruthy()
  })

  it('blanks with the lock (KEY-8)', async () => {
    await showOptions()
    press('Make recovery sheet')
    const field = within(await screen.findByRole('region', { name: 'Recovery sheet' })).getByLabelText('Passphrase')
    fireEvent.input(field, { target: { value: PASSPHRASE } })
    fireEvent.submit((field as HTMLInputElement).form as HTMLFormElement)
    await screen.findByRole('heading', { name: 'Latchkey recovery sheet' })
    const { lock } = await import('../../src/ui/actions/vault')
    await lock()
    await screen.findByRole('button', { name: 'Unlock' })
    expect(document.body.textContent).not.toContain('4562')
  })
})

describe('coming in by the sheet', () => {
  it('opens the vault and has a new passphrase set (KEY-10)', async () => {
    withSheet()
    await showLocked()
    press('Forgotten? Other ways in')
    await screen.findByLabelText('Code on the sheet')
    submit('Use recovery sheet')
    expect(await screen.findByText('Type the code of your recovery sheet.')).toBeTruthy()
    type('Code on the sheet', 'ABCD')
    submit('Use recovery sheet')
    expect(await screen.findByText(/typing mistake/)).toBeTruthy()
    type('Code on the sheet', state.ways.sheetCode ?? '')
    submit('Use recovery sheet')
    expect(await screen.findByRole('heading', { name: 'Choose a new passphrase' })).toBeTruthy()
    type('New passphrase', 'password1234')
    type('Repeat new passphrase', 'password1234')
    submit('Set passphrase')
    expect(await screen.findByText(/Too easy to guess/)).toBeTruthy()
    type('New passphrase', NEXT)
    type('Repeat new passphrase', NEXT)
    submit('Set passphrase')
    expect(await screen.findByText('the accounts')).toBeTruthy()
    expect(state.passphrase).toBe(NEXT)
  })

  it('leaves the passphrase as it is where that is wished', async () => {
    withSheet()
    await showLocked()
    press('Forgotten? Other ways in')
    await screen.findByLabelText('Code on the sheet')
    type('Code on the sheet', state.ways.sheetCode ?? '')
    submit('Use recovery sheet')
    await screen.findByRole('heading', { name: 'Choose a new passphrase' })
    press('Keep the old one')
    expect(await screen.findByText('the accounts')).toBeTruthy()
    expect(state.passphrase).toBe(PASSPHRASE)
  })

  it('says so where nothing but the passphrase opens the vault, and offers nothing that destroys it (KEY-10)', async () => {
    await showLocked()
    press('Forgotten? Other ways in')
    expect(await screen.findByText(/Only the passphrase opens this vault/)).toBeTruthy()
    press('Back to the passphrase')
    expect(button('Unlock')).toBeTruthy()
  })
})

describe('a passkey (KEY-9)', () => {
  it('is added for who knows the passphrase; the device is asked only then', async () => {
    const { create } = stubDevice()
    await showOptions()
    await screen.findByRole('button', { name: 'Add passkey' })
    press('Add passkey')
    const panel = within(screen.getByRole('region', { name: 'Passkeys' }))
    const field = panel.getByLabelText<HTMLInputElement>('Passphrase')
    fireEvent.input(field, { target: { value: 'nope' } })
    fireEvent.submit(field.form as HTMLFormElement)
    expect(await screen.findByText(/not the passphrase/)).toBeTruthy()
    expect(create).not.toHaveBeenCalled()
    fireEvent.input(field, { target: { value: PASSPHRASE } })
    fireEvent.submit(field.form as HTMLFormElement)
    expect(await screen.findByText('Passkey PA55KE')).toBeTruthy()
    expect(sent('addPasskey')[0]?.args[1]).toEqual({
      credentialId: 'Y3JlZA==',
      prfInput: 'cHJm',
      prfOutput: Buffer.alloc(32, 9).toString('base64'),
    })
  })

  it.each([
    ['InvalidStateError', {}, 'already holds a passkey'],
    ['NotAllowedError', {}, 'got no answer from a passkey'],
    [undefined, { enabled: false }, 'cannot keep a secret'],
  ])('is not added after %s, and says why', async (refusal, prf, words) => {
    stubDevice()
    await showOptions()
    await screen.findByRole('button', { name: 'Add passkey' })
    stubDevice({ ...(refusal ? { refusal } : {}), prf })
    press('Add passkey')
    const field = within(screen.getByRole('region', { name: 'Passkeys' })).getByLabelText<HTMLInputElement>(
      'Passphrase',
    )
    fireEvent.input(field, { target: { value: PASSPHRASE } })
    fireEvent.submit(field.form as HTMLFormElement)
    expect(await screen.findByText(new RegExp(words))).toBeTruthy()
    expect(sent('addPasskey')).toEqual([])
  })

  it('is not offered where the browser refuses extensions, and that is said', async () => {
    stubDevice({ refusal: 'SecurityError' })
    await showOptions()
    expect(await screen.findByText('This browser does not let extensions use passkeys.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Add passkey' })).toBeNull()
  })

  it('opens the vault in place of the passphrase', async () => {
    const { get } = stubDevice()
    withPasskey()
    await showLocked()
    const unlock = await screen.findByRole('button', { name: 'Unlock with passkey' })
    unlock.click()
    expect(await screen.findByText('the accounts')).toBeTruthy()
    const [{ publicKey }] = get.mock.calls[0] as [CredentialRequestOptions]
    expect(publicKey?.userVerification).toBe('required')
    expect(Object.keys(publicKey?.extensions?.prf?.evalByCredential ?? {})).toEqual(['Y3JlZA'])
  })

  it('is asked for in a tab: the popup would close under the browser’s question', async () => {
    const { get } = stubDevice()
    const create = vi.fn(async (_options: { url: string }) => undefined)
    const closed = vi.spyOn(window, 'close').mockImplementation(() => undefined)
    Object.assign(browser.tabs, { create, getCurrent: async () => undefined })
    withPasskey()
    await showLocked()
    ;(await screen.findByRole('button', { name: 'Unlock with passkey' })).click()
    await waitFor(() => expect(closed).toHaveBeenCalled())
    expect(create.mock.calls[0]?.[0].url).toMatch(/popup\/index\.html\?screen=passkey$/)
    expect(get).not.toHaveBeenCalled()
    closed.mockRestore()
  })

  it('is asked for at once in that tab, which then closes', async () => {
    stubDevice()
    withPasskey()
    history.replaceState(null, '', '/?screen=passkey')
    await showLocked()
    await waitFor(() => expect(removed).toHaveBeenCalledWith(3))
    expect(state.unlocked).toBe(true)
  })

  it('gives way to the passphrase once a week, and still opens for who has forgotten it (KEY-10)', async () => {
    stubDevice()
    withPasskey()
    state.ways.passphraseDue = true
    await showLocked()
    expect(await screen.findByText(/have not typed your passphrase for a week/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Unlock with passkey' })).toBeNull()
    press('Forgotten? Other ways in')
    ;(await screen.findByRole('button', { name: 'Use passkey' })).click()
    expect(await screen.findByRole('heading', { name: 'Choose a new passphrase' })).toBeTruthy()
    press('Keep the old one')
    expect(await screen.findByText('the accounts')).toBeTruthy()
  })

  it('that is not the vault’s says so', async () => {
    stubDevice()
    withPasskey()
    await showLocked()
    state.failures.set('unlockWith', new AppError('vault/wrong-passkey'))
    ;(await screen.findByRole('button', { name: 'Unlock with passkey' })).click()
    expect(await screen.findByText(/does not open this vault/)).toBeTruthy()
  })
})

describe('the card on the list', () => {
  beforeEach(loadPreferences)

  it('offers a sheet to who has none, until it is declined', async () => {
    fillVault(state, ['Acme', 'bob'])
    await show(<Offers />)
    expect(await screen.findByRole('button', { name: 'Make recovery sheet' })).toBeTruthy()
    press('Not now')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Not now' })).toBeNull())
    expect(await browser.storage.local.get('sheetDeclined')).toEqual({ sheetDeclined: true })
  })

  it('is not there for an empty vault, nor for who has a sheet', async () => {
    fillVault(state)
    await show(<Offers />)
    withSheet()
    fillVault(state, ['Acme', 'bob'])
    await show(<Offers />)
    await waitFor(() => expect(ways.value).not.toBeNull())
    expect(screen.queryByRole('button', { name: 'Make recovery sheet' })).toBeNull()
  })
})
