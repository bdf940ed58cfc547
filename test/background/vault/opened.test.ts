import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lock, lockIfDue, lockWithScreen } from '../../../src/background/vault/autolock'
import { vaultCalls } from '../../../src/background/calls/vault'
import { beginOpen } from '../../../src/background/vault/opened'
import { keyIfOpen, vault, vaultKey } from '../../../src/background/vault/unlocked'
import { addSheet, changeKey } from '../../../src/background/vault/ways'
import { AppError } from '../../../src/core/errors'
import * as session from '../../../src/vault/session'
import { PASSPHRASE, openEmptyVault } from '../open-vault'

const NEXT = 'another six herons at dawn'
const TWO_SECONDS = 2_000

vi.mock('../../../src/crypto/calibrate', async () => {
  const { KDF_DEFAULT } = await import('../../../src/crypto/kdf')
  return { calibrateKdf: async () => KDF_DEFAULT }
})

beforeEach(openEmptyVault)
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a lock while the vault is being opened (KEY-8)', () => {
  it('wins over an unlock', async () => {
    await session.forget()
    const unlocking = vaultCalls.unlock(PASSPHRASE)
    await lock()
    await unlocking
    expect(await keyIfOpen()).toBeNull()
  })

  it('wins when the screen locks, too', async () => {
    const heard: ((state: string) => void)[] = []
    const onStateChanged = { addListener: (listener: (state: string) => void) => void heard.push(listener) }
    Object.assign(globalThis, { chrome: { idle: { onStateChanged } } })
    lockWithScreen()
    Reflect.deleteProperty(globalThis, 'chrome')
    await session.forget()
    const unlocking = vaultCalls.unlock(PASSPHRASE)
    for (const listener of heard) listener('locked')
    await unlocking
    expect(await keyIfOpen()).toBeNull()
  })

  it('wins while the key is being written', async () => {
    const key = await vaultKey()
    await session.forget()
    const set = browser.storage.session.set.bind(browser.storage.session)
    vi.spyOn(browser.storage.session, 'set').mockImplementation(async (items) => {
      if (session.KEY_ITEM in items) await lock()
      await set(items)
    })
    await beginOpen(async () => key)
    expect(await keyIfOpen()).toBeNull()
  })

  it('keeps a new key from being kept, and no key where that fails', async () => {
    let fail: (error: AppError) => void = () => undefined
    const work = vi.spyOn(vault, 'changeKey').mockReturnValueOnce(new Promise((_resolve, reject) => (fail = reject)))
    const changed = changeKey(PASSPHRASE, NEXT)
    await vi.waitFor(() => expect(work).toHaveBeenCalled(), { timeout: 20_000 })
    await lock()
    fail(new AppError('vault/record-damaged', { count: 1 }))
    await expect(changed).rejects.toThrow('vault/record-damaged')
    expect(await keyIfOpen()).toBeNull()
    const key = await openAgain()
    vi.spyOn(vault, 'changeKey').mockImplementationOnce(async () => {
      await lock()
      return key
    })
    await changeKey(PASSPHRASE, NEXT)
    expect(await keyIfOpen()).toBeNull()
  })

  it('ends what asked for the passphrase once more', async () => {
    const before = await vault.slots()
    const adding = addSheet(PASSPHRASE)
    await vi.waitFor(async () => expect(await browser.storage.local.get('passphraseGuesses')).toBeTruthy())
    await lock()
    await expect(adding).rejects.toThrow('vault/locked')
    expect(await vault.slots()).toEqual(before)
  })

  it('is not what a late alarm does, for which nobody asked', async () => {
    await session.forget()
    const unlocking = vaultCalls.unlock(PASSPHRASE)
    await lockIfDue(Date.now())
    await unlocking
    expect(await keyIfOpen()).not.toBeNull()
  })
})

describe('an unlock while the store of the settings fails (VLT-3)', () => {
  it('waits once and opens; wrong tries are counted all the same (KEY-3)', async () => {
    await session.forget()
    for (const call of ['get', 'set', 'remove'] as const) {
      vi.spyOn(browser.storage.local, call).mockRejectedValue(new Error('CURRENT is unreadable'))
    }
    await expect(vaultCalls.unlock(PASSPHRASE)).rejects.toMatchObject({ params: { seconds: 2 } })
    vi.useFakeTimers({ now: Date.now() + TWO_SECONDS, toFake: ['Date'] })
    await expect(vaultCalls.unlock('not the passphrase')).rejects.toThrow('vault/wrong-passphrase')
    await expect(vaultCalls.unlock(PASSPHRASE)).rejects.toMatchObject({ params: { seconds: 4 } })
    vi.setSystemTime(Date.now() + 2 * TWO_SECONDS)
    await vaultCalls.unlock(PASSPHRASE)
    expect(await keyIfOpen()).not.toBeNull()
    expect((await vault.snapshots()).filter(({ reason }) => reason === 'update')).toEqual([])
  })
})

async function openAgain(): Promise<string> {
  await openEmptyVault()
  return vaultKey()
}
