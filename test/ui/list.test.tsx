// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { showRows } from '../../src/ui/actions/list'
import { lookAtTab } from '../../src/ui/actions/page'
import { lock } from '../../src/ui/actions/vault'
import { preferences } from '../../src/ui/actions/preferences'
import { startAgain } from '../../src/ui/actions/start'
import { flying, isWholeList, rowWindow, shortcutsShown } from '../../src/ui/list-state'
import { App } from '../../src/ui/popup/app'
import { sharedEnd } from '../../src/ui/popup/list/shared-end'
import { codes, entries, failures, now } from '../../src/ui/state'
import browser from '../support/fake-browser'
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
let copied: string[]
const popup = <App onRetry={() => void startAgain()} />

beforeEach(async () => {
  state = await setStage()
  shortcutsShown.value = false
  preferences.hideCodes.shown.value = null
  preferences.nextCodes.shown.value = null
  copied = []
  const writeText = async (text: string) => void copied.push(text)
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  Object.assign(browser.tabs, { query: async () => [{ id: 7 }], getCurrent: async () => undefined })
})

const items = () => screen.getAllByRole('listitem')
const names = () => items().map((item) => item.querySelector('.names b')?.textContent)
const search = () => screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search' })
const stored = () => state.entries.filter(({ trashedAt }) => trashedAt === undefined).map(({ issuer }) => issuer)
const codeOf = (id: string) => codes.value.get(id)?.code
const choose = (name: string) => {
  press('More')
  fireEvent.click(screen.getByRole('menuitem', { name }))
}
const tick = (name: string) => fireEvent.click(screen.getByRole('checkbox', { name }))

async function open(...accounts: readonly string[]): Promise<void> {
  fillVault(state, ...accounts.map((issuer) => [issuer, 'bob'] as const))
  await show(popup)
  await screen.findByRole('list', { name: 'Accounts' })
}

describe('the keys', () => {
  it('go to both ends and by pages, but not out of what is typed', async () => {
    await open(...Array.from({ length: 12 }, (_, n) => `Issuer${n}`))
    const focused = () => items().findIndex((item) => item.contains(document.activeElement))
    const go = (key: string) => {
      fireEvent.keyDown(document.activeElement ?? document.body, { key })
      return focused()
    }
    expect([go('End'), go('Home'), go('PageDown'), go('PageDown'), go('PageUp'), go('PageUp')]).toEqual([
      11, 0, 8, 11, 3, 0,
    ])
    search().focus()
    expect(go('PageDown')).toBe(7)
    fireEvent.input(search(), { target: { value: 'Issuer' } })
    search().focus()
    expect([go('Home'), go('End')]).toEqual([-1, -1])
  })

  it('have the button that edits a row be seen, and a pointer alone does not', async () => {
    await open('Avocet')
    const code = within(items()[0] as HTMLElement).getByRole('button', { name: /^Copy code/ })
    const isSeen = () => document.querySelector('.screen')?.classList.contains('focus-seen')
    const keyed = vi.spyOn(code, 'matches').mockReturnValue(true)
    code.focus()
    expect(isSeen()).toBe(true)
    keyed.mockReturnValue(false)
    code.blur()
    code.focus()
    expect(isSeen()).toBe(false)
  })

  it('go to the code of a row, though its buttons stand in the order they are seen', async () => {
    await open('Avocet')
    const buttons = within(items()[0] as HTMLElement).getAllByRole('button')
    expect(buttons.map((one) => one.textContent?.slice(0, 4))).toEqual(['Edit', 'Copy'])
    fireEvent.keyDown(document.body, { key: 'Home' })
    expect(document.activeElement).toBe(buttons[1])
  })

  it('leave the focus on its row as selecting begins and ends', async () => {
    await open('Avocet', 'Bittern')
    const row = () => items()[1] as HTMLElement
    within(row()).getByRole('button', { name: /^Edit/ }).focus()
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 's', code: 'KeyS', altKey: true })
    await waitFor(() => expect(document.activeElement).toBe(within(row()).getByRole('checkbox')))
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' })
    await waitFor(() => expect(document.activeElement).toBe(within(row()).getByRole('button', { name: /^Copy code/ })))
  })

  it('1 to 9 copy that row, and type once the search was asked for', async () => {
    await open('Avocet', 'Bittern', 'Curlew')
    expect(fireEvent.keyDown(search(), { key: '2', code: 'Digit2' })).toBe(false)
    await waitFor(() => expect(copied).toEqual([codeOf('id-1')]))
    expect(fireEvent.keyDown(search(), { key: '9', code: 'Digit9' })).toBe(true)
    fireEvent.keyDown(search(), { key: '/' })
    expect(fireEvent.keyDown(search(), { key: '1', code: 'Digit1' })).toBe(true)
    fireEvent.blur(search())
    fireEvent.pointerDown(search())
    expect(fireEvent.keyDown(search(), { key: '1', code: 'Digit1' })).toBe(true)
    expect(copied).toHaveLength(1)
  })

  it('1 to 9 with Alt go by what was found, also while searching', async () => {
    await open('Avocet', 'Bittern')
    fireEvent.input(search(), { target: { value: 'bit' } })
    await waitFor(() => expect(items()).toHaveLength(1))
    expect(fireEvent.keyDown(search(), { key: '1', code: 'Digit1' })).toBe(true)
    fireEvent.keyDown(search(), { key: '¡', code: 'Digit1', altKey: true })
    await waitFor(() => expect(copied).toEqual([codeOf('id-1')]))
  })

  it('a held digit does nothing (FIL-8)', async () => {
    await open('Avocet')
    fireEvent.keyDown(search(), { key: '1', code: 'Digit1', repeat: true })
    expect(copied).toEqual([])
  })

  it('Enter and 1 fill the account of the page in front, wherever it can be filled', async () => {
    fillVault(state, ['Avocet', 'bob'], ['Bittern', 'bob'])
    state.page = { ...state.page, origin: 'https://b.example', hasCodeField: true, matches: ['id-1'] }
    await show(popup)
    await lookAtTab()
    await screen.findByRole('button', { name: 'Fill code' })
    fireEvent.keyDown(document.body, { key: '1', code: 'Digit1' })
    await waitFor(() =>
      expect(state.calls.filter(({ name }) => name === 'fill').map(({ args }) => args[1])).toEqual(['id-1']),
    )
    fireEvent.input(search(), { target: { value: 'bitt' } })
    await waitFor(() => expect(items()).toHaveLength(1))
    await waitFor(() => {
      fireEvent.keyDown(search(), { key: 'Enter' })
      expect(state.calls.filter(({ name }) => name === 'fill')).toHaveLength(2)
    })
  })

  it('Ctrl or Cmd with C copies the row with the focus, the first one otherwise; marked text is the browser’s', async () => {
    await open('Avocet', 'Bittern')
    fireEvent.keyDown(search(), { key: 'c', metaKey: true })
    await waitFor(() => expect(copied).toEqual([codeOf('id-0')]))
    const second = within(items()[1] as HTMLElement).getByRole('button', { name: /^Copy code/ })
    second.focus()
    await waitFor(() => {
      fireEvent.keyDown(second, { key: 'c', ctrlKey: true })
      expect(copied.at(-1)).toBe(codeOf('id-1'))
    })
    search().value = 'text'
    search().setSelectionRange(0, 4)
    expect(fireEvent.keyDown(search(), { key: 'c', ctrlKey: true })).toBe(true)
  })

  it('? lists them all, and nothing behind it hears keys', async () => {
    await open('Avocet')
    fireEvent.keyDown(search(), { key: '?' })
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(within(sheet).getAllByText('Alt').length).toBeGreaterThan(2)
    fireEvent.keyDown(sheet, { key: '1', code: 'Digit1' })
    expect(copied).toEqual([])
    press('Close')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('show the digits of the rows while Alt is held', async () => {
    await open('Avocet')
    const shows = () => document.querySelector('.show-digits') !== null
    fireEvent.keyDown(document.body, { key: 'Alt' })
    expect(shows()).toBe(true)
    fireEvent.keyUp(document.body, { key: 'Alt' })
    expect(shows()).toBe(false)
  })
})

describe('the next code', () => {
  it('is shown in the last five seconds, muted, and copied by a click', async () => {
    await open('Avocet')
    const until = codes.value.get('id-0')?.validUntil ?? 0
    now.value = until - 6_000
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Copy next code/ })).toBeNull())
    now.value = until - 4_000
    const next = await screen.findByRole('button', { name: /^Copy next code/ })
    const code = codes.value.get('id-0')?.nextCode
    expect(next.textContent).toBe(`Copy next code ${code}`)
    fireEvent.click(next)
    await waitFor(() => expect(copied).toEqual([code]))
  })

  it.each([
    ['always', 20_000, true],
    ['asked', 2_000, false],
  ] as const)('is shown as chosen: %s', async (choice, left, shown) => {
    preferences.nextCodes.shown.value = choice
    await open('Avocet')
    now.value = (codes.value.get('id-0')?.validUntil ?? 0) - left
    await waitFor(() => expect(screen.queryAllByRole('button', { name: /^Copy next/ })).toHaveLength(shown ? 1 : 0))
  })

  it('is shown on demand, and not for HOTP, whose codes are made one at a time (OTP-4)', async () => {
    fillVault(state, ['Avocet', 'bob'], ['Bittern', 'bob'])
    Object.assign(state.entries[1] ?? {}, { type: 'hotp', counter: 3 })
    preferences.nextCodes.shown.value = 'asked'
    await show(popup)
    choose('Show next codes')
    await waitFor(() => expect(screen.getAllByRole('button', { name: /^Copy next code/ })).toHaveLength(1))
    fireEvent.keyDown(document.body, { key: 'n', code: 'KeyN', altKey: true })
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Copy next code/ })).toBeNull())
  })
})

describe('editing', () => {
  it('begins by Alt with E on the row that has the focus', async () => {
    await open('Avocet', 'Bittern')
    const [, second] = items()
    const code = within(second as HTMLElement).getByRole('button', { name: /^Copy code/ })
    fireEvent.keyDown(document.body, { key: 'e', code: 'KeyE', altKey: true })
    expect(screen.queryByRole('heading', { name: 'Edit account' })).toBeNull()
    fireEvent.keyDown(code, { key: 'e', code: 'KeyE', altKey: true })
    expect(await screen.findByRole('heading', { name: 'Edit account' })).toBeTruthy()
    expect((screen.getByRole('textbox', { name: 'Issuer' }) as HTMLInputElement).value).toBe('Bittern')
  })

  it.each(['Escape', 'Save', 'Cancel'])('gives the focus back to the row by %s', async (way) => {
    await open('Avocet', 'Bittern')
    const code = within(items()[1] as HTMLElement).getByRole('button', { name: /^Copy code/ })
    fireEvent.keyDown(code, { key: 'e', code: 'KeyE', altKey: true })
    await screen.findByRole('heading', { name: 'Edit account' })
    if (way === 'Escape') fireEvent.keyDown(document.body, { key: way })
    else if (way === 'Save') submit(way)
    else press(way)
    await screen.findByRole('list', { name: 'Accounts' })
    await waitFor(() => expect(items()[1]?.contains(document.activeElement)).toBe(true))
  })

  it('is not offered while accounts are being selected', async () => {
    await open('Avocet', 'Bittern')
    press('More')
    fireEvent.click(screen.getByRole('menuitem', { name: 'Select accounts' }))
    const box = await screen.findByRole('checkbox', { name: /Avocet/ })
    fireEvent.keyDown(box, { key: 'e', code: 'KeyE', altKey: true })
    expect(screen.queryByRole('heading', { name: 'Edit account' })).toBeNull()
  })
})

describe('hidden codes', () => {
  it('are on the page only while somebody looks at them, and copied all the same', async () => {
    preferences.hideCodes.shown.value = true
    await open('Avocet')
    const code = button(/^Copy code/)
    expect(code.textContent).toBe('Copy code ••••••')
    fireEvent.pointerEnter(code)
    await waitFor(() => expect(code.textContent).toMatch(/\d{6}$/))
    fireEvent.pointerLeave(code)
    await waitFor(() => expect(code.textContent).not.toMatch(/\d/))
    fireEvent.focus(code)
    await waitFor(() => expect(code.textContent).toMatch(/\d{6}$/))
    fireEvent.blur(code)
    fireEvent.click(code)
    await waitFor(() => expect(copied).toEqual([codeOf('id-0')]))
  })
})

describe('the order', () => {
  it('is changed by Alt with the arrows, stored, said, and taken back', async () => {
    await open('Avocet', 'Bittern', 'Curlew')
    const third = () => within(items()[2] as HTMLElement).getByRole('button', { name: /^Copy code/ })
    fireEvent.keyDown(third(), { key: 'ArrowUp', altKey: true })
    await waitFor(() => expect(names()).toEqual(['Avocet', 'Curlew', 'Bittern']))
    expect(await screen.findByText('Curlew is now 2 of 3.')).toBeTruthy()
    await waitFor(() => expect(stored()).toEqual(['Avocet', 'Curlew', 'Bittern']))
    press('Undo')
    await waitFor(() => expect(stored()).toEqual(['Avocet', 'Bittern', 'Curlew']))
    expect(names()).toEqual(['Avocet', 'Bittern', 'Curlew'])
  })

  it('comes back where storing it fails', async () => {
    await open('Avocet', 'Bittern')
    state.failures.set('orderEntries', new AppError('vault/storage-full'))
    const first = within(items()[0] as HTMLElement).getByRole('button', { name: /^Copy code/ })
    fireEvent.keyDown(first, { key: 'ArrowDown', altKey: true })
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full')
    expect(names()).toEqual(['Avocet', 'Bittern'])
  })

  it('is changed by dragging a row by its mark', async () => {
    await open('Avocet', 'Bittern', 'Curlew')
    const scroller = document.querySelector('main') as HTMLElement
    scroller.setPointerCapture = () => undefined
    vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({
      top: 100,
      bottom: 700,
      height: 50,
    } as DOMRect)
    fireEvent.pointerDown(document.querySelectorAll('.grip')[0] as Element, { pointerId: 1, clientY: 110 })
    await vi.dynamicImportSettled()
    fireEvent.pointerMove(scroller, { clientY: 112 })
    expect(names()).toEqual(['Avocet', 'Bittern', 'Curlew'])
    fireEvent.pointerMove(scroller, { clientY: 230 })
    await waitFor(() => expect(names()).toEqual(['Bittern', 'Curlew', 'Avocet']))
    expect(stored()).toEqual(['Avocet', 'Bittern', 'Curlew'])
    fireEvent(scroller, new Event('lostpointercapture'))
    await waitFor(() => expect(stored()).toEqual(['Bittern', 'Curlew', 'Avocet']))
    vi.restoreAllMocks()
  })

  it('has the pinned ones first, and keeps them there', async () => {
    await open('Avocet', 'Bittern', 'Curlew')
    const third = within(items()[2] as HTMLElement).getByRole('button', { name: /^Copy code/ })
    fireEvent.keyDown(third, { key: 'p', code: 'KeyP', altKey: true })
    await waitFor(() => expect(names()).toEqual(['Curlew', 'Avocet', 'Bittern']))
    fireEvent.keyDown(within(items()[1] as HTMLElement).getByRole('button', { name: /^Copy code/ }), {
      key: 'ArrowUp',
      altKey: true,
    })
    expect(names()).toEqual(['Curlew', 'Avocet', 'Bittern'])
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(names()).toEqual(['Avocet', 'Bittern', 'Curlew']))
  })
})

describe('tags', () => {
  beforeEach(async () => {
    fillVault(state, ['Avocet', 'bob'], ['Bittern', 'bob'], ['Curlew', 'bob'])
    for (const [at, groups] of [['work'], ['work', 'home'], []].entries())
      Object.assign(state.entries[at] ?? {}, { groups })
    await show(popup)
    await screen.findByRole('region', { name: 'Tags' })
  })

  it('narrow the list, by one at a time, together with a search', async () => {
    press('home')
    await waitFor(() => expect(names()).toEqual(['Bittern']))
    press('work')
    await waitFor(() => expect(names()).toEqual(['Avocet', 'Bittern']))
    expect(button('work').getAttribute('aria-pressed')).toBe('true')
    fireEvent.input(search(), { target: { value: 'avo' } })
    await waitFor(() => expect(names()).toEqual(['Avocet']))
    fireEvent.keyDown(search(), { key: 'Escape' })
    fireEvent.keyDown(search(), { key: 'Escape' })
    await waitFor(() => expect(names()).toHaveLength(3))
  })

  it('are found by a search', async () => {
    fireEvent.input(search(), { target: { value: 'home' } })
    await waitFor(() => expect(names()).toEqual(['Bittern']))
  })

  it('are edited beside the names, with a note and a pin, and all of it is taken back', async () => {
    fireEvent.click(within(items()[2] as HTMLElement).getByRole('button', { name: 'Edit' }))
    await screen.findByRole('heading', { name: 'Edit account' })
    type('Tags', 'marsh，  home ,')
    type('Note', 'the spare phone')
    fireEvent.click(screen.getByRole('checkbox', { name: 'Keep at the top of the list' }))
    submit('Save')
    await waitFor(() => expect(names()[0]).toBe('Curlew'))
    expect(state.entries[2]).toMatchObject({ groups: ['marsh', 'home'], note: 'the spare phone', favourite: true })
    press('Undo')
    await waitFor(() => expect(state.entries[2]).toMatchObject({ groups: [], note: '', favourite: false }))
  })
})

describe('several selected', () => {
  beforeEach(async () => {
    await open('Avocet', 'Bittern', 'Curlew')
    choose('Select accounts')
    await screen.findAllByRole('checkbox')
    tick('Avocet bob')
    tick('Curlew bob')
    await screen.findByText('Selected: 2')
  })

  it('go to the trash in one call and come back by `Undo`', async () => {
    press('Move to the trash')
    expect(await screen.findByText('Moved to the trash: 2.')).toBeTruthy()
    await waitFor(() => expect(names()).toEqual(['Bittern']))
    expect(state.calls.filter(({ name }) => name === 'trashEntries')).toHaveLength(1)
    press('Undo')
    await waitFor(() => expect(names()).toEqual(['Avocet', 'Bittern', 'Curlew']))
  })

  it('stay where a server still asks for their codes, which is said (BND-7)', async () => {
    Object.assign(state.entries[2] ?? {}, { binding: { serverId: 's', account: 'b', userId: 'b', phase: 'bound' } })
    press('Move to the trash')
    expect((await screen.findByRole('alert')).textContent).toContain('Unbind it first')
    await waitFor(() => expect(names()).toEqual(['Bittern', 'Curlew']))
  })

  it('take a tag, a new one or one in use, and lose it by `Undo`', async () => {
    press('Add tag')
    const dialog = within(await screen.findByRole('dialog', { name: 'Tag these accounts' }))
    fireEvent.submit(textbox('New tag').form as HTMLFormElement)
    expect(await dialog.findByText('Type a tag, or choose one below.')).toBeTruthy()
    type('New tag', ' marsh ')
    fireEvent.submit(textbox('New tag').form as HTMLFormElement)
    await waitFor(() =>
      expect(state.entries.map(({ groups }) => groups?.join())).toEqual(['marsh', undefined, 'marsh']),
    )
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(state.entries.flatMap(({ groups }) => groups ?? [])).toEqual([]))
  })

  it('are pinned together', async () => {
    press('Keep on top')
    await waitFor(() => expect(names()).toEqual(['Avocet', 'Curlew', 'Bittern']))
    expect(button('No longer on top')).toBeTruthy()
  })

  it('can be exported alone', async () => {
    const create = vi.fn(async (_tab: { url: string }) => ({}))
    Object.assign(browser.tabs, { create })
    press('Export')
    await waitFor(() => expect(create.mock.calls[0]?.[0].url).toMatch(/options\/index\.html#section-transfer$/))
    expect(await browser.storage.session.get('exportOnly')).toEqual({ exportOnly: ['id-0', 'id-2'] })
  })

  it('are none again after Escape; a single one can be moved by buttons', async () => {
    tick('Avocet bob')
    await screen.findByText('Selected: 1')
    press('Move up')
    await waitFor(() => expect(names()).toEqual(['Avocet', 'Curlew', 'Bittern']))
    fireEvent.keyDown(document.body, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('checkbox')).toBeNull())
    expect(button('Add account')).toBeTruthy()
  })
})

describe('a long list', () => {
  it('draws and asks for what can be seen alone, and says how long it is', async () => {
    await open(...Array.from({ length: 10_000 }, (_, n) => `Issuer${n}`))
    expect(items().length).toBeLessThan(60)
    expect(items()[0]?.getAttribute('aria-setsize')).toBe('10000')
    expect(state.calls.some(({ name }) => name === 'codes' || name === 'entries')).toBe(false)
    rowWindow.value = { from: 5_000, to: 5_020 }
    await waitFor(() => expect(names()).toHaveLength(20))
    expect([names()[0], items()[0]?.getAttribute('aria-posinset')]).toEqual(['Issuer5000', '5001'])
  })

  it('shows its top first, cannot be moved until all of it is there, and then is whole', async () => {
    state.firstShown = 30
    fillVault(state, ...Array.from({ length: 500 }, (_, n) => [`Issuer${n}`, 'bob'] as const))
    let answer = () => {}
    const held = new Promise<void>((resolve) => (answer = resolve))
    const send = browser.runtime.sendMessage
    browser.runtime.sendMessage = async (message: unknown) => {
      if ((message as { call?: string }).call === 'entries') await held
      return send(message)
    }
    await show(popup)
    expect([items()[0]?.getAttribute('aria-setsize'), isWholeList.value]).toEqual(['30', false])
    expect(codeOf('id-0')).toMatch(/^\d{6}$/)
    answer()
    await waitFor(() => expect(items()[0]?.getAttribute('aria-setsize')).toBe('500'))
    expect(isWholeList.value).toBe(true)
  })

  it('shows every tag at once, and has End wait for the last row', async () => {
    state.firstShown = 5
    fillVault(state, ...Array.from({ length: 11 }, (_, n) => [`Issuer${n}`, 'bob'] as const))
    Object.assign(state.entries[8] ?? {}, { groups: ['far'] })
    const release = holdBack('entries')
    await show(popup)
    await waitFor(() => expect(screen.getByRole('button', { name: 'far' })).toBeTruthy())
    fireEvent.keyDown(search(), { key: 'End' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(document.activeElement?.closest('[data-id]')).toBeNull()
    release()
    await waitFor(() => expect(document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset['id']).toBe('id-10'))
  })

  it('shows no account that comes in after the lock (KEY-8)', async () => {
    state.firstShown = 30
    fillVault(state, ...Array.from({ length: 100 }, (_, n) => [`Issuer${n}`, 'bob'] as const))
    let answer = () => {}
    const held = new Promise<void>((resolve) => (answer = resolve))
    const send = browser.runtime.sendMessage
    browser.runtime.sendMessage = async (message: unknown) => {
      const answered = await send(message)
      if ((message as { call?: string }).call === 'entries') await held
      return answered
    }
    await show(popup)
    await lock()
    answer()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(entries.value).toEqual([])
  })
})

/** Holds back the answers to a call until the answer of this is called. */
function holdBack(call: string): () => void {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const send = browser.runtime.sendMessage
  browser.runtime.sendMessage = async (message: unknown) => {
    const answered = await send(message)
    if ((message as { call?: string }).call === call) await held
    return answered
  }
  return release
}

describe('a key that comes before the rows have settled', () => {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 30))

  /** A vault whose best account for `heron` is not among those that are shown first. */
  async function openHerons(): Promise<() => void> {
    state.firstShown = 24
    const others = Array.from({ length: 200 }, (_, n) => [n === 3 ? 'Grey heron inn' : `Issuer${n}`, 'bob'] as const)
    fillVault(state, ...others, ['Heron', 'bob'], ['Kestrel', 'bob'])
    const release = holdBack('entries')
    await show(popup)
    return release
  }

  it.each([
    ['Enter', { key: 'Enter' }],
    ['Alt with 1', { key: '1', code: 'Digit1', altKey: true }],
    ['Ctrl with C', { key: 'c', ctrlKey: true }],
  ])('%s acts on what was searched for once all accounts are here', async (_what, key) => {
    const release = await openHerons()
    type('Search', 'heron')
    await waitFor(() => expect(codeOf('id-3')).toMatch(/^\d{6}$/))
    fireEvent.keyDown(search(), key)
    await soon()
    expect(copied).toEqual([])
    release()
    await waitFor(() => expect(copied).toEqual([codeOf('id-200')]))
  })

  it('does nothing any more where the search was changed, or somebody locked, meanwhile', async () => {
    for (const goOn of [() => type('Search', 'her'), () => lock()]) {
      state = await setStage()
      const release = await openHerons()
      type('Search', 'heron')
      fireEvent.keyDown(search(), { key: 'Enter' })
      await goOn()
      release()
      await soon()
      expect(copied).toEqual([])
    }
  })

  it('waits for the page in front, which may put another account first', async () => {
    fillVault(state, ['Avocet', 'bob'], ['Bittern', 'bob'])
    await show(popup)
    state.page = { origin: 'https://fen.example', domain: null, hasCodeField: false, matches: ['id-0', 'id-1'] }
    await lookAtTab()
    state.page = { ...state.page, matches: ['id-1', 'id-0'] }
    const release = holdBack('lookAtPage')
    const looked = lookAtTab()
    fireEvent.keyDown(search(), { key: '1', code: 'Digit1' })
    await soon()
    expect(copied).toEqual([])
    release()
    await looked
    await waitFor(() => expect(copied).toEqual([codeOf('id-1')]))
  })

  it('finds nothing only where all was looked through, and tells of damage seen then (VLT-2)', async () => {
    const release = await openHerons()
    type('Search', 'kestrel')
    await soon()
    expect(screen.queryByText(/kestrel/)).toBeNull()
    state.health.lost = [{}] as never
    release()
    await waitFor(() => expect(names()).toEqual(['Kestrel']))
    await waitFor(() => expect(failures.value.has('damaged')).toBe(true))
    type('Search', 'no such name')
    expect(await screen.findByText(/no such name/)).toBeTruthy()
  })
})

describe('codes while scrolling', () => {
  it('are asked for one question at a time, the last one about the rows drawn by then', async () => {
    await open(...Array.from({ length: 500 }, (_, n) => `Issuer${n}`))
    const questions = () => state.calls.filter(({ name }) => name === 'codes').map(({ args }) => args[0] as string[])
    const before = questions().length
    for (const from of [40, 80, 120, 160, 200]) showRows({ from, to: from + 20 })
    await waitFor(() => expect(items()).toHaveLength(20))
    await waitFor(() => expect(codeOf('id-219')).toMatch(/^\d{6}$/))
    expect(questions().length - before).toBe(2)
    expect(questions().at(-1)).toContain('id-200')
  })

  it('are not asked for while the rows fly past, and the countdown goes on meanwhile', async () => {
    await open(...Array.from({ length: 500 }, (_, n) => `Issuer${n}`))
    const end = sharedEnd.value
    expect(end).not.toBeNull()
    for (const from of [40, 80, 120]) showRows({ from, to: from + 20 })
    expect([flying.value, sharedEnd.value]).toEqual([true, end])
    await waitFor(() => expect(codeOf('id-139')).toMatch(/^\d{6}$/))
    expect([flying.value, codeOf('id-90')]).toEqual([false, undefined])
  })

  it('go back to the top with each other search and tag, also where as many rows fit', async () => {
    await open(...Array.from({ length: 500 }, (_, n) => `Issuer${n}`))
    const scroller = screen.getByRole('main')
    for (const query of ['issuer', 'issuer1', '']) {
      scroller.scrollTop = 4_000
      showRows({ from: 60, to: 80 })
      fireEvent.input(search(), { target: { value: query } })
      await waitFor(() => expect(scroller.scrollTop).toBe(0))
      expect(items()[0]?.getAttribute('aria-posinset')).toBe('1')
    }
  })

  it('does not draw the rows anew that stay in sight', async () => {
    await open(...Array.from({ length: 500 }, (_, n) => `Issuer${n}`))
    const stays = items()[9]
    const seen: MutationRecord[] = []
    const observer = new MutationObserver((records) => seen.push(...records))
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    showRows({ from: 8, to: 20 })
    await waitFor(() => expect(items()).toHaveLength(12))
    expect(items()[1]).toBe(stays)
    expect(
      seen.filter(({ target }) =>
        items()
          .slice(0, 4)
          .some((row) => row.contains(target)),
      ),
    ).toEqual([])
    observer.disconnect()
  })
})

describe('Chinese names', () => {
  it('are found as they are spoken and by their first letters', async () => {
    fillVault(state, ['招商银行', 'bob'], ['重庆银行', 'bob'], ['Acme', 'bob'])
    await show(popup)
    for (const [typed, found] of [
      ['zhaoshang', '招商银行'],
      ['zsyh', '招商银行'],
      ['chongqing', '重庆银行'],
    ] as const) {
      fireEvent.input(search(), { target: { value: typed } })
      expect(await screen.findByRole('listitem', { name: `${found} bob` })).toBeTruthy()
      await waitFor(() => expect(items()).toHaveLength(1))
    }
  })
})
