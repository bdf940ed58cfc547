// @vitest-environment happy-dom
import { act } from '@testing-library/preact'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { loadLanguage } from '../../src/i18n/catalogue'
import { loadCodes } from '../../src/ui/actions/accounts'
import { lookAtTab } from '../../src/ui/actions/page'
import { startAgain } from '../../src/ui/actions/start'
import { App } from '../../src/ui/popup/app'
import { now, screen as screenShown, shownLanguage, status } from '../../src/ui/state'
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
const popup = <App onRetry={() => void startAgain()} />

beforeEach(async () => {
  state = await setStage()
  Object.assign(browser.tabs, { query: async () => [{ id: 7 }], getCurrent: async () => undefined })
})

const items = () => screen.getAllByRole('listitem')
const list = () => screen.findByRole('list', { name: 'Accounts' })

describe('the first start', () => {
  it('creates the vault and ends on the list, nothing modal', async () => {
    await show(popup)
    type('Passphrase', PASSPHRASE)
    type('Repeat passphrase', PASSPHRASE)
    submit('Create vault')
    expect(await screen.findByRole('button', { name: 'Add account' })).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(state.passphrase).toBe(PASSPHRASE)
  })

  it.each([
    ['short', 'short', 'Use at least 8 characters.'],
    [PASSPHRASE, 'another passphrase', 'The two passphrases differ. Type them again.'],
  ])('refuses %j with %j and keeps what was typed', async (passphrase, repeated, problem) => {
    await show(popup)
    type('Passphrase', passphrase)
    type('Repeat passphrase', repeated)
    submit('Create vault')
    expect(await screen.findByText(problem)).toBeTruthy()
    expect(textbox('Passphrase').value).toBe(passphrase)
    expect(state.passphrase).toBeNull()
  })
})

describe('the locked popup', () => {
  it('unlocks', async () => {
    fillVault(state, ['Acme', 'bob'])
    state.unlocked = false
    await show(popup)
    type('Passphrase', PASSPHRASE)
    submit('Unlock')
    expect(await list()).toBeTruthy()
  })

  it('says that the passphrase is wrong, what to do, and keeps it', async () => {
    fillVault(state)
    state.unlocked = false
    await show(popup)
    type('Passphrase', 'wrong one')
    submit('Unlock')
    expect((await screen.findByRole('alert')).textContent).toContain('Check Caps Lock')
    expect(textbox('Passphrase').value).toBe('wrong one')
  })
})

describe('a page whose background fails (REL-1)', () => {
  it('paints before anything answers', async () => {
    status.value = 'loading'
    await show(popup).catch(() => undefined)
    status.value = 'loading'
    await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).not.toBeNull())
  })

  it('offers to try again', async () => {
    fillVault(state, ['Acme', 'bob'])
    state.failures.set('glance', new AppError('rpc/timed-out'))
    await show(popup)
    expect(screen.getByRole('heading', { name: 'Latchkey could not start' })).toBeTruthy()
    press('Try again')
    expect(await list()).toBeTruthy()
  })

  it('offers no unlocking where nothing can open the vault, and can look again (VLT-4)', async () => {
    await show(popup)
    status.value = 'damaged'
    expect(await screen.findByRole('heading', { name: 'The vault cannot be opened' })).toBeTruthy()
    expect(screen.getByText(/is damaged and was left as it is/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Unlock' })).toBeNull()
    fillVault(state, ['Acme', 'bob'])
    press('Try again')
    expect(await list()).toBeTruthy()
  })

  it('locks at once when the background says so', async () => {
    fillVault(state, ['Acme', 'bob'])
    await show(popup)
    state.failures.set('codes', new AppError('vault/locked'))
    state.failures.set('nextCode', new AppError('vault/locked'))
    press('Lock')
    expect(await screen.findByRole('button', { name: 'Unlock' })).toBeTruthy()
    expect(document.body.textContent).not.toContain('Acme')
  })
})

describe('the list', () => {
  it('names each row `<issuer> <account>` and each code button `Copy code …` with bare digits', async () => {
    fillVault(state, ['Acme', 'bob@acme.example'], ['GitHub', 'bob'], ['', 'only a label'])
    await show(popup)
    const rows = within(await list())
    for (const name of ['Acme bob@acme.example', 'GitHub bob', 'only a label']) {
      const row = rows.getByRole('listitem', { name })
      expect(within(row).getByRole('button', { name: /^Copy code/ }).textContent).toMatch(/^Copy code \d{6}$/)
      expect(within(row).getByRole('button', { name: 'Edit' })).toBeTruthy()
    }
    for (const name of ['Add account', 'Lock', 'Options']) expect(button(name)).toBeTruthy()
    expect(screen.getByRole('searchbox', { name: 'Search' })).toBeTruthy()
  })

  it('keeps names, secrets and codes out of every attribute (MEM-2)', async () => {
    fillVault(state, ['Acme Canary', 'canary@acme.example'])
    await show(popup)
    const code = /\d{6}/.exec((await list()).textContent ?? '')?.[0] ?? 'none'
    press('Edit')
    await screen.findByRole('heading', { name: 'Edit account' })
    const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].map((attribute) => attribute.value),
    )
    expect(attributes.filter((value) => /canary/i.test(value) || value.includes(code))).toEqual([])
    expect(textbox('Issuer').value).toBe('Acme Canary')
  })

  it('finds by every word, and says when nothing fits', async () => {
    fillVault(state, ['Acme', 'bob'], ['GitHub', 'bob'])
    await show(popup)
    const search = screen.getByRole('searchbox', { name: 'Search' })
    fireEvent.input(search, { target: { value: 'BOB git' } })
    await waitFor(() => expect(items()).toHaveLength(1))
    fireEvent.input(search, { target: { value: 'nobody' } })
    expect(await screen.findByText('No account matches “nobody”.')).toBeTruthy()
    fireEvent.keyDown(search, { key: 'Escape' })
    await waitFor(() => expect(items()).toHaveLength(2))
  })

  it('copies, tells the background, and says when it is cleared (OTP-5)', async () => {
    const writeText = vi.fn(async (_text: string) => undefined)
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
    fillVault(state, ['Acme', 'bob'])
    await show(popup)
    await list()
    press(/^Copy code/)
    expect(await screen.findByText('Copied. Cleared in 30 s.')).toBeTruthy()
    expect(writeText.mock.calls[0]?.[0]).toMatch(/^\d{6}$/)
    expect(state.calls.some(({ name, args }) => name === 'codeCopied' && args[0] === 'id-0')).toBe(true)
  })

  it('says so when the browser does not let us copy', async () => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async () => Promise.reject(new Error('no')) },
      configurable: true,
    })
    fillVault(state, ['Acme', 'bob'])
    await show(popup)
    await list()
    press(/^Copy code/)
    expect((await screen.findByRole('alert')).textContent).toContain('Click the code once more')
  })

  it('asks for a code again once it has ended (OTP-3)', async () => {
    fillVault(state, ['Acme', 'bob'])
    await show(popup)
    await list()
    const before = state.calls.filter(({ name }) => name === 'codes').length
    await loadCodes()
    expect(state.calls.filter(({ name }) => name === 'codes')).toHaveLength(before)
    vi.spyOn(Date, 'now').mockReturnValue(now.value + 31_000)
    await loadCodes()
    vi.restoreAllMocks()
    expect(state.calls.filter(({ name }) => name === 'codes')).toHaveLength(before + 1)
  })

  it('draws only what fits on some screens of a long list', async () => {
    fillVault(state, ...Array.from({ length: 1_000 }, (_, index) => [`Issuer ${index}`, 'bob'] as const))
    await show(popup)
    await list()
    expect(items()).toHaveLength(12)
    expect(items().filter((item) => /\d{6}/.test(item.textContent ?? ''))).toHaveLength(12)
  })

  it('shows the last HOTP code and makes the next one (OTP-4)', async () => {
    fillVault(state, ['Bank', 'bob'])
    Object.assign(state.entries[0] ?? {}, { type: 'hotp', counter: 0 })
    await show(popup)
    expect(await screen.findByText('no code yet')).toBeTruthy()
    press('Next code')
    expect((await screen.findByRole('button', { name: /^Copy code/ })).textContent).toMatch(/\d{6}$/)
    expect(state.entries[0]?.counter).toBe(1)
  })

  it('moves by arrow keys and finds the search by /', async () => {
    fillVault(state, ['Acme', 'bob'], ['GitHub', 'bob'])
    await show(popup)
    await list()
    const search = screen.getByRole('searchbox', { name: 'Search' })
    fireEvent.keyDown(search, { key: 'ArrowDown' })
    expect(items()[0]?.contains(document.activeElement)).toBe(true)
    fireEvent.keyDown(document.activeElement ?? search, { key: 'ArrowDown' })
    expect(items()[1]?.contains(document.activeElement)).toBe(true)
    fireEvent.keyDown(document.activeElement ?? search, { key: '/' })
    expect(document.activeElement).toBe(search)
  })

  it('takes any letter to the search, Escape empties it, and shortcuts stay what they are', async () => {
    fillVault(state, ['Acme', 'bob'], ['GitHub', 'bob'])
    await show(popup)
    await list()
    const search = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search' })
    const copy = () => screen.getAllByRole('button', { name: /^Copy code/ })[0] as HTMLElement
    for (const shortcut of [{ key: 'c', ctrlKey: true }, { key: ' ' }, { key: 'Enter' }, { key: 'Tab' }]) {
      copy().focus()
      fireEvent.keyDown(copy(), shortcut)
      expect(document.activeElement).toBe(copy())
    }
    // The letter itself lands where the focus then is.
    expect(fireEvent.keyDown(copy(), { key: 'g' })).toBe(true)
    expect(document.activeElement).toBe(search)
    fireEvent.input(search, { target: { value: 'g' } })
    await waitFor(() => expect(items()).toHaveLength(1))
    expect(fireEvent.keyDown(copy(), { key: 'Escape' })).toBe(false)
    await waitFor(() => expect(items()).toHaveLength(2))
    expect(fireEvent.keyDown(search, { key: 'Escape' })).toBe(true)
  })

  it('offers to try again what may pass, and only that', async () => {
    fillVault(state, ['Bank', 'bob'])
    state.failures.set('lookAtPage', new AppError('rpc/timed-out'))
    await show(popup)
    await lookAtTab()
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    state.failures.set('lookAtPage', new AppError('rpc/refused'))
    await lookAtTab()
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })

  it('shows control and direction characters of foreign names (INP-8)', async () => {
    fillVault(state, ['A\u202Ecme\u200B', 'b\no\tb'])
    await show(popup)
    expect(await screen.findByRole('listitem', { name: 'A\uFFFDcme\uFFFD b o b' })).toBeTruthy()
  })
})

describe('a page that wants a code and has no account', () => {
  const origin = 'https://login.xn--80ak6aa92e.com'

  beforeEach(async () => {
    fillVault(state, ['GitHub', 'bob'], ['Acme\u202E', 'bob'])
    state.page = { origin, domain: 'xn--80ak6aa92e.com', hasCodeField: true, matches: [] }
    await show(popup)
    await lookAtTab()
    fireEvent.click(await screen.findByRole('button', { name: 'Use an account here' }))
  })

  const dialog = async () => within(await screen.findByRole('dialog', { name: 'Use an account here' }))

  it('can be given one, with its host spelled out and nothing chosen beforehand (FIL-2, FIL-8)', async () => {
    const { getByRole, getByText } = await dialog()
    expect(getByText('xn--80ak6aa92e.com').parentElement?.textContent).toBe('login.xn--80ak6aa92e.com')
    const choice = getByRole<HTMLSelectElement>('combobox', { name: 'Account' })
    expect([...choice.options].map(({ text }) => text)).toEqual(['Choose an account', 'GitHub bob', 'Acme\uFFFD bob'])
    fireEvent.click(getByRole('button', { name: 'Use here' }), { detail: 0 })
    expect(await screen.findByText('Choose the account to use here.')).toBeTruthy()
    expect(state.calls.some(({ name }) => name === 'changeEntry')).toBe(false)
    fireEvent.change(choice, { target: { value: 'id-1' } })
    fireEvent.click(getByRole('button', { name: 'Use here' }), { detail: 0 })
    expect(
      await screen.findByText(/^Codes of Acme\uFFFD can now be filled in on login\.xn--80ak6aa92e\.com\.$/),
    ).toBeTruthy()
    expect(state.entries.map(({ sites }) => sites)).toEqual([[], [origin]])
    expect(state.entries[1]?.issuer).toBe('Acme\u202E')
  })

  it('leaves the arrow keys of a choice alone', async () => {
    const choice = (await dialog()).getByRole('combobox', { name: 'Account' })
    expect(fireEvent.keyDown(choice, { key: 'ArrowDown' })).toBe(true)
    expect(fireEvent.keyDown(document.body, { key: 'ArrowDown' })).toBe(false)
  })

  it('keeps the choice when storing fails', async () => {
    const { getByRole, findByRole } = await dialog()
    fireEvent.change(getByRole('combobox', { name: 'Account' }), { target: { value: 'id-0' } })
    state.failures.set('changeEntry', new AppError('vault/storage-full'))
    fireEvent.click(getByRole('button', { name: 'Use here' }), { detail: 0 })
    expect((await findByRole('alert')).textContent).toContain('The disk is full')
    expect(getByRole<HTMLSelectElement>('combobox', { name: 'Account' }).value).toBe('id-0')
  })

  it('says nothing of it once an account belongs there, while searching, and where no code is wanted', async () => {
    fireEvent.click((await dialog()).getByRole('button', { name: 'Cancel' }))
    const offered = () => screen.queryByRole('button', { name: 'Use an account here' }) !== null
    fireEvent.input(screen.getByRole('searchbox', { name: 'Search' }), { target: { value: 'git' } })
    await waitFor(() => expect(offered()).toBe(false))
    fireEvent.input(screen.getByRole('searchbox', { name: 'Search' }), { target: { value: '' } })
    await waitFor(() => expect(offered()).toBe(true))
    state.page = { ...state.page, hasCodeField: false }
    await lookAtTab()
    await waitFor(() => expect(offered()).toBe(false))
  })
})

describe('the account of the page in front', () => {
  beforeEach(async () => {
    fillVault(state, ['GitHub', 'bob'], ['Acme', 'bob'])
    state.page = { origin: 'https://auth.acme.example', domain: 'acme.example', hasCodeField: true, matches: ['id-1'] }
    await show(popup)
    await lookAtTab()
    await screen.findByText('acme.example')
  })

  it('comes first, once, with `Fill code`', async () => {
    expect(items().map((item) => within(item).queryByRole('button', { name: 'Fill code' }) !== null)).toEqual([
      true,
      false,
    ])
    fireEvent.click(button('Fill code'), { detail: 0 })
    expect(await screen.findByText('Filled in on auth.acme.example.')).toBeTruthy()
    expect(state.calls.find(({ name }) => name === 'fill')?.args).toEqual([7, 'id-1'])
  })

  it('shows the host with what its owner registered in bold (FIL-8)', async () => {
    const domain = screen.getByText('acme.example')
    expect([domain.tagName, domain.parentElement?.textContent]).toEqual(['B', 'auth.acme.example'])
    state.page = { ...state.page, origin: 'https://xn--80ak6aa92e.example:8443', domain: null }
    await lookAtTab()
    expect((await screen.findByText('xn--80ak6aa92e.example')).parentElement?.textContent).toBe(
      'xn--80ak6aa92e.example:8443',
    )
  })

  it('ignores the pointer just after it was painted, and a held key, but not the keyboard (FIL-8)', async () => {
    fireEvent.click(button('Fill code'), { detail: 1 })
    expect(fireEvent.keyDown(button('Fill code'), { key: 'Enter', repeat: true })).toBe(false)
    expect(state.calls.some(({ name }) => name === 'fill')).toBe(false)
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 401)
    fireEvent.click(button('Fill code'), { detail: 1 })
    vi.restoreAllMocks()
    await waitFor(() => expect(state.calls.some(({ name }) => name === 'fill')).toBe(true))
  })

  it('ignores the pointer again after the window came back (FIL-8)', async () => {
    const later = performance.now() + 5_000
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later)
    fireEvent.focus(window)
    clock.mockReturnValue(later + 399)
    fireEvent.click(button('Fill code'), { detail: 1 })
    expect(state.calls.some(({ name }) => name === 'fill')).toBe(false)
    vi.restoreAllMocks()
  })

  it('counts down to the next code and can be cancelled (BND-10)', async () => {
    state.fill = { kind: 'waiting', entryId: 'id-1', until: now.value + 12_000 }
    press('Fill code')
    expect(await screen.findByText(/The next one is filled in 1[12] s\./)).toBeTruthy()
    press('Cancel')
    expect(await screen.findByRole('button', { name: 'Fill code' })).toBeTruthy()
    expect(state.waiting).toBeNull()
  })

  it('says why nothing was filled', async () => {
    state.failures.set('fill', new AppError('fill/text-in-field'))
    press('Fill code')
    expect((await screen.findByRole('alert')).textContent).toContain('Empty it and try again')
  })

  it('keeps the recovery code that the page shows, when the user agrees (BND-6)', async () => {
    state.recoveryCodesOnPage = ['1111-2222-3333-4444-5555-6666']
    press('Keep recovery code')
    await screen.findByRole('dialog', { name: 'Keep recovery code' })
    await waitFor(() => expect(textbox('Recovery code').value).toBe('1111-2222-3333-4444-5555-6666'))
    expect(state.entries[1]?.recoveryCode).toBeUndefined()
    press('Keep')
    expect(await screen.findByText('The recovery code is kept.')).toBeTruthy()
    expect(state.entries[1]?.recoveryCode).toBe('1111-2222-3333-4444-5555-6666')
  })

  it('takes a pasted recovery code where the page shows none', async () => {
    press('Keep recovery code')
    expect(await screen.findByText('No recovery code was found on the page. Paste it here.')).toBeTruthy()
    press('Keep')
    expect(await screen.findByText('Enter the recovery code.')).toBeTruthy()
    type('Recovery code', ' 9999-8888 ')
    press('Keep')
    await waitFor(() => expect(state.entries[1]?.recoveryCode).toBe('9999-8888'))
  })
})

describe('a screen behind the list', () => {
  it('has the focus on its title where it has no field, and Escape leaves it from wherever that went', async () => {
    fillVault(state, ['Acme', 'bob'])
    await show(popup)
    await list()
    screenShown.value = { name: 'trash' }
    const title = await screen.findByRole('heading', { name: 'Trash' })
    await waitFor(() => expect(document.activeElement).toBe(title))
    title.blur()
    expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(false)
    expect(await list()).toBeTruthy()
  })

  it('leaves the focus to its first field', async () => {
    fillVault(state, ['Acme', 'bob'])
    await show(popup)
    screenShown.value = { name: 'by-hand' }
    await screen.findByLabelText('Issuer')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(document.activeElement).toBe(textbox('Issuer'))
  })
})

describe('another language', () => {
  it('is shown at once, and loses nothing that is typed', async () => {
    fillVault(state, ['Acme', 'bob'])
    await show(popup)
    screenShown.value = { name: 'by-hand' }
    await screen.findByLabelText('Issuer')
    type('Issuer', 'Half')
    const typed = textbox('Issuer')
    await act(async () => {
      await loadLanguage('zh_CN')
      shownLanguage.value = 'zh_CN'
    })
    expect(await screen.findByRole('heading', { name: '输入账户' })).toBeTruthy()
    expect([typed.isConnected, textbox('服务商').value]).toEqual([true, 'Half'])
  })
})
