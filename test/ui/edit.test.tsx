// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { refreshAccounts } from '../../src/ui/actions/accounts'
import { startAgain } from '../../src/ui/actions/start'
import { App } from '../../src/ui/popup/app'
import { page, screen as current } from '../../src/ui/state'
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

  it('is refused while the server asks for its codes, and says what to do (BND-7)', async () => {
    Object.assign(state.entries[0] ?? {}, { binding: { serverId: 's', account: 'bob', userId: 'bob', phase: 'bound' } })
    press('Delete')
    fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Unbind it first')
    expect(state.entries[0]?.trashedAt).toBeUndefined()
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
