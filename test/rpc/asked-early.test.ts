import { describe, expect, it, vi } from 'vitest'
import { takeAsked } from '../../src/rpc/asked-early'
import { background } from '../../src/rpc/client'
import browser from '../support/fake-browser'

describe('a call that is on its way already', () => {
  it('is taken once, by who asks the same', async () => {
    const send = vi.fn(async () => ({ ok: true, value: 'asked again' }))
    browser.runtime.sendMessage = send
    globalThis.askedEarly = { call: 'glance', answer: Promise.resolve({ ok: true, value: 'asked early' }) }
    expect(takeAsked('entries')).toBeNull()
    expect(await background.glance()).toBe('asked early')
    expect(send).not.toHaveBeenCalled()
    expect(await background.glance()).toBe('asked again')
  })

  it('fails as it would have without', async () => {
    globalThis.askedEarly = { call: 'glance', answer: Promise.reject(new Error('gone')) }
    await expect(background.glance()).rejects.toThrow('rpc/timed-out')
  })
})
