import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guess } from '../../src/background/guessing'
import { AppError } from '../../src/core/errors'
import { stubLocks } from './open-vault'

beforeEach(async () => {
  stubLocks()
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date'] })
  await browser.storage.local.clear()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

let tried = 0
const wrong = () => guess(async () => refuse('vault/wrong-passphrase'))
const right = () => guess(async () => 'open')

async function refuse(code: 'vault/wrong-passphrase' | 'vault/damaged'): Promise<never> {
  tried++
  throw new AppError(code)
}

async function wrongTimes(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await expect(wrong()).rejects.toThrow('vault/wrong-passphrase')
}

describe('guess', () => {
  it('makes the sixth try wait, and tries nothing meanwhile (KEY-3)', async () => {
    await wrongTimes(5)
    tried = 0
    await expect(wrong()).rejects.toMatchObject({ code: 'vault/too-many-tries', params: { seconds: 2 } })
    await expect(right()).rejects.toThrow('vault/too-many-tries')
    expect(tried).toBe(0)
    vi.setSystemTime(Date.now() + 2_000)
    await expect(right()).resolves.toBe('open')
  })

  it('waits longer each time, and forgets with the right one', async () => {
    await wrongTimes(5)
    vi.setSystemTime(Date.now() + 2_000)
    await wrongTimes(1)
    await expect(right()).rejects.toMatchObject({ params: { seconds: 4 } })
    vi.setSystemTime(Date.now() + 4_000)
    await right()
    await wrongTimes(5)
  })

  it('counts a try that is cut off (KEY-3)', async () => {
    await wrongTimes(4)
    void guess(() => new Promise(() => {}))
    await vi.waitFor(async () => {
      expect(await browser.storage.local.get('passphraseGuesses')).toMatchObject({ passphraseGuesses: { wrong: 5 } })
    })
    stubLocks()
    await expect(right()).rejects.toThrow('vault/too-many-tries')
  })

  it('counts no damage as a wrong passphrase', async () => {
    for (let i = 0; i < 9; i++) await expect(guess(() => refuse('vault/damaged'))).rejects.toThrow('vault/damaged')
    await expect(right()).resolves.toBe('open')
  })

  it('gains nobody anything by damaging the count', async () => {
    await browser.storage.local.set({ passphraseGuesses: { wrong: -5, lastAt: 'long ago' } })
    await expect(right()).rejects.toThrow('vault/too-many-tries')
  })
})
