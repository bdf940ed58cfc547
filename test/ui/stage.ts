import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact'
import type { VNode } from 'preact'
import browser from '../support/fake-browser'
import { loadLanguage } from '../../src/i18n/catalogue'
import { forgetAccounts } from '../../src/ui/actions/forget'
import { hush } from '../../src/ui/actions/toast'
import { refresh } from '../../src/ui/actions/vault'
import { bindingNote, deliveredTo, recoveryToKeep, signInNote } from '../../src/ui/flow-state'
import { failures, now, running, shownLanguage, status, tabId } from '../../src/ui/state'
import '../../src/ui/popup/behind'
import '../../src/ui/popup/cards/cards'
import '../../src/ui/popup/site/no-account-card'
import '../../src/ui/popup/list/selection-bar'
import '../../src/ui/popup/list/shortcuts'
import { createFakeBackground, type FakeState } from './fake-background'

export const PASSPHRASE = 'correct horse battery'

/** A new background behind the calls, and a page that has forgotten everything. */
export async function setStage(language: 'en' | 'zh_CN' = 'en'): Promise<FakeState> {
  cleanup()
  const { state, send } = createFakeBackground()
  browser.runtime.sendMessage = send
  forgetAccounts()
  hush()
  for (const map of [failures, bindingNote, signInNote, deliveredTo]) map.value = new Map()
  running.value = new Set()
  recoveryToKeep.value = null
  tabId.value = null
  status.value = 'loading'
  now.value = Date.now()
  await loadLanguage(language)
  shownLanguage.value = language
  return state
}

/** A vault that is open and holds these accounts. */
export function fillVault(state: FakeState, ...accounts: readonly (readonly [issuer: string, label: string])[]): void {
  state.passphrase = PASSPHRASE
  state.unlocked = true
  state.entries = accounts.map(([issuer, label], index) => ({
    id: `id-${index}`,
    type: 'totp',
    issuer,
    label,
    secret: new Uint8Array(20).fill(index + 1),
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    sites: [],
    createdAt: 1,
  }))
}

async function loadGateParts(): Promise<void> {
  await import('../../src/ui/gate/broken')
  await import('../../src/ui/gate/create-vault')
  await import('../../src/ui/gate/damaged')
}

/** Draws the page as it is after it asked the background, with the parts whose code comes later. */
export async function show(page: VNode): Promise<void> {
  await refresh()
  render(page)
  await act(loadGateParts)
}

export const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })
export const textbox = (name: string): HTMLInputElement => screen.getByLabelText(name, { selector: 'input, textarea' })

/** Types into a field, as a keyboard would end up. */
export function type(name: string, value: string): void {
  fireEvent.input(textbox(name), { target: { value } })
}

export function press(name: string | RegExp): void {
  fireEvent.click(button(name))
}

/** Sends the form that holds the button. */
export function submit(name: string): void {
  const form = button(name).closest('form')
  if (!form) throw new Error(`${name} is in no form`)
  fireEvent.submit(form)
}

export { screen, waitFor, within, fireEvent }
