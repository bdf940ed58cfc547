// @vitest-environment happy-dom
import { cleanup } from '@testing-library/preact'
import kdbxweb from 'kdbxweb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { textToBytes } from '../../src/core/bytes'
import { AppError } from '../../src/core/errors'
import { exportFormats, readImport, writeExport } from '../../src/formats/index'
import { loadAccounts } from '../../src/ui/actions/accounts'
import { loadPreferences, preferences } from '../../src/ui/actions/preferences'
import { EXPORT_CHOICES, exportFileName } from '../../src/ui/export-choices'
import { App } from '../../src/ui/options/app'
import { settings } from '../../src/settings'
import { importing } from '../../src/ui/transfer-state'
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
  waitFor,
  within,
} from './stage'

vi.mock('../../src/ui/workers', () => ({
  startFormatsWorker: () => new FakeWorker(),
  startScanWorker: () => new FakeWorker(),
}))
const decodeInWorker = vi.hoisted(() => vi.fn(async (_image: Blob): Promise<readonly string[]> => []))
// That it decodes is scan's own test.
vi.mock('../../src/scan/decode', () => ({ decodeInWorker }))

const LIST = [
  'otpauth://totp/Heronbank:wader?secret=JBSWY3DPEHPK3PXP&issuer=Heronbank',
  'otpauth://totp/Curlewmail:marsh?secret=GEZDGNBVGY3TQOJQ&issuer=Curlewmail&algorithm=SHA256&digits=8&period=60',
].join('\n')

const KEY_FILE = textToBytes('Call me Ishmael.')
const FILE_PASSWORD = 'reeds in the wind'

let state: FakeState

/** happy-dom has no locks: this is what is used of the browser's. */
function stubLocks(): void {
  let last: Promise<unknown> = Promise.resolve()
  const request = (_name: string, work: () => Promise<unknown>) => (last = last.then(work, work))
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true })
}

beforeEach(async () => {
  stubLocks()
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  await browser.storage.local.clear()
  await loadPreferences()
  await show(<App onRetry={() => undefined} />)
})

function file(content: string | Uint8Array, name = 'export.txt'): File {
  return new File([content as BlobPart], name)
}

/** What a PNG begins with: enough to be taken for a picture. */
function picture(name: string): File {
  const bytes = new Uint8Array(33)
  bytes.set([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 9, 0, 0, 0, 9,
  ])
  return file(bytes, name)
}

function choose(...files: File[]): void {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) throw new Error('no file field')
  const list = [...files]
  // A list that empties with the field, as the browser's does.
  Object.defineProperty(input, 'files', { get: () => list, configurable: true })
  Object.defineProperty(input, 'value', {
    set() {
      list.length = 0
    },
    configurable: true,
  })
  fireEvent.change(input)
}

const proposal = async () => within(await screen.findByRole('dialog', { name: 'Import' }))
const names = () => state.entries.filter(({ trashedAt }) => !trashedAt).map(({ issuer, label }) => `${issuer} ${label}`)

describe('importing', () => {
  it('shows what a file would add before anything is stored, then stores it (INP-10)', async () => {
    choose(file(LIST))
    const dialog = await proposal()
    expect(dialog.getByText('2 of 2 chosen')).toBeTruthy()
    expect(dialog.getAllByText('new')).toHaveLength(2)
    expect(dialog.getByText('TOTP, SHA256, 8 digits, every 60 s')).toBeTruthy()
    expect(names()).toEqual(['Acme bob'])
    fireEvent.click(dialog.getByRole('button', { name: 'Import' }))
    await waitFor(() => expect(names()).toEqual(['Acme bob', 'Heronbank wader', 'Curlewmail marsh']))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(state.calls.filter(({ name }) => name === 'importEntries')).toHaveLength(1)
  })

  it('stores only the rows that are chosen, and none that is here already (BND-8)', async () => {
    const known = 'otpauth://totp/Known?secret=AEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIB'
    choose(file(`${LIST}\n${known}\notpauth://totp/refused?secret=MFRGGZDF`))
    const dialog = await proposal()
    expect(dialog.getByRole<HTMLInputElement>('checkbox', { name: 'Known' }).disabled).toBe(true)
    expect(dialog.getByText('already stored')).toBeTruthy()
    expect(dialog.getByRole<HTMLInputElement>('checkbox', { name: 'refused' }).disabled).toBe(true)
    expect(dialog.getByText('2 of 4 chosen')).toBeTruthy()
    fireEvent.click(dialog.getByRole('checkbox', { name: 'Heronbank wader' }))
    fireEvent.click(dialog.getByRole('button', { name: 'Import' }))
    await waitFor(() => expect(names()).toContain('Curlewmail marsh'))
    expect(names()).not.toContain('Heronbank wader')
  })

  it('chooses all and none, and imports nothing when none is chosen', async () => {
    choose(file(LIST))
    const dialog = await proposal()
    fireEvent.click(dialog.getByRole('button', { name: 'Choose none' }))
    expect(dialog.getByText('0 of 2 chosen')).toBeTruthy()
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Import' }).disabled).toBe(true)
    fireEvent.click(dialog.getByRole('button', { name: 'Choose all' }))
    expect(dialog.getByText('2 of 2 chosen')).toBeTruthy()
    fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(names()).toEqual(['Acme bob'])
  })

  it('names each row that could not be read, with the reason', async () => {
    choose(file(`${LIST}\notpauth://totp/Broken:x?secret=1`))
    const dialog = await proposal()
    expect(dialog.getByText('Left out, or not as they stood: 1')).toBeTruthy()
    expect(dialog.getByText('Broken:x')).toBeTruthy()
    expect(dialog.getByText(/holds characters that do not belong there/)).toBeTruthy()
  })

  it('says what to do with a file that nobody knows, and takes the next one', async () => {
    choose(file('these are notes'))
    expect((await screen.findByRole('alert')).textContent).toContain('This is no export that Latchkey knows.')
    choose(file(LIST))
    await proposal()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('says why the only row of a file was left out', async () => {
    choose(file('otpauth://totp/Broken:x?secret=1'))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('no account in it can be imported')
    expect(alert.textContent).toContain('holds characters that do not belong there')
  })

  it('gives an account without any name its number, so that it is not lost', async () => {
    choose(file('otpauth://totp/?secret=JBSWY3DPEHPK3PXP'))
    expect((await proposal()).getByRole('checkbox', { name: 'Account 1' })).toBeTruthy()
  })

  it('reads several files at once: one that fails costs no other, a secret in two is added once', async () => {
    const [first = ''] = LIST.split('\n')
    choose(file(LIST, 'a.txt'), file('notes', 'b.txt'), file(first.replace('wader', 'reed'), 'c.txt'))
    const dialog = await proposal()
    expect(dialog.getByText('b.txt')).toBeTruthy()
    expect(dialog.getByText('2 of 3 chosen')).toBeTruthy()
    expect(dialog.getByText('same secret in another file')).toBeTruthy()
  })

  it('takes the account from the file that still has its settings, and says so (INP-9)', async () => {
    const [, whole = ''] = LIST.split('\n')
    choose(file(whole.replace(/&algorithm.*/, ''), 'old.txt'), file(whole, 'phone.txt'))
    const dialog = await proposal()
    expect(dialog.getByText('settings lost here; phone.txt still has them')).toBeTruthy()
    expect(dialog.getByText('has what old.txt has lost')).toBeTruthy()
    const chosen = dialog.getAllByRole<HTMLInputElement>('checkbox').map(({ checked }) => checked)
    expect(chosen).toEqual([false, true])
    fireEvent.click(dialog.getByRole('button', { name: 'Import' }))
    await waitFor(() => expect(state.entries.at(-1)).toMatchObject({ algorithm: 'SHA256', periodSeconds: 60 }))
    expect(names()).toEqual(['Acme bob', 'Curlewmail marsh'])
  })

  it('reads the codes of all pictures together: a transfer may have several', async () => {
    decodeInWorker.mockImplementation(async (image) => [
      LIST.split('\n')[(image as File).name === 'one.png' ? 0 : 1] ?? '',
    ])
    choose(picture('one.png'), picture('two.png'))
    expect((await proposal()).getByText('2 of 2 chosen')).toBeTruthy()
    expect(FakeWorker.jobs.at(-1)).toMatchObject({ kind: 'read', bytes: textToBytes(LIST) })
  })

  it('says that a picture shows no code', async () => {
    decodeInWorker.mockResolvedValue([])
    choose(picture('cat.png'))
    expect((await screen.findByRole('alert')).textContent).toContain('No QR code was found')
  })

  it('takes files that are dropped on it', async () => {
    const panel = screen.getByRole('heading', { name: 'Bring accounts in' }).parentElement
    const drop = new Event('drop', { bubbles: true, cancelable: true })
    panel?.dispatchEvent(Object.assign(drop, { dataTransfer: { files: [file(LIST)] } }))
    expect(drop.defaultPrevented).toBe(true)
    expect((await proposal()).getByText('2 of 2 chosen')).toBeTruthy()
  })

  it('keeps the proposal when storing fails, and says why', async () => {
    choose(file(LIST))
    const dialog = await proposal()
    state.failures.set('importEntries', new AppError('vault/storage-full'))
    fireEvent.click(dialog.getByRole('button', { name: 'Import' }))
    expect((await dialog.findByRole('alert')).textContent).toContain('The disk is full')
    fireEvent.click(dialog.getByRole('button', { name: 'Import' }))
    await waitFor(() => expect(names()).toHaveLength(3))
  })

  it('forgets what it read with the lock (KEY-8)', async () => {
    choose(file(LIST))
    await proposal()
    press('Lock now')
    await waitFor(() => expect(importing.value).toBeNull())
    expect(document.body.textContent).not.toContain('Heronbank')
  })
})

describe('a file with a password', () => {
  let backup: Uint8Array

  beforeEach(async () => {
    const { entries } = await readImport(textToBytes(LIST))
    backup = (await writeExport('latchkey', entries, { password: FILE_PASSWORD })).bytes
    choose(file(backup, 'backup.json'))
    await screen.findByRole('dialog', { name: 'File password' })
  })

  it('is asked for it until it opens; what was typed stays', async () => {
    type('File password', 'not this one')
    submitPassword()
    expect((await screen.findByRole('alert', {}, { timeout: 5000 })).textContent).toContain(
      'not the password of this file',
    )
    expect(textbox('File password').value).toBe('not this one')
    type('File password', FILE_PASSWORD)
    submitPassword()
    expect(await screen.findByText('2 of 2 chosen', {}, { timeout: 5000 })).toBeTruthy()
  })

  it('is not read when the user cancels; nothing is said to have failed', async () => {
    press('Cancel')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.queryByRole('alert')).toBeNull()
    await waitFor(() => expect(button('Import').getAttribute('aria-disabled')).not.toBe('true'))
  })

  it('asks before it takes more memory than usual, with the password still there (INP-4)', async () => {
    type('File password', FILE_PASSWORD)
    const original = FakeWorker.prototype.postMessage
    vi.spyOn(FakeWorker.prototype, 'postMessage').mockImplementationOnce(function (this: FakeWorker) {
      const data = { ok: false, code: 'format/too-costly', params: { memoryMib: 1024 } }
      this.dispatchEvent(new MessageEvent('message', { data }))
    })
    submitPassword()
    expect(await screen.findByText(/takes 1,024 MB of memory/, {}, { timeout: 5000 })).toBeTruthy()
    expect(textbox('File password').value).toBe(FILE_PASSWORD)
    FakeWorker.prototype.postMessage = original
    submitPassword()
    expect(await screen.findByText('2 of 2 chosen', {}, { timeout: 5000 })).toBeTruthy()
    expect(FakeWorker.jobs.at(-1)).toMatchObject({ options: { password: FILE_PASSWORD, memoryMib: 1024 } })
  })

  function submitPassword(): void {
    fireEvent.submit(textbox('File password').form as HTMLFormElement)
  }
})

describe('a database that a key file opens', () => {
  let database: Uint8Array

  beforeEach(async () => {
    const credentials = await new kdbxweb.Credentials(null, KEY_FILE.slice().buffer).ready
    const kdbx = kdbxweb.Kdbx.create(credentials, 'x')
    kdbx.setKdf(kdbxweb.Consts.KdfId.Aes)
    kdbx.createEntry(kdbx.getDefaultGroup()).fields.set('otp', LIST.split('\n')[0] ?? '')
    database = new Uint8Array(await kdbx.save())
  })

  it('asks for password and key file, and takes the file alone', async () => {
    await ask(file(database, 'mine.kdbx'))
    submit()
    expect(await screen.findByText('Fill in this field.')).toBeTruthy()
    chooseKey(file(KEY_FILE, 'mine.keyx'))
    await submitKey(KEY_FILE)
  })

  it('takes the key file that was chosen last, however long the one before takes', async () => {
    await ask(file(database, 'mine.kdbx'))
    const first = heldBack()
    const second = heldBack()
    chooseKey(first.file)
    chooseKey(second.file)
    second.hand(KEY_FILE)
    first.hand(textToBytes('another'))
    await submitKey(KEY_FILE)
  })

  it('does not blame the password where the key file alone was wrong', async () => {
    await ask(file(database, 'mine.kdbx'))
    chooseKey(file('another', 'other.keyx'))
    await submitKey(textToBytes('another'))
    const alert = await screen.findByRole('alert', {}, { timeout: 5000 })
    expect(alert.textContent).toContain('That key file alone does not open this database.')
    expect(screen.queryByText(/Caps Lock/)).toBeNull()
  })

  it('says nothing of a key file that failed when the next database asks', async () => {
    await ask(file(database, 'a.kdbx'), file(database, 'b.kdbx'))
    const broken = heldBack()
    chooseKey(broken.file)
    broken.refuse()
    expect(await screen.findByRole('alert')).toBeTruthy()
    press('Skip this file')
    expect(await screen.findByText('b.kdbx')).toBeTruthy()
    await screen.findByLabelText('Key file')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  async function ask(...files: File[]): Promise<void> {
    choose(...files)
    await screen.findByRole('dialog', { name: 'File password' })
  }

  function chooseKey(key: File): void {
    const input = screen.getByLabelText('Key file')
    Object.defineProperty(input, 'files', { get: () => [key], configurable: true })
    fireEvent.change(input)
  }

  const submit = () => fireEvent.submit(textbox('File password').form as HTMLFormElement)

  async function submitKey(keyFile: Uint8Array): Promise<void> {
    await waitFor(() => {
      submit()
      expect(FakeWorker.jobs.at(-1)).toMatchObject({ options: { password: '', keyFile } })
    })
  }

  /** A file that is read when the test says so. */
  function heldBack() {
    let hand: (content: Uint8Array) => void = () => undefined
    let refuse: () => void = () => undefined
    const bytes = new Promise<ArrayBuffer>((resolve, reject) => {
      hand = (content) => resolve(content.slice().buffer as ArrayBuffer)
      refuse = () => reject(new Error('NotReadableError'))
    })
    return { file: Object.assign(file('', 'slow.keyx'), { arrayBuffer: () => bytes }), hand, refuse }
  }
})

describe('after an import', () => {
  beforeEach(async () => {
    choose(file(LIST))
    fireEvent.click((await proposal()).getByRole('button', { name: 'Import' }))
    await screen.findByRole('button', { name: 'Undo' })
  })

  it('moves exactly what was added to the trash', async () => {
    press('Undo')
    await waitFor(() => expect(names()).toEqual(['Acme bob']))
    expect(await screen.findByText('Moved to the trash: 2')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
    expect(screen.getAllByRole('button', { name: 'Restore' })).toHaveLength(2)
  })

  it('undoes each import of the last 30 days, and none before (INP-10)', async () => {
    const day = 86_400_000
    const [, first, second] = state.entries
    first!.importedAt = Date.now() - 29 * day
    await loadAccounts()
    expect(await screen.findAllByRole('button', { name: 'Undo' })).toHaveLength(2)
    fireEvent.click(screen.getAllByRole('button', { name: 'Undo' })[1]!)
    await waitFor(() => expect(names()).toEqual(['Acme bob', 'Curlewmail marsh']))
    second!.importedAt = Date.now() - 31 * day
    await loadAccounts()
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull())
  })

  it('shows the codes beside those of the old app, to be ticked off', async () => {
    expect(screen.getByText('0 of 2 agree')).toBeTruthy()
    await waitFor(() => expect(document.querySelectorAll('.import-rows .code')).toHaveLength(2))
    fireEvent.click(screen.getByRole('checkbox', { name: 'Heronbank wader shows the same code' }))
    expect(await screen.findByText('1 of 2 agree')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Curlewmail marsh shows the same code' }))
    expect(await screen.findByText('2 of 2 agree')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Curlewmail marsh shows the same code' }))
    expect(await screen.findByText('1 of 2 agree')).toBeTruthy()
  })

  it('keeps asking for the codes when the page was closed, until all are ticked off', async () => {
    fireEvent.click(screen.getByRole('checkbox', { name: 'Heronbank wader shows the same code' }))
    await openAgain()
    expect(await screen.findByText('1 of 2 agree')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Curlewmail marsh shows the same code' }))
    await openAgain()
    await screen.findByRole('button', { name: 'Undo' })
    expect(screen.queryByText(/agree/)).toBeNull()
  })

  it('asks no more for the codes of an import that the user is done with', async () => {
    press('Stop comparing')
    await waitFor(() => expect(screen.queryByText(/agree/)).toBeNull())
    await openAgain()
    await screen.findByRole('button', { name: 'Undo' })
    expect(screen.queryByText(/agree/)).toBeNull()
    expect(await settings.comparisons.get()).toEqual({ equal: [], ended: [state.entries[1]?.importedAt] })
  })

  it('keeps each tick, even where what is shown was put back by the event of an earlier one', async () => {
    fireEvent.click(screen.getByRole('checkbox', { name: 'Heronbank wader shows the same code' }))
    await waitFor(async () => expect((await settings.comparisons.get()).equal).toHaveLength(1))
    preferences.comparisons.shown.value = { equal: [], ended: [] }
    fireEvent.click(screen.getByRole('checkbox', { name: 'Curlewmail marsh shows the same code' }))
    press('Stop comparing')
    const [, first, second] = state.entries
    const kept = { equal: [first?.id, second?.id], ended: [second?.importedAt] }
    await waitFor(async () => expect(await settings.comparisons.get()).toEqual(kept))
  })

  async function openAgain(): Promise<void> {
    await waitFor(async () => expect(await settings.comparisons.get()).toEqual(preferences.comparisons.shown.value))
    cleanup()
    preferences.comparisons.shown.value = null
    await loadPreferences()
    await show(<App onRetry={() => undefined} />)
  }
})

describe('exporting', () => {
  let saved: { name: string; blob: Blob }[]

  beforeEach(() => {
    saved = []
    let blob = new Blob()
    vi.spyOn(URL, 'createObjectURL').mockImplementation((object) => {
      blob = object as Blob
      return 'blob:x'
    })
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob })
    })
    press('Export')
  })

  const savedBytes = async () => new Uint8Array(await saved[0]!.blob.arrayBuffer())

  function choice(format: string): void {
    fireEvent.change(screen.getByRole('combobox', { name: 'Format' }), { target: { value: format } })
  }

  function typePasswords(password = FILE_PASSWORD, repeated = password): void {
    type('File password', password)
    type('Repeat file password', repeated)
  }

  const send = () => fireEvent.submit(textbox('Passphrase').form as HTMLFormElement)

  it('writes an encrypted backup that opens again, and remembers when (VLT-14, VLT-15)', async () => {
    typePasswords()
    type('Passphrase', PASSPHRASE)
    send()
    expect(await screen.findByText(/opened again and compared/, {}, { timeout: 10_000 })).toBeTruthy()
    expect(saved[0]?.name).toMatch(/^latchkey-backup-\d{4}-\d\d-\d\d\.json$/)
    const { entries } = await readImport(await savedBytes(), { password: FILE_PASSWORD })
    expect(entries).toMatchObject([{ issuer: 'Acme', label: 'bob' }])
    expect(await browser.storage.local.get('lastExportAt')).toEqual({ lastExportAt: expect.any(Number) })
  })

  it('writes the accounts that are ticked, and does not count some as a backup (VLT-15)', async () => {
    fillVault(state, ['Acme', 'bob'], ['Acme', 'carol'])
    await loadAccounts()
    expect(await screen.findByText('All accounts: 2')).toBeTruthy()
    choice('otpauth')
    press('Choose none')
    type('Passphrase', PASSPHRASE)
    send()
    expect(await screen.findByText('Choose at least one account.')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Acme carol' }))
    expect(screen.getByText('Accounts: 1 of 2')).toBeTruthy()
    send()
    await screen.findByText(/among your downloads/)
    const { entries } = await readImport(await savedBytes())
    expect(entries.map(({ label }) => label)).toEqual(['carol'])
    expect(await browser.storage.local.get('lastExportAt')).toEqual({})
  })

  it('asks for the passphrase again, whatever the format', async () => {
    choice('otpauth')
    send()
    expect(await screen.findByText('Type your passphrase.')).toBeTruthy()
    type('Passphrase', 'not this one')
    send()
    expect((await screen.findByRole('alert')).textContent).toContain('not the passphrase of this vault')
    expect(saved).toEqual([])
  })

  it('says of a plain file what it is, before it is made', async () => {
    choice('otpauth')
    expect(screen.getByText(/This file is not encrypted/)).toBeTruthy()
    type('Passphrase', PASSPHRASE)
    send()
    await screen.findByText(/among your downloads/)
    expect(new TextDecoder().decode(await savedBytes())).toMatch(/^otpauth:\/\/totp\/Acme:bob\?secret=/)
  })

  it('takes no password that is short or differs from its repetition', async () => {
    typePasswords('short')
    type('Passphrase', PASSPHRASE)
    send()
    expect(await screen.findByText('Use at least 8 characters.')).toBeTruthy()
    typePasswords(FILE_PASSWORD, 'reeds in the wine')
    send()
    expect(await screen.findByText('The two passwords differ. Type them again.')).toBeTruthy()
    expect(state.calls.some(({ name }) => name === 'exportEntries')).toBe(false)
  })

  it('leaves the choice of a password where another app reads both', async () => {
    choice('aegis')
    expect(textbox('File password')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'Protect with a password' }))
    expect(screen.queryByLabelText('File password')).toBeNull()
    expect(screen.getByText(/This file is not encrypted/)).toBeTruthy()
  })

  it('names what a format cannot hold, and does not count that as a backup', async () => {
    state.entries[0]!.algorithm = 'SHA384'
    choice('google')
    type('Passphrase', PASSPHRASE)
    send()
    expect(await screen.findByText('Not in it, or not in full: 1')).toBeTruthy()
    expect(screen.getByText('None of your accounts fits into this format.')).toBeTruthy()
    expect(await browser.storage.local.get('lastExportAt')).toEqual({})
  })

  it('counts as a backup what loses of an account only what travels beside its code (VLT-15)', async () => {
    Object.assign(state.entries[0]!, { sites: ['https://acme.example'], tags: ['Work'] })
    choice('otpauth')
    type('Passphrase', PASSPHRASE)
    send()
    expect(await screen.findByText('Not in it, or not in full: 1')).toBeTruthy()
    expect(await browser.storage.local.get('lastExportAt')).toEqual({ lastExportAt: expect.any(Number) })
  })

  it('shows a transfer as QR codes, ten accounts each, and saves no file', async () => {
    const [one] = state.entries
    state.entries = Array.from({ length: 11 }, (_, i) => ({
      ...one!,
      id: `${i}`,
      secret: new Uint8Array(9).fill(i + 1),
    }))
    choice('google')
    type('Passphrase', PASSPHRASE)
    send()
    expect(await screen.findByText('1 of 2')).toBeTruthy()
    const first = (await screen.findByRole('img', { name: 'QR code' })).innerHTML
    press('Next')
    expect(await screen.findByText('2 of 2')).toBeTruthy()
    await waitFor(() => expect(screen.getByRole('img', { name: 'QR code' }).innerHTML).not.toBe(first))
    expect(saved).toEqual([])
    press('Close')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(document.querySelector('.qr')).toBeNull()
  })
})

describe('exporting what was selected in the list', () => {
  it('opens with those accounts ticked, once', async () => {
    fillVault(state, ['Acme', 'bob'], ['Acme', 'carol'], ['Acme', 'dave'])
    await settings.exportOnly.set(['id-0', 'id-2'])
    cleanup()
    await show(<App onRetry={() => undefined} />)
    expect(await screen.findByText('Accounts: 2 of 3')).toBeTruthy()
    expect(await settings.exportOnly.get()).toBeNull()
  })
})

describe('EXPORT_CHOICES', () => {
  it('offers every format that is written', () => {
    expect(EXPORT_CHOICES.map(({ format }) => format).toSorted()).toEqual([...exportFormats].toSorted())
  })

  it.each(EXPORT_CHOICES)('knows whether $format takes a password', async ({ format, password }) => {
    const { entries } = await readImport(textToBytes(LIST))
    if (password === 'always') {
      return expect(writeExport(format, entries)).rejects.toMatchObject({ code: 'format/needs-password' })
    }
    const plain = (await writeExport(format, entries)).bytes
    const locked = (await writeExport(format, entries, { password: FILE_PASSWORD })).bytes
    const [isPlain, isLocked] = await Promise.all([plain, locked].map(opensWithout))
    expect([isPlain, isLocked]).toEqual([true, password === 'never'])
  })

  it('names files by what is in them', () => {
    const date = new Date(2026, 0, 5)
    const [latchkey] = EXPORT_CHOICES
    const ente = EXPORT_CHOICES.find(({ format }) => format === 'ente')!
    expect(exportFileName(latchkey, true, date)).toBe('latchkey-backup-2026-01-05.json')
    expect(exportFileName(ente, true, date)).toBe('latchkey-ente-2026-01-05.json')
    expect(exportFileName(ente, false, date)).toBe('latchkey-ente-2026-01-05.txt')
  })
})

async function opensWithout(bytes: Uint8Array): Promise<boolean> {
  try {
    await readImport(bytes)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'format/needs-password') return false
    throw error
  }
}

describe('the guide', () => {
  it('tells for eight apps what to press there', () => {
    const steps = [...document.querySelectorAll('.guide')].map((one) => one.querySelectorAll('li').length)
    expect(steps).toHaveLength(8)
    expect(Math.min(...steps)).toBeGreaterThan(2)
  })
})
