import { beforeEach, describe, expect, it, vi } from 'vitest'
import { EARLY_SETTINGS, takeAsked, takeStored } from '../../../src/early'

const listeners: ((message: unknown) => void)[] = []
const changes: (() => void)[] = []
const get = vi.fn(async (_keys: readonly string[]) => ({ theme: 'dark' }))
const sendMessage = vi.fn(async (_message: unknown) => 'answer')

beforeEach(async () => {
  vi.resetModules()
  listeners.length = 0
  changes.length = 0
  globalThis.earlyOver = undefined
  sendMessage.mockClear()
  get.mockClear()
  const runtime = { sendMessage, onMessage: { addListener: (heard: () => void) => listeners.push(heard) } }
  const storage = { local: { get, onChanged: { addListener: (heard: () => void) => changes.push(heard) } } }
  const i18n = { getUILanguage: () => 'de-AT' }
  vi.doMock('webextension-polyfill', () => ({ default: { runtime, storage, i18n } }))
  await import('../../../src/ui/early/main')
})

describe('the early question', () => {
  it('asks for a glance and leaves the answer to the page', async () => {
    expect(sendMessage).toHaveBeenCalledExactlyOnceWith({ call: 'glance', args: [] })
    expect(await takeAsked('glance')).toBe('answer')
    expect(takeAsked('glance')).toBeNull()
  })

  it('reads the settings that the page will ask for', async () => {
    expect(get).toHaveBeenCalledExactlyOnceWith(EARLY_SETTINGS)
    expect(await takeStored(new Set(['theme', 'language']))).toEqual({ theme: 'dark' })
    expect(takeStored(new Set(['theme']))).toBeNull()
  })

  it('leaves out what was chosen otherwise since', () => {
    for (const heard of changes) heard()
    expect(takeStored(new Set(['theme']))).toBeNull()
  })

  it('asks nothing once the page asks by itself', async () => {
    expect(takeAsked('other')).toBeNull()
    vi.resetModules()
    sendMessage.mockClear()
    await import('../../../src/ui/early/main')
    expect(sendMessage).not.toHaveBeenCalled()
  })

  it('throws the answer away when the vault is locked before the page can hear of it (KEY-8)', () => {
    for (const heard of listeners) heard({ event: 'entries-changed' })
    expect(globalThis.askedEarly).toBeDefined()
    for (const heard of listeners) heard({ event: 'locked' })
    expect(takeAsked('glance')).toBeNull()
  })
})
