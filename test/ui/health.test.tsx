// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import type { PageCalls } from '../../src/rpc/calls'
import { settings } from '../../src/settings'
import { remindOfBackup } from '../../src/ui/actions/health'
import { loadPreferences } from '../../src/ui/actions/preferences'
import { startAgain } from '../../src/ui/actions/start'
import { isReminderDue } from '../../src/ui/components/backup-text'
import { backupReminder } from '../../src/ui/health-state'
import { App as Options } from '../../src/ui/options/app'
import { App as Popup } from '../../src/ui/popup/app'
import { inUse, running, status, toast } from '../../src/ui/state'
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

const DAY = 86_400_000
const inSection = (name: string) => within(screen.getByRole('region', { name }))
const READING: ReadonlySet<keyof PageCalls> = new Set([
  'glance',
  'salvage',
  'exportRaw',
  'exportRemains',
  'vaultsAside',
  'ways' as keyof PageCalls,
])

let state: FakeState

beforeEach(async () => {
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  backupReminder.value = false
  await browser.storage.local.clear()
  await loadPreferences()
})

const retry = () => void startAgain()

function writingCalls(): readonly string[] {
  return state.calls.map(({ name }) => name).filter((name) => !READING.has(name))
}

describe.each([
  ['popup', <Popup onRetry={retry} />],
  ['options page', <Options onRetry={retry} />],
])('a damaged vault in the %s (VLT-4)', (_name, page) => {
  beforeEach(async () => {
    state.health.damaged = true
    state.unlocked = false
    await show(page)
  })

  it('offers everything there is to do, and writes nothing before the user chooses', async () => {
    for (const name of ['See what still opens', 'Save the vault as it is', 'Start anew']) {
      expect(screen.getAllByText(name).length).toBeGreaterThan(0)
    }
    type('Passphrase', PASSPHRASE)
    submit('Look')
    await screen.findByText('Accounts that open: 37 of 37')
    expect(writingCalls()).toEqual([])
  })

  it('says what is lost by name before it rebuilds', async () => {
    state.health.salvage = {
      open: 36,
      lost: [{ issuer: 'Heronbank', label: 'wader' }, null],
      inSnapshot: 1,
      onlyInSnapshot: 3,
      exact: false,
    }
    type('Passphrase', PASSPHRASE)
    submit('Look')
    expect(await screen.findByText('Accounts that open: 36 of 38')).toBeTruthy()
    expect(screen.getByText('Heronbank · wader')).toBeTruthy()
    expect(screen.getByText('Without a known name: 1')).toBeTruthy()
    expect(screen.getByText(/a snapshot brings back: 1/)).toBeTruthy()
    expect(screen.getByText(/deleted since or lost: 3/)).toBeTruthy()
    expect(screen.getByText(/list of accounts is lost as well/)).toBeTruthy()
    press('Rebuild the vault')
    await waitFor(() => expect(status.value).toBe('unlocked'))
    await waitFor(() => expect(inUse.value.map(({ issuer }) => issuer)).toEqual(['Acme']))
  })

  it('keeps what was typed when the passphrase is wrong', async () => {
    type('Passphrase', 'not this one at all')
    submit('Look')
    expect((await screen.findByRole('alert')).textContent).toContain('not the passphrase')
    expect(textbox('Passphrase').value).toBe('not this one at all')
  })

  it('starts anew only after the words were typed (KEY-10)', async () => {
    submit('Start anew')
    expect(await screen.findByText('Type “start anew” to go on.')).toBeTruthy()
    expect(writingCalls()).toEqual([])
    type('Type “start anew” to confirm', 'Start anew ')
    submit('Start anew')
    expect(await screen.findByText('Create your vault')).toBeTruthy()
  })

  it('tries again', async () => {
    state.health.damaged = false
    press('Try again')
    expect(await screen.findByRole('button', { name: 'Unlock' })).toBeTruthy()
  })
})

it('shows the damaged screen when the vault turns out to be damaged as it is unlocked', async () => {
  state.unlocked = false
  await show(<Popup onRetry={retry} />)
  state.failures.set('unlock', new AppError('vault/damaged'))
  type('Passphrase', PASSPHRASE)
  submit('Unlock')
  expect(await screen.findByText('The vault cannot be opened')).toBeTruthy()
})

it('shows it as well when an open vault turns out to be damaged', async () => {
  await show(<Popup onRetry={retry} />)
  state.failures.set('glance', new AppError('vault/damaged'))
  await startAgain()
  expect(await screen.findByText('The vault cannot be opened')).toBeTruthy()
  expect(screen.queryByText('Acme')).toBeNull()
})

describe('what was found wrong with a copy (VLT-3)', () => {
  const found = { database: 'missing', mirror: 'intact' } as const

  it('is said once', async () => {
    await settings.copiesReport.set({ at: 1_700_000_000_000, found, healed: ['database'], read: false })
    await loadPreferences()
    await show(<Popup onRetry={retry} />)
    const line = 'The copy in the database was missing. It was put right from the other.'
    const card = (await screen.findByText(line)).closest<HTMLElement>('.note')
    if (!card) throw new Error('there is no card')
    within(card).getByRole('button', { name: 'Close' }).click()
    await waitFor(() => expect(screen.queryByText(line)).toBeNull())
    expect(await settings.copiesReport.get()).toMatchObject({ read: true })
  })

  it('stands in the options for good', async () => {
    await settings.copiesReport.set({ at: 1_700_000_000_000, found, healed: [], read: true })
    await loadPreferences()
    await show(<Options onRetry={retry} />)
    expect(inSection('Vault health').getByText(/was missing\. It is put right at the next unlock\./)).toBeTruthy()
    expect(inSection('About').getByText(/was missing\. It is put right at the next unlock\./)).toBeTruthy()
  })
})

describe('vault health in the options', () => {
  it('lists the snapshots and goes back to one, and from there here again', async () => {
    const takenAt = 1_700_000_000_000
    state.health.snapshots = [
      { takenAt, reason: 'import', accounts: 3, bytes: 4_200 },
      { takenAt: takenAt - DAY, reason: 'daily', accounts: null, bytes: 10 },
    ]
    await show(<Options onRetry={retry} />)
    const list = await screen.findByRole('list', { name: 'Snapshots' })
    expect(list.textContent).toContain('before an import · accounts: 3 · 4.2 kB')
    expect(list.textContent).toContain('before a day’s changes · does not open')
    expect(within(list).getAllByRole('button')).toHaveLength(1)
    within(list).getByRole('button').click()
    const dialog = await screen.findByRole('alertdialog')
    within(dialog).getByRole('button', { name: 'Go back to this' }).click()
    await waitFor(() => expect(toast.value?.text).toMatch(/^Back at /))
    toast.value?.undo?.()
    await waitFor(() => {
      const asked = state.calls.filter(({ name }) => name === 'restoreSnapshot').map(({ args }) => args[0])
      expect(asked).toEqual([takenAt, takenAt + 1])
    })
  })

  it('names damaged records and brings back what a snapshot has (VLT-2)', async () => {
    state.health.lost = [
      { id: 'a', names: { issuer: 'Heronbank', label: 'wader' }, snapshotAt: 1 },
      { id: 'b', names: null, snapshotAt: null },
    ]
    await show(<Options onRetry={retry} />)
    expect(await screen.findByText('Heronbank · wader')).toBeTruthy()
    press('Bring back from a snapshot: 1')
    await waitFor(() => expect(screen.queryByText('Heronbank · wader')).toBeNull())
    await waitFor(() => expect(running.value.size).toBe(0))
    press('Take off the list')
    within(await screen.findByRole('alertdialog'))
      .getByRole('button', { name: 'Take off the list' })
      .click()
    await waitFor(() => expect(state.health.lost).toEqual([]))
  })

  it('takes a snapshot and says when one was last proven to open', async () => {
    await settings.lastProof.set({ at: 1_700_000_000_000, takenAt: 1, opened: false })
    await loadPreferences()
    await show(<Options onRetry={retry} />)
    for (const name of ['Vault health', 'About'])
      expect(inSection(name).getByText(/The newest snapshot does not open/)).toBeTruthy()
    press('Take one now')
    await waitFor(() => expect(toast.value?.text).toBe('A snapshot is kept.'))
    expect(await screen.findByText(/on request · accounts: 1/)).toBeTruthy()
  })

  it('lists the vaults that were put aside, locked or not (KEY-10)', async () => {
    state.health.aside = [1_700_000_000_000]
    state.unlocked = false
    await show(<Options onRetry={retry} />)
    const list = await screen.findByRole('list', { name: 'Vaults put aside' })
    expect(list.textContent).toMatch(/kept until Feb 1[23], 2024/)
    expect(within(list).getByRole('button', { name: 'Save file' })).toBeTruthy()
  })
})

it('brings in the accounts of a vault that was put aside, with what opened it (KEY-10)', async () => {
  state.health.aside = [1_700_000_000_000]
  await show(<Options onRetry={retry} />)
  const list = await screen.findByRole('list', { name: 'Vaults put aside' })
  within(list).getByRole('button', { name: 'Bring accounts in' }).click()
  const dialog = await screen.findByRole('dialog')
  const field = within(dialog).getByLabelText('Passphrase', { selector: 'input' })
  fireEvent.input(field, { target: { value: 'not this one' } })
  fireEvent.submit(field.closest('form')!)
  expect((await within(dialog).findByRole('alert')).textContent).toContain('not the passphrase')
  fireEvent.input(field, { target: { value: PASSPHRASE } })
  fireEvent.submit(field.closest('form')!)
  await waitFor(() => expect(toast.value?.text).toBe('Accounts added: 2'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

describe('the reminder of a backup (VLT-15)', () => {
  const now = 1_800_000_000_000
  const cases: readonly [string, number | null, number | null, boolean][] = [
    ['never backed up, never reminded', null, null, true],
    ['reminded a moment short of a week ago', null, 7 * DAY - 1, false],
    ['reminded a week ago', null, 7 * DAY, true],
    ['backed up since', 1 * DAY, null, false],
    ['reminded later than now, by a clock that was set back', null, -30 * DAY, true],
  ]

  it.each(cases)('%s', (_what, backupAge, reminderAge, due) => {
    const entries = inUse.value.map((one) => ({ ...one, createdAt: now - 8 * DAY }))
    const moment = (age: number | null) => (age === null ? null : now - age)
    const moments = { lastExportAt: moment(backupAge), remindedAt: moment(reminderAge), now }
    expect(isReminderDue([{ ...entries[0]!, createdAt: now - 8 * DAY }], moments)).toBe(due)
  })

  it('comes on time, never more than weekly, and says how old the last backup is', async () => {
    await show(<Popup onRetry={retry} />)
    const start = state.entries[0]!.createdAt
    await remindOfBackup(start + 6 * DAY)
    expect(backupReminder.value).toBe(false)
    const shown: number[] = []
    for (let day = 7; day < 40; day++) {
      backupReminder.value = false
      await remindOfBackup(start + day * DAY + 1)
      if (backupReminder.value) shown.push(day)
    }
    expect(shown).toEqual([7, 14, 21, 28, 35])
    backupReminder.value = true
    const card = (await screen.findByText(/for a week without a backup/)).closest<HTMLElement>('.note')
    expect(card?.textContent).toContain('No backup yet')
    const open = vi.fn(async (_tab: object) => undefined)
    Object.assign(browser.tabs, { create: open })
    press('Make a backup')
    expect(open).toHaveBeenCalledWith({ url: expect.stringMatching(/#section-transfer$/) })
    within(card!).getByRole('button', { name: 'Close' }).click()
    await waitFor(() => expect(screen.queryByText(/for a week without a backup/)).toBeNull())
  })
})
