import { beforeEach, describe, expect, it, vi } from 'vitest'
import { takeAsked } from '../../../src/rpc/asked-early'

const listeners: ((message: unknown) => void)[] = []
const sendMessage = vi.fn(async (_message: unknown) => 'answer')

beforeEach(async () => {
  vi.resetModules()
  listeners.length = 0
  sendMessage.mockClear()
  const runtime = { sendMessage, onMessage: { addListener: (heard: () => void) => listeners.push(heard) } }
  vi.stubGlobal('browser', { runtime })
  await import('../../../src/ui/early/main')
})

describe('the early question', () => {
  it('asks for a glance and leaves the answer to the page', async () => {
    expect(sendMessage).toHaveBeenCalledExactlyOnceWith({ call: 'glance', args: [] })
    expect(await takeAsked('glance')).toBe('answer')
    expect(takeAsked('glance')).toBeNull()
  })

  it('throws the answer away when the vault is locked before the page can hear of it (KEY-8)', () => {
    for (const heard of listeners) heard({ event: 'entries-changed' })
    expect(globalThis.askedEarly).toBeDefined()
    for (const heard of listeners) heard({ event: 'locked' })
    expect(takeAsked('glance')).toBeNull()
  })
})
