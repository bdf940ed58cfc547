// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settings } from '../../src/settings'
import { Gate } from '../../src/ui/gate/gate'
import { status, toast } from '../../src/ui/state'
import { passkeysPossible } from '../../src/ui/ways-state'
import browser from '../support/fake-browser'
import type { FakeState } from './fake-background'
import { PASSPHRASE, fireEvent, screen, setStage, show, submit, type, waitFor } from './stage'

let state: FakeState
const opened = vi.fn(async (_tab: { url: string }) => ({}))

beforeEach(async () => {
  state = await setStage()
  passkeysPossible.value = null
  await browser.storage.local.clear()
  opened.mockClear()
  Object.assign(browser.tabs, { create: opened, getCurrent: async () => ({ id: 3 }) })
  vi.stubGlobal('close', () => undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

/** A browser whose one device answers, or refuses by name. */
function stubDevice(refusal?: string): ReturnType<typeof vi.fn> {
  const respond = async (options: CredentialCreationOptions) => {
    if ((options as CredentialRequestOptions).mediation === 'conditional') throw new DOMException('', 'AbortError')
    if (refusal) throw new DOMException('', refusal)
    const prf = { enabled: true, results: { first: new Uint8Array(32).fill(9).buffer } }
    return { rawId: new TextEncoder().encode('cred').buffer, getClientExtensionResults: () => ({ prf }) }
  }
  const device = vi.fn(respond)
  vi.stubGlobal('PublicKeyCredential', () => undefined)
  Object.defineProperty(navigator, 'credentials', {
    value: { create: device, get: vi.fn(respond) },
    configurable: true,
  })
  return device
}

async function showGate(): Promise<void> {
  await show(<Gate onRetry={() => undefined}>{() => 'the accounts'}</Gate>)
}

function create(): void {
  type('Passphrase', PASSPHRASE)
  type('Repeat passphrase', PASSPHRASE)
  submit('Create vault')
}

const open = () => waitFor(() => expect(status.value).toBe('unlocked'))

describe('creating the vault', () => {
  it('begins the first steps, and makes no passkey that nobody asked for', async () => {
    const device = stubDevice()
    await showGate()
    await screen.findByLabelText('Unlock with a passkey as well')
    create()
    await open()
    expect(device).not.toHaveBeenCalled()
    expect(await settings.firstSteps.get()).toEqual([])
  })

  it('makes a passkey beside the passphrase, which is typed once (KEY-9)', async () => {
    stubDevice()
    await showGate()
    expect(await screen.findByText(/^Fingerprint, face or security key/)).toBeTruthy()
    fireEvent.click(await screen.findByLabelText('Unlock with a passkey as well'))
    create()
    await open()
    expect(state.ways.passkeys).toHaveLength(1)
    expect(state.passphrase).toBe(PASSPHRASE)
    expect(toast.value?.text).toBe('The passkey opens your vault from now on.')
  })

  it('has the vault also where the passkey failed, and says so', async () => {
    stubDevice('NotAllowedError')
    await showGate()
    fireEvent.click(await screen.findByLabelText('Unlock with a passkey as well'))
    create()
    await open()
    expect(state.ways.passkeys).toEqual([])
    expect(toast.value?.text).toMatch(/^The vault is there; the passkey is not\./)
  })

  it('goes to a tab from the popup, before anything is typed, and wants the passkey there', async () => {
    stubDevice()
    Object.assign(browser.tabs, { getCurrent: async () => undefined })
    await showGate()
    await screen.findByRole('button', { name: 'Set up with a passkey as well' })
    type('Passphrase', 'half a pass')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Set up with a passkey as well' })).toBeNull())
    type('Passphrase', '')
    fireEvent.click(await screen.findByRole('button', { name: 'Set up with a passkey as well' }))
    await waitFor(() => expect(opened.mock.calls[0]?.[0].url).toMatch(/popup\/index\.html\?screen=create$/))

    state = await setStage()
    history.replaceState(null, '', '/?screen=create')
    Object.assign(browser.tabs, { getCurrent: async () => ({ id: 3 }) })
    await showGate()
    expect(await screen.findByLabelText('Unlock with a passkey as well')).toHaveProperty('checked', true)
    // Who asked for it has read what it is.
    expect(screen.queryByText(/^Fingerprint, face or security key/)).toBeNull()
    create()
    await open()
    expect(state.ways.passkeys).toHaveLength(1)
  })

  it('offers none where the browser has none for us', async () => {
    history.replaceState(null, '', '/?screen=create')
    await showGate()
    create()
    await open()
    expect(screen.queryByText('Unlock with a passkey as well')).toBeNull()
    expect(state.ways.passkeys).toEqual([])
    expect(toast.value).toBeNull()
  })
})
