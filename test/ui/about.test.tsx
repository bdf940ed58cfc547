// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { loadPreferences } from '../../src/ui/actions/preferences'
import { browserName } from '../../src/ui/actions/versions'
import { lost } from '../../src/ui/health-state'
import { App } from '../../src/ui/options/app'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { fillVault, fireEvent, press, screen, setStage, show, waitFor, within } from './stage'

let state: FakeState
let origins: string[]
const changed = new Set<() => void>()
const event = {
  addListener: (one: () => void) => changed.add(one),
  removeListener: (one: () => void) => changed.delete(one),
}

beforeEach(async () => {
  origins = ['https://mfa.acme.example/*', 'https://bank.example/*']
  changed.clear()
  Object.assign(browser, {
    permissions: {
      getAll: async () => ({ origins }),
      remove: async ({ origins: [gone] }: { origins: string[] }) => {
        origins = origins.filter((one) => one !== gone)
        for (const tell of changed) tell()
        return true
      },
      request: async ({ origins: [asked] }: { origins: string[] }) => {
        origins = [...origins, asked ?? '']
        for (const tell of changed) tell()
        return true
      },
      contains: async () => false,
      onAdded: event,
      onRemoved: event,
    },
    commands: {
      getAll: async () => [
        { name: '_execute_action', shortcut: 'Alt+Shift+L' },
        { name: 'fill-code', shortcut: '' },
      ],
    },
  })
  Object.assign(browser.runtime, { getBrowserInfo: async () => ({ name: 'Firefox', version: '153.0' }) })
  await browser.storage.local.clear()
  await loadPreferences()
  state = await setStage()
  fillVault(state, ['Acme', 'bob'])
  await show(<App onRetry={() => undefined} />)
})

describe('what was granted', () => {
  it('is listed and can be given back, and asked for again', async () => {
    const given = () => screen.queryAllByText(/\.example\/\*$/).map(({ textContent }) => textContent)
    await waitFor(() => expect(given()).toEqual(['https://mfa.acme.example/*', 'https://bank.example/*']))
    fireEvent.click(screen.getAllByRole('button', { name: 'Give back' })[0] as HTMLElement)
    await waitFor(() => expect(given()).toEqual(['https://bank.example/*']))
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(given()).toHaveLength(2))
  })

  it('comes back with the hints that went with it', async () => {
    const site = (origin: string, hint: boolean) => ({ origin, hasField: false, submit: false, hint })
    const before = [
      site('https://bank.example', true),
      site('https://bank.example:8443', false),
      site('https://other.example', true),
    ]
    state.sites = before
    fireEvent.click((await screen.findAllByRole('button', { name: 'Give back' }))[1] as HTMLElement)
    const undo = await screen.findByRole('button', { name: 'Undo' })
    // As the background does when the grant goes.
    state.sites = before.map((one) => (one.origin.includes('bank') ? { ...one, hint: false } : one))
    fireEvent.click(undo)
    await waitFor(() => expect(state.sites).toEqual(before))
    const shown = () => screen.getAllByRole<HTMLInputElement>('switch', { name: /^Show a hint beside/ })
    await waitFor(() => expect(shown().map(({ checked }) => checked)).toEqual([true, false, true]))
  })
})

describe('what a report should name, and how the vault fares', () => {
  const facts = () =>
    Object.fromEntries(
      [...screen.getByRole('region', { name: 'About' }).querySelectorAll('.facts-list dt')].map((term) => [
        term.textContent,
        term.nextElementSibling?.textContent,
      ]),
    )

  it('names the versions, and that all is well', async () => {
    await waitFor(() =>
      expect(facts()).toEqual({
        Version: browser.runtime.getManifest().version,
        Browser: 'Firefox 153.0',
        'Vault format': '1',
        Storage: 'Both copies of the vault are in use. Nothing is known to be damaged. Vault health',
        'Last verified': 'Not yet; there is no snapshot.',
        Backup: 'No backup yet Export',
      }),
    )
  })

  it('says what is damaged', async () => {
    lost.value = [{ id: 'a', names: null, snapshotAt: null }]
    await waitFor(() => expect(facts()['Storage']).toBe('Records of the vault are damaged. Vault health'))
  })
})

describe('the keys of the browser', () => {
  it('are named, and changed on the browser’s own page', async () => {
    expect((await screen.findByText('Alt+Shift+L')).nextSibling?.textContent).toBe('Open Latchkey')
    expect(screen.getByText('none').nextSibling?.textContent).toBe('Fill the code for this page')
    const create = vi.fn(async () => ({}))
    Object.assign(browser.tabs, { create })
    press('Change them in the browser')
    await waitFor(() => expect(create).toHaveBeenCalledWith({ url: 'chrome://extensions/shortcuts' }))
    const openShortcutSettings = vi.fn(async () => undefined)
    Object.assign(browser.commands, { openShortcutSettings })
    press('Change them in the browser')
    await waitFor(() => expect(openShortcutSettings).toHaveBeenCalled())
  })
})

it.each([
  [[], ''],
  [[['Chromium', '156']], 'Chromium 156'],
  [
    [
      ['Not=A?Brand', '24'],
      ['Chromium', '156'],
      ['Google Chrome', '156'],
    ],
    'Google Chrome 156',
  ],
])('a Chromium is called by its own name: %j', async (brands, expected) => {
  Reflect.deleteProperty(browser.runtime, 'getBrowserInfo')
  const userAgentData = { brands: brands.map(([brand, version]) => ({ brand, version })) }
  Object.defineProperty(navigator, 'userAgentData', { value: userAgentData, configurable: true })
  expect(await browserName()).toBe(expected)
})

it('every bundled package is named with its terms', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  const listed = [...document.querySelectorAll('.licences li')].map((item) => item.textContent ?? '')
  for (const [name, version] of Object.entries(dependencies)) {
    expect(listed.find((line) => line.startsWith(`${name} ${version} `))).toMatch(/ \S+$/)
  }
})

describe('searching the options', () => {
  const search = () => screen.getByRole('searchbox', { name: 'Search options' })
  const found = () => [...document.querySelectorAll('.found-option')].map((one) => one.textContent)

  it('finds a setting by its name or its explanation, and leads to it', async () => {
    fireEvent.input(search(), { target: { value: 'copied' } })
    await waitFor(() => expect(found()[0]).toBe('Clear a copied code afterSecurity'))
    fireEvent.click(document.querySelector('.found-option') as HTMLElement)
    await waitFor(() => expect(document.activeElement?.tagName).toBe('SELECT'))
    expect(search()).toHaveProperty('value', '')
    fireEvent.input(search(), { target: { value: 'stronger' } })
    await waitFor(() => expect(found()).toEqual(['ContrastAppearance']))
  })

  it('leads to the first of them with Enter', async () => {
    fireEvent.input(search(), { target: { value: 'compact' } })
    await waitFor(() => expect(found()[0]).toBe('RowsAppearance'))
    fireEvent.keyDown(search(), { key: 'Enter' })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Rows' })))
    fireEvent.keyDown(search(), { key: 'Enter' })
    expect(found()).toEqual([])
  })

  it('gives the focus to a heading, too, and out of the search', async () => {
    fireEvent.input(search(), { target: { value: 'recovery sheet' } })
    await waitFor(() => expect(found()[0]).toBe('Recovery sheetSecurity'))
    fireEvent.keyDown(search(), { key: 'Enter' })
    await waitFor(() => expect(document.activeElement).toBe(document.getElementById('recovery-sheet')))
  })

  it('opens what the setting is folded in', async () => {
    fireEvent.input(search(), { target: { value: 'new passphr' } })
    await waitFor(() => expect(found().length).toBeGreaterThan(0))
    fireEvent.click(document.querySelector('.found-option') as HTMLElement)
    await waitFor(() => expect(document.activeElement?.closest('details')?.open ?? true).toBe(true))
  })

  it('says when there is none', async () => {
    fireEvent.input(search(), { target: { value: 'qqqq' } })
    expect(await screen.findByText('No setting is called that. Try another word.')).toBeTruthy()
    expect(within(document.body).queryByText('Found: 0')).toBeTruthy()
  })
})
