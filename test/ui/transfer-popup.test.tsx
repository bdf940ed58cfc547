// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { encode } from 'uqr'
import { bytesToText } from '../../src/core/bytes'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import { writeExport } from '../../src/formats/index'
import { startAgain } from '../../src/ui/actions/start'
import { loadPreferences } from '../../src/ui/actions/preferences'
import { isBackupDue } from '../../src/ui/components/backup-text'
import { outline } from '../../src/ui/components/qr-code'
import { App } from '../../src/ui/popup/app'
import { inUse, screen as current } from '../../src/ui/state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { FakeWorker } from './fake-worker'
import {
  PASSPHRASE,
  button,
  fillVault,
  fireEvent,
  press,
  screen,
  setStage,
  show,
  textbox,
  type,
  submit,
  waitFor,
  within,
} from './stage'

vi.mock('../../src/ui/workers', () => ({ startFormatsWorker: () => new FakeWorker() }))

const DAY_MS = 24 * 60 * 60 * 1000

let state: FakeState
const copied = vi.fn(async (_text: string) => undefined)

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  state.entries[0]!.createdAt = Date.now()
  copied.mockReset()
  await browser.storage.local.clear()
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: copied }, configurable: true })
  await loadPreferences()
  await show(<App onRetry={() => void startAgain()} />)
})

describe("an account's QR code", () => {
  const send = () => fireEvent.submit(textbox('Passphrase').form as HTMLFormElement)

  beforeEach(async () => {
    current.value = { name: 'edit', entryId: 'id-0' }
    fireEvent.click(await screen.findByRole('button', { name: 'Show QR code' }))
  })

  it('is shown only after the passphrase', async () => {
    type('Passphrase', 'not this one')
    send()
    expect((await screen.findByRole('alert')).textContent).toContain('not the passphrase of this vault')
    expect(screen.queryByRole('img', { name: 'QR code' })).toBeNull()
  })

  it('is drawn, and can be copied as an address that leaves the clipboard again (OTP-5)', async () => {
    type('Passphrase', PASSPHRASE)
    send()
    const drawn = await screen.findByRole('img', { name: 'QR code' })
    press('Copy address')
    expect(await screen.findByText('Copied. Cleared in 30 s.')).toBeTruthy()
    const [[address = ''] = []] = copied.mock.calls
    expect(address).toMatch(/^otpauth:\/\/totp\/Acme:bob\?secret=[A-Z2-7]+&issuer=Acme/)
    expect(drawn.querySelector('path')?.getAttribute('d')).toBe(outline(encode(address, { ecc: 'M', border: 4 }).data))
    expect(state.calls.some(({ name }) => name === 'clearClipboardLater')).toBe(true)
    expect(document.body.textContent).toContain('Whoever sees it can make the same codes.')
  })

  it('goes when it is hidden, and with the screen', async () => {
    type('Passphrase', PASSPHRASE)
    send()
    await screen.findByRole('img', { name: 'QR code' })
    press('Hide')
    await waitFor(() => expect(screen.queryByRole('img', { name: 'QR code' })).toBeNull())
    expect(button('Show QR code')).toBeTruthy()
  })
})

describe('a transfer code', () => {
  beforeEach(() => {
    current.value = { name: 'paste' }
  })

  it('gives the accounts in it, for the user to choose', async () => {
    const addresses = ['one?secret=MFRGGZDFMZTWQ2LK', 'two?secret=ONSWG4TFORZWKY3S'].map(
      (rest) => `otpauth://totp/Acme:${rest}`,
    )
    const { bytes } = await writeExport('google', addresses.map(parseOtpauthUri))
    await screen.findByRole('button', { name: 'Read' })
    type('Address', bytesToText(bytes) ?? '')
    submit('Read')
    const dialog = within(await screen.findByRole('dialog', { name: 'Several accounts found' }))
    expect(dialog.getByRole('checkbox', { name: 'Acme one' })).toBeTruthy()
    expect(dialog.getByRole('checkbox', { name: 'Acme two' })).toBeTruthy()
    expect(state.entries).toHaveLength(1)
  })

  it('that is broken says so, and stays', async () => {
    await screen.findByRole('button', { name: 'Read' })
    type('Address', 'otpauth-migration://offline?data=CjEK')
    submit('Read')
    expect((await screen.findByRole('alert')).textContent).toContain('damaged or incomplete')
    expect(textbox('Address').value).toBe('otpauth-migration://offline?data=CjEK')
  })
})

describe('outline', () => {
  it('draws every dark module and no other', () => {
    const { data } = encode('otpauth://totp/a?secret=JBSWY3DP', { border: 2 })
    const drawn = data.map((row) => row.map(() => false))
    for (const [, x, y, length] of outline(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let i = 0; i < Number(length); i++) drawn[Number(y)]![Number(x) + i] = true
    }
    expect(drawn).toEqual(data)
  })
})

describe('the footer', () => {
  it('says that all is stored while there is nothing to remind of', () => {
    expect(screen.getByText('Stored encrypted')).toBeTruthy()
  })

  it('shows the date of the last backup', async () => {
    await browser.storage.local.set({ lastExportAt: new Date(2026, 2, 9).getTime() })
    await loadPreferences()
    expect(await screen.findByText('Last backup: Mar 9, 2026')).toBeTruthy()
  })

  it('leads to the backup once an account is a week old and in none (VLT-15)', async () => {
    state.entries[0]!.createdAt = Date.now() - 8 * DAY_MS
    await show(<App onRetry={() => undefined} />)
    const open = vi.fn(async (_tab: object) => undefined)
    Object.assign(browser.tabs, { create: open })
    fireEvent.click((await screen.findAllByRole('button', { name: 'No backup yet' }))[0] as HTMLElement)
    expect(open).toHaveBeenCalledWith({ url: expect.stringMatching(/options\/index\.html#section-transfer$/) })
  })

  it.each<[string, number, number | null, boolean]>([
    ['never backed up, a week and a moment old', 7 * DAY_MS + 1, null, true],
    ['never backed up, a week old', 7 * DAY_MS, null, false],
    ['backed up since', 30 * DAY_MS, 29 * DAY_MS, false],
    ['added after the backup, long ago', 30 * DAY_MS, 31 * DAY_MS, true],
    ['added after the backup, lately', 2 * DAY_MS, 31 * DAY_MS, false],
  ])('knows when one is due: %s (VLT-15)', (_what, age, backupAge, due) => {
    const now = 1_800_000_000_000
    const [entry] = inUse.value.map((one) => ({ ...one, createdAt: now - age }))
    expect(isBackupDue([entry!], backupAge === null ? null : now - backupAge, now)).toBe(due)
  })
})
