import browser from 'webextension-polyfill'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { vaultCalls } from '../../../src/background/calls/vault'
import { isJustMade, noteMade, wasJustMade } from '../../../src/background/vault/just-made'
import { vault } from '../../../src/background/vault/unlocked'
import { settings } from '../../../src/settings'
import { openEmptyVault, PASSPHRASE, reopenVault } from '../open-vault'

const FIVE_MINUTES = 5 * 60_000

// What stretching costs is told elsewhere; here it would only take time.
vi.mock('../../../src/crypto/calibrate', async () => {
  const { KDF_DEFAULT } = await import('../../../src/crypto/kdf')
  return { calibrateKdf: async () => KDF_DEFAULT }
})

beforeEach(async () => {
  await openEmptyVault()
  await settings.vaultMadeAt.set(null)
})

describe('a vault that was made just now', () => {
  it.each([
    [0, true],
    [FIVE_MINUTES - 1, true],
    [FIVE_MINUTES, false],
    [-1, false],
  ])('is one %i ms later: %s', async (later, expected) => {
    const now = Date.now()
    await noteMade(now)
    expect(await isJustMade(now + later)).toBe(expected)
  })

  it('is none before that was noted, and none once that was used', async () => {
    expect(await isJustMade(Date.now())).toBe(false)
    await noteMade(Date.now())
    expect(await wasJustMade(Date.now())).toBe(true)
    expect(await isJustMade(Date.now())).toBe(false)
  })

  it('is granted something for once, though two tabs ask at the same time', async () => {
    const now = Date.now()
    await noteMade(now)
    expect(await Promise.all([wasJustMade(now), wasJustMade(now)])).toEqual([true, false])
  })

  it('is none once it is opened after a deadline whose alarm was lost (KEY-7)', async () => {
    const now = Date.now()
    await noteMade(now)
    await browser.storage.session.set({ lockAt: now - 1 })
    await vaultCalls.unlock(PASSPHRASE)
    expect(await isJustMade(Date.now())).toBe(false)
  })

  it('is none after a lock, nor where a lock came before it could be noted (KEY-8)', async () => {
    await noteMade(Date.now())
    await vaultCalls.lock()
    expect(await isJustMade(Date.now())).toBe(false)
    await noteMade(Date.now())
    await reopenVault()
    expect(await isJustMade(Date.now())).toBe(false)
  })

  it('is the one that the call makes, and not one that is opened or refused', async () => {
    await expect(vaultCalls.createVault(PASSPHRASE)).rejects.toThrow('vault/')
    await vaultCalls.unlock(PASSPHRASE)
    expect(await isJustMade(Date.now())).toBe(false)
    await vault.startAnew()
    await vaultCalls.createVault(PASSPHRASE)
    expect(await isJustMade(Date.now())).toBe(true)
  })
})
