// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../src/core/errors'
import { startAgain } from '../../src/ui/actions/start'
import { App } from '../../src/ui/popup/app'
import { found } from '../../src/ui/state'
import type { FakeState } from './fake-background'
import {
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

beforeEach(async () => {
  state = await setStage()
  fillVault(state)
  await show(<App onRetry={() => void startAgain()} />)
})

const address = (name: string, secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ') =>
  `otpauth://totp/Acme:${name}?secret=${secret}&issuer=Acme`

async function choose(way: string): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: 'Add account' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: way }))
}

async function paste(text: string): Promise<void> {
  await choose('Paste')
  await screen.findByRole('heading', { name: 'Paste an account' })
  type('Address', text)
  submit('Read')
}

describe('the ways to add an account', () => {
  it('stand in a menu that arrow keys walk and Escape closes', async () => {
    press('Add account')
    const menu = await screen.findByRole('menu')
    const names = within(menu)
      .getAllByRole('menuitem')
      .map((item) => item.textContent?.trim())
    expect(names).toEqual(['Scan this tab', 'Choose an image', 'Use the camera', 'Paste', 'Enter by hand'])
    expect(document.activeElement?.textContent).toContain('Scan this tab')
    fireEvent.keyDown(menu, { key: 'ArrowUp' })
    expect(document.activeElement?.textContent).toContain('Enter by hand')
    fireEvent.keyDown(menu, { key: 'ArrowDown' })
    expect(document.activeElement?.textContent).toContain('Scan this tab')
    fireEvent.keyDown(menu, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    expect(document.activeElement).toBe(button('Add account'))
  })
})

describe('typing an account by hand', () => {
  beforeEach(() => choose('Enter by hand'))

  it('stores what was typed and ends on the list', async () => {
    await screen.findByRole('heading', { name: 'Enter an account' })
    type('Issuer', 'Acme')
    type('Account', 'bob')
    type('Secret', 'GEZD GNBV GY3T QOJQ')
    type('Site', 'https://acme.example')
    submit('Save')
    expect(await screen.findByRole('listitem', { name: 'Acme bob' })).toBeTruthy()
    expect(state.entries[0]).toMatchObject({
      type: 'totp',
      digits: 6,
      periodSeconds: 30,
      sites: ['https://acme.example'],
    })
  })

  it('says what is missing and stores nothing', async () => {
    await screen.findByRole('heading', { name: 'Enter an account' })
    type('Digits', '11')
    type('Period', '0')
    submit('Save')
    for (const problem of ['Enter an issuer or an account.', 'Enter the secret.', 'Enter a number from 5 to 10.']) {
      expect(await screen.findByText(problem)).toBeTruthy()
    }
    expect(state.entries).toEqual([])
  })

  it('begins another type with its usual parameters', async () => {
    fireEvent.change(await screen.findByRole('combobox', { name: 'Type' }), { target: { value: 'steam' } })
    await waitFor(() => expect(textbox('Digits').value).toBe('5'))
    fireEvent.change(screen.getByRole('combobox', { name: 'Type' }), { target: { value: 'hotp' } })
    expect(await screen.findByRole('spinbutton', { name: 'Counter' })).toBeTruthy()
    fireEvent.change(screen.getByRole('combobox', { name: 'Type' }), { target: { value: 'motp' } })
    expect(await screen.findByRole('textbox', { name: 'PIN' })).toBeTruthy()
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Algorithm' }).value).toBe('MD5')
  })

  it('keeps everything typed when the background refuses it', async () => {
    await screen.findByRole('heading', { name: 'Enter an account' })
    state.failures.set('addEntry', new AppError('vault/storage-full'))
    type('Issuer', 'Acme')
    type('Secret', 'GEZDGNBVGY3TQOJQ')
    submit('Save')
    expect((await screen.findByRole('alert')).textContent).toContain('Free some space')
    expect([textbox('Issuer').value, textbox('Secret').value]).toEqual(['Acme', 'GEZDGNBVGY3TQOJQ'])
  })

  it('lets no browser remember secret, account or site', async () => {
    await screen.findByRole('heading', { name: 'Enter an account' })
    for (const name of ['Issuer', 'Account', 'Secret', 'Site']) expect(textbox(name).autocomplete).toBe('off')
  })
})

describe('a proposal', () => {
  it('stores nothing before `Add`, then what the user left in the fields (INP-7)', async () => {
    await paste(address('bob'))
    const dialog = within(await screen.findByRole('dialog', { name: 'Add account' }))
    expect(state.entries).toEqual([])
    expect(['Issuer', 'Account', 'Site'].map((name) => textbox(name).value)).toEqual(['Acme', 'bob', ''])
    expect(dialog.getByText('TOTP, SHA1, 6 digits, every 30 s')).toBeTruthy()
    type('Account', 'robert')
    type('Site', 'https://acme.example')
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByRole('listitem', { name: 'Acme robert' })).toBeTruthy()
  })

  it('is dropped by `Cancel`', async () => {
    await paste(address('bob'))
    await screen.findByRole('dialog')
    press('Cancel')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(state.entries).toEqual([])
  })

  it('says that the very secret is already present, and does not add it', async () => {
    await paste(address('bob'))
    await screen.findByRole('dialog')
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }))
    await screen.findByRole('listitem')
    await paste(address('bob'))
    expect(await screen.findByText('This account is already present. Nothing needs to be added.')).toBeTruthy()
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Add' })).disabled).toBe(true)
  })

  it('says that a second account comes under the same names (BND-8)', async () => {
    await paste(address('bob'))
    await screen.findByRole('dialog')
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }))
    await screen.findByRole('listitem')
    await paste(address('bob', 'MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK'))
    expect(await screen.findByText(/This adds a second one/)).toBeTruthy()
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2))
  })

  it('lets the user pick among several codes of one picture', async () => {
    const draft = { type: 'totp', algorithm: 'SHA1', digits: 6, periodSeconds: 30, site: '', issuer: 'Acme' } as const
    const secrets = ['GEZDGNBVGY3TQOJQ', 'MFRGGZDFMZTWQ2LK', 'ONSWG4TFORZWKY3S']
    found.value = {
      proposals: secrets.map((secret, index) => ({
        draft: { ...draft, secret, label: `user ${index}` },
        already: null,
      })),
      chosen: false,
      unreadable: 1,
    }
    await screen.findByRole('dialog', { name: 'Several accounts found' })
    expect(screen.getByText('Not readable as accounts: 1')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Acme user 1' }))
    press('Continue')
    await waitFor(() => expect(textbox('Account').value).toBe('user 0'))
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }))
    await waitFor(() => expect(textbox('Account').value).toBe('user 2'))
    fireEvent.click(await screen.findByRole('button', { name: 'Add' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(state.entries.map((entry) => entry.label)).toEqual(['user 0', 'user 2'])
  })

  it.each([
    ['https://login.example.com/app?x=1', 'This is a web address (login.example.com), not an authenticator code.'],
    ['https://xn--80ak6aa92e.com/', 'This is a web address (xn--80ak6aa92e.com)'],
    ['WIFI:T:WPA;S:Guests;P:secret-of-the-house;;', 'lets a device into a Wi-Fi network'],
    ['phonefactor://activate_account?code=123', 'This is for Microsoft Authenticator alone'],
    ['some words', 'What was read is not an authenticator code.'],
  ])('says what %s is and what to do, and keeps it', async (text, says) => {
    await paste(text)
    const { textContent } = await screen.findByRole('alert')
    expect(textContent).toContain(says)
    expect(textContent).toMatch(/[Ss]can the QR code/)
    expect(textContent).not.toContain('secret-of-the-house')
    expect(textbox('Address').value).toBe(text)
  })

  it('says that a name holds invisible characters (INP-8)', async () => {
    await paste('otpauth://totp/Ac%E2%80%8Bme:bob?secret=GEZDGNBVGY3TQOJQ')
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText(/invisible characters, shown here as .: Ac\uFFFDme$/)).toBeTruthy()
    expect(textbox('Account').getAttribute('aria-describedby')).toBeNull()
  })
})
