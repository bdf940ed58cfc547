import browser from 'webextension-polyfill'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { background, onEvent } from '../../src/rpc/client'

const runtime = browser.runtime as unknown as {
  sendMessage: (message: unknown) => Promise<unknown>
  onMessage: { emit: (...args: unknown[]) => unknown[] }
}

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('background', () => {
  it('carries name and arguments, and answers the value', async () => {
    const send = vi.spyOn(runtime, 'sendMessage').mockResolvedValue({ ok: true, value: 'locked' })
    await expect(background.vaultStatus()).resolves.toBe('locked')
    expect(send).toHaveBeenCalledWith({ call: 'vaultStatus', args: [] })
  })

  it('throws the error again that was thrown there', async () => {
    vi.spyOn(runtime, 'sendMessage').mockResolvedValue({ ok: false, code: 'vault/wrong-passphrase', params: {} })
    await expect(background.unlock('x')).rejects.toMatchObject({ name: 'AppError', code: 'vault/wrong-passphrase' })
  })

  it.each([
    ['an ordinary call', () => background.entries(), 10_000],
    ['a call that derives a key', () => background.unlock('x'), 60_000],
  ])('gives up on %s that is never answered (REL-2)', async (_what, call, limitMs) => {
    vi.useFakeTimers()
    vi.spyOn(runtime, 'sendMessage').mockReturnValue(new Promise(() => {}))
    const ending = expect(call()).rejects.toMatchObject({ code: 'rpc/timed-out' })
    await vi.advanceTimersByTimeAsync(limitMs)
    await ending
  })

  it('says so when the background went away before it answered', async () => {
    vi.spyOn(runtime, 'sendMessage').mockRejectedValue(new Error('The message port closed'))
    await expect(background.entries()).rejects.toMatchObject({ code: 'rpc/timed-out' })
  })

  it('is no promise', async () => {
    expect(await Promise.resolve(background)).toBe(background)
  })
})

describe('onEvent', () => {
  const own = { url: 'chrome-extension://latchkey-test/src/background/main.js' }

  it('hears the background and stops when told', () => {
    const heard: string[] = []
    const stop = onEvent((event) => heard.push(event))
    runtime.onMessage.emit({ event: 'locked' }, own)
    stop()
    runtime.onMessage.emit({ event: 'unlocked' }, own)
    expect(heard).toEqual(['locked'])
  })

  it('does not hear scripts in web pages', () => {
    const heard: string[] = []
    const stop = onEvent((event) => heard.push(event))
    runtime.onMessage.emit({ event: 'locked' }, { url: 'https://example.com/', tab: { id: 1 } })
    runtime.onMessage.emit({ event: 'locked' }, { ...own, tab: { id: 1 } })
    stop()
    expect(heard).toEqual([])
  })
})
