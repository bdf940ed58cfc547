// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { refreshAccounts } from '../../src/ui/actions/accounts'
import { startAgain } from '../../src/ui/actions/start'
import { App } from '../../src/ui/popup/app'
import { page, screen as current } from '../../src/ui/state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import {
  PASSPHRASE,
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

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  await show(<App onRetry={() => void startAgain()} />)
  fireEvent.click(await screen.findByRole('button', { name: 'Edit' }))
  await screen.findByRole('heading', { name: 'Edit account' })
})

describe('editing an account', () => {
  it('changes its names and sites', async () => {
    type('Account', 'robert')
    type('Sites', 'https://acme.example\n\n https://login.acme.example ')
    submit('Save')
    expect(await screen.findByRole('listitem', { name: 'Acme robert' })).toBeTruthy()
    expect(state.entries[0]?.sites).toEqual(['https://acme.example', 'https://login.acme.example'])
  })

  it('takes the site in front as one more line, in full', async () => {
    page.value = { origin: 'https://login.acme.example', domain: null, hasCodeField: false, matches: [] }
    type('Sites', 'https://acme.example')
    fireEvent.click(await screen.findByRole('button', { name: 'Add https://login.acme.example' }))
    await waitFor(() => expect(textbox('Sites').value).toBe('https://acme.example\nhttps://login.acme.example'))
    expect(screen.queryByRole('button', { name: 'Add https://login.acme.example' })).toBeNull()
  })

  it('says so when the account has gone meanwhile', async () => {
    state.entries = []
    await refreshAccounts()
    expect(await screen.findByText('This account is no longer there. Go back to the list.')).toBeTruthy()
    press('Back')
    expect(await screen.findByRole('heading', { name: 'No accounts yet' })).toBeTruthy()
  })

  it('asks for a name', async () => {
    type('Issuer', ' ')
    type('Account', '')
    submit('Save')
    expect(await screen.findByText('Enter an issuer or an account.')).toBeTruthy()
    expect(state.entries[0]?.issuer).toBe('Acme')
  })

  it('goes back by Escape and keeps the account as it was', async () => {
    type('Issuer', 'Other')
    fireEvent.keyDown(textbox('Issuer'), { key: 'Escape' })
    expect(await screen.findByRole('listitem', { name: 'Acme bob' })).toBeTruthy()
  })

  it('moves to the trash after a question, and back by `Undo`', async () => {
    press('Delete')
    const question = within(await screen.findByRole('alertdialog'))
    expect(state.entries[0]?.trashedAt).toBeUndefined()
    fireEvent.click(question.getByRole('button', { name: 'Delete' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('listitem', { name: 'Acme bob' })).toBeTruthy()
    expect(state.entries[0]?.trashedAt).toBeUndefined()
  })
})

describe('deleting what a server asks for (BND-7)', () => {
  const deleteIt = async (): Promise<void> => {
    press('Delete')
    const question = within(await screen.findByRole('alertdialog', { name: 'Unbind and delete this account?' }))
    fireEvent.click(question.getByRole('button', { name: 'Delete' }))
  }

  beforeEach(async () => {
    Object.assign(state.entries[0] ?? {}, { binding: { serverId: 's', account: 'bob', userId: 'bob', phase: 'bound' } })
    await refreshAccounts()
  })

  it('unbinds it there first', async () => {
    await deleteIt()
    expect(await screen.findByRole('heading', { name: 'No accounts yet' })).toBeTruthy()
    expect(state.calls.map(({ name }) => name).filter((name) => /unbind|trash/.test(name))).toEqual(['unbind'])
    expect(state.entries[0]?.trashedAt).toBeDefined()
  })

  it('is refused with the reason where nobody is signed in, and leads there', async () => {
    const opened = vi.fn<(tab: { url: string }) => void>()
    Object.assign(browser.tabs, { create: opened })
    state.failures.set('unbind', new AppError('mfa/not-signed-in'))
    await deleteIt()
    const question = within(await screen.findByRole('alertdialog'))
    expect((await question.findByRole('alert')).textContent).toContain('Unbind it first')
    press('Sign in there')
    expect(opened.mock.calls[0]?.[0].url).toContain('options/index.html#section-servers')
    expect(state.entries[0]?.trashedAt).toBeUndefined()
  })

  it('says so where the server did not ask for its codes, so that nothing was unbound', async () => {
    const fake = browser.runtime.sendMessage
    browser.runtime.sendMessage = async (message: unknown) =>
      (message as { call: string }).call === 'unbind' ? { ok: true, value: { kind: 'not-in-force' } } : fake(message)
    await deleteIt()
    expect(await screen.findByText(/did not ask for these codes/)).toBeTruthy()
  })

  it('offers to keep it without a server whose record is lost, and warns', async () => {
    state.failures.set('unbind', new AppError('mfa/server-missing'))
    await deleteIt()
    const question = within(await screen.findByRole('alertdialog'))
    expect(await question.findByText(/not known whether the server still asks/)).toBeTruthy()
    press('Keep as a plain account')
    await waitFor(() => expect(state.calls.some(({ name }) => name === 'letGo')).toBe(true))
    expect(state.entries[0]?.trashedAt).toBeUndefined()
  })

  it('keeps the account where the server did not say what it did', async () => {
    const fake = browser.runtime.sendMessage
    browser.runtime.sendMessage = async (message: unknown) =>
      (message as { call: string }).call === 'unbind' ? { ok: true, value: { kind: 'unknown' } } : fake(message)
    await deleteIt()
    const question = within(await screen.findByRole('alertdialog'))
    expect((await question.findByRole('alert')).textContent).toContain('not known whether the server did it')
    expect(state.entries[0]?.trashedAt).toBeUndefined()
  })

  it.each([
    ['associated', /does not ask for its codes yet/],
    ['confirming', /may ask for these codes already/],
    ['unbinding', /may still ask for these codes/],
  ] as const)('says of an account that is %s what to do (BND-3)', async (phase, words) => {
    const binding = state.entries[0]?.binding
    if (binding) binding.phase = phase
    await refreshAccounts()
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Go on' })).toBeTruthy()
  })
})

describe('the counter of an HOTP account (OTP-4)', () => {
  beforeEach(async () => {
    Object.assign(state.entries[0] ?? {}, { type: 'hotp', counter: 7 })
    await refreshAccounts()
    press('Back')
    fireEvent.click(await screen.findByRole('button', { name: 'Edit' }))
    await screen.findByLabelText('Counter')
  })

  const sent = (): unknown => state.calls.findLast(({ name }) => name === 'changeEntry')?.args[1]

  it('moves on as typed', async () => {
    expect(textbox('Counter').value).toBe('7')
    type('Counter', '12')
    submit('Save')
    await waitFor(() => expect(state.entries[0]?.counter).toBe(12))
  })

  it('is not sent where it was not touched: another window may have moved it on', async () => {
    type('Account', 'robert')
    submit('Save')
    await waitFor(() => expect(sent()).toMatchObject({ label: 'robert' }))
    expect(sent()).not.toHaveProperty('counter')
  })

  it('is set back only after a question', async () => {
    type('Counter', '3')
    submit('Save')
    const question = within(await screen.findByRole('alertdialog', { name: 'Set the counter back?' }))
    expect(sent()).toBeUndefined()
    fireEvent.click(question.getByRole('button', { name: 'Cancel' }))
    expect(state.entries[0]?.counter).toBe(7)
    submit('Save')
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Set back' }))
    await waitFor(() => expect(state.entries[0]?.counter).toBe(3))
  })

  it.each(['', '-1', '1.5', '9007199254740993', 'x'])('is not taken as %j', async (typed) => {
    type('Counter', typed)
    submit('Save')
    expect(await screen.findByText(/^Enter a number from 0/)).toBeTruthy()
    expect(sent()).toBeUndefined()
  })
})

describe('the recovery code of an account', () => {
  it('is shown only for the passphrase', async () => {
    Object.assign(state.entries[0] ?? {}, { recoveryCode: '1111-2222' })
    press('Back')
    await screen.findByRole('list')
    await show(<App onRetry={() => undefined} />)
    current.value = { name: 'edit', entryId: 'id-0' }
    fireEvent.click((await screen.findAllByRole('button', { name: 'Show' }))[0] as HTMLElement)
    expect(document.body.textContent).not.toContain('1111-2222')
    fireEvent.input(screen.getAllByLabelText('Passphrase')[0] as HTMLElement, { target: { value: 'wrong' } })
    fireEvent.submit((screen.getAllByLabelText('Passphrase')[0] as HTMLInputElement).form as HTMLFormElement)
    expect((await screen.findAllByRole('alert'))[0]?.textContent).toContain('not the passphrase')
    fireEvent.input(screen.getAllByLabelText('Passphrase')[0] as HTMLElement, { target: { value: PASSPHRASE } })
    fireEvent.submit((screen.getAllByLabelText('Passphrase')[0] as HTMLInputElement).form as HTMLFormElement)
    expect(await screen.findByText('1111-2222')).toBeTruthy()
  })
})

describe('the trash', () => {
  beforeEach(async () => {
    press('Delete')
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }))
    await screen.findByRole('button', { name: 'Undo' })
    current.value = { name: 'trash' }
  })

  it('restores', async () => {
    fireEvent.click(await screen.findByRole('button', { name: 'Restore' }))
    expect(await screen.findByText('The trash is empty.')).toBeTruthy()
    expect(state.entries[0]?.trashedAt).toBeUndefined()
  })

  it('deletes for ever only after a question', async () => {
    fireEvent.click(await screen.findByRole('button', { name: 'Delete for ever' }))
    const question = within(await screen.findByRole('alertdialog', { name: 'Delete for ever?' }))
    expect(state.entries).toHaveLength(1)
    fireEvent.click(question.getByRole('button', { name: 'Delete for ever' }))
    await waitFor(() => expect(state.entries).toHaveLength(0))
  })
})
