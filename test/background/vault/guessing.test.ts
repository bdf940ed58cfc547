import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { guess, guessAside, guessWith } from '../../../src/background/vault/guessing'
import { AppError } from '../../../src/core/errors'
import { settings } from '../../../src/settings'
import { stubLocks } from '../open-vault'

beforeEach(async () => {
  stubLocks()
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date'] })
  await browser.storage.local.clear()
})
afterEach(() => {
  vi.restoreAllMocks()
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

  it('waits once for a damaged count, and not for ever', async () => {
    await browser.storage.local.set({ passphraseGuesses: 'damaged' })
    await expect(right()).rejects.toMatchObject({ params: { seconds: 2 } })
    vi.setSystemTime(Date.now() + 2_000)
    await expect(right()).resolves.toBe('open')
  })

  it('counts on where the store takes nothing (KEY-3)', async () => {
    const set = vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('full'))
    await wrongTimes(5)
    await expect(right()).rejects.toMatchObject({ params: { seconds: 2 } })
    vi.setSystemTime(Date.now() + 2_000)
    await expect(right()).resolves.toBe('open')
    set.mockRestore()
    await wrongTimes(1)
    expect(await browser.storage.local.get('passphraseGuesses')).toMatchObject({ passphraseGuesses: { wrong: 1 } })
  })
})

describe('the use of the passphrase (KEY-10)', () => {
  it.each([
    ['the passphrase', () => right(), true],
    ['the passphrase of a damaged vault', () => guessWith({ passphrase: 'x' }, async () => 'open'), true],
    ['the sheet of a damaged vault', () => guessWith({ sheet: 'x' }, async () => 'open'), false],
    ['what opened a vault that was put aside', () => guessAside(1, async () => 'open'), false],
  ])('is noted for %s: %s', async (_what, open, noted) => {
    await open()
    expect((await settings.passphraseUsedAt.get()) !== null).toBe(noted)
  })
})

describe('guessAside', () => {
  const wrongAt = (at: number) => guessAside(at, async () => refuse('vault/wrong-passphrase'))

  it('counts each vault that was put aside apart: the own passphrase, or that of another, makes no try free (KEY-3)', async () => {
    for (let i = 0; i < 5; i++) {
      await expect(wrongAt(1)).rejects.toThrow('vault/wrong-passphrase')
      await right()
      await guessAside(2, async () => 'open')
    }
    await expect(wrongAt(1)).rejects.toMatchObject({ params: { seconds: 2 } })
    await expect(guessAside(2, async () => 'open')).resolves.toBe('open')
    vi.setSystemTime(Date.now() + 2_000)
    await expect(guessAside(1, async () => 'open')).resolves.toBe('open')
    await expect(wrongAt(1)).rejects.toThrow('vault/wrong-passphrase')
  })

  it('gains nobody anything by damaging the count, and locks nobody out for it', async () => {
    await browser.storage.local.set({ asideGuesses: 'damaged' })
    await expect(guessAside(1, async () => 'open')).rejects.toThrow('vault/too-many-tries')
    vi.setSystemTime(Date.now() + 2_000)
    await expect(guessAside(1, async () => 'open')).resolves.toBe('open')
  })
})
