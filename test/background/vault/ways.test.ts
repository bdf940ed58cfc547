import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { vault, vaultKey } from '../../../src/background/vault/unlocked'
import {
  beginPasskey,
  addFirstSheet,
  addPasskey,
  addSheet,
  changeKey,
  removeWay,
  setPassphrase,
  unlockWith,
  ways,
} from '../../../src/background/vault/ways'
import { vaultCalls } from '../../../src/background/calls/vault'
import { base64ToBytes, bytesToBase64 } from '../../../src/core/bytes'
import { noteMade } from '../../../src/background/vault/just-made'
import { AppError } from '../../../src/core/errors'
import { clearOnLock, settings } from '../../../src/settings'
import * as session from '../../../src/vault/session'
import { PASSPHRASE, openEmptyVault } from '../open-vault'

const DAY = 86_400_000
const PRF_OUTPUT = bytesToBase64(new Uint8Array(32).fill(7))
const NEXT = 'another six herons at dawn'

// What stretching costs is told elsewhere; here it would only take time.
vi.mock('../../../src/crypto/calibrate', async () => {
  const { KDF_DEFAULT } = await import('../../../src/crypto/kdf')
  return { calibrateKdf: async () => KDF_DEFAULT }
})

beforeEach(openEmptyVault)
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const lock = () => session.forget()

async function madePasskey(passphrase: string): Promise<string> {
  const { prfInput } = await beginPasskey(passphrase)
  await addPasskey(passphrase, { credentialId: 'Y3JlZA==', prfInput, prfOutput: PRF_OUTPUT })
  const [passkey] = (await ways(Date.now())).passkeys
  return passkey?.id ?? ''
}

describe('a recovery sheet', () => {
  it('is made only for who knows the passphrase, and opens the vault', async () => {
    await expect(addSheet('not the passphrase')).rejects.toThrow('vault/wrong-passphrase')
    expect((await ways(Date.now())).sheet).toBeNull()
    const code = await addSheet(PASSPHRASE)
    expect((await ways(Date.now())).sheet).toMatchObject({ onPaper: false })
    await lock()
    await expect(unlockWith({ sheet: code.slice(0, -1) })).rejects.toThrow('vault/sheet-code-mistyped')
    await expect(vaultKey()).rejects.toThrow('vault/locked')
    await unlockWith({ sheet: code })
    expect(await vaultKey()).toBeTruthy()
  })

  it('counts as on paper once that was shown, until another is made', async () => {
    const { sheet } = await ways(Date.now())
    await settings.sheetOnPaper.set(sheet?.id ?? '')
    expect((await ways(Date.now())).sheet).toMatchObject({ onPaper: true })
    await addSheet(PASSPHRASE)
    expect((await ways(Date.now())).sheet).toMatchObject({ onPaper: false })
  })

  it('sets a new passphrase for who has forgotten it; an open vault alone does not', async () => {
    const code = await addSheet(PASSPHRASE)
    await expect(setPassphrase({ sheet: code.replace(/.$/, '') }, NEXT)).rejects.toThrow('vault/sheet-code-mistyped')
    await lock()
    await expect(setPassphrase({ sheet: code }, NEXT)).rejects.toThrow('vault/locked')
    await unlockWith({ sheet: code })
    await setPassphrase({ sheet: code }, NEXT)
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
    await vault.changePassphrase(NEXT, PASSPHRASE)
  })
})

describe('the first sheet', () => {
  const MINUTE = 60_000

  beforeEach(async () => {
    const { sheet } = await ways(Date.now())
    if (sheet) await vault.removeSlot(await vaultKey(), sheet.id)
    await settings.vaultMadeAt.set(null)
  })

  it('needs no passphrase of who chose it a minute ago, once, and opens the vault', async () => {
    const now = Date.now()
    await noteMade(now)
    expect((await ways(now + MINUTE)).firstSheetFree).toBe(true)
    const code = await addFirstSheet(now + MINUTE)
    const { sheet, firstSheetFree } = await ways(now + MINUTE)
    expect(firstSheetFree).toBe(false)
    await vault.removeSlot(await vaultKey(), sheet?.id ?? '')
    expect((await ways(now + MINUTE)).firstSheetFree).toBe(false)
    expect(await addFirstSheet(now + MINUTE)).toBeNull()
    expect((await ways(now)).sheet).toBeNull()
    expect(code).toMatch(/^([A-Z2-7]{4}-){7}[A-Z2-7]{4}$/)
  })

  it('opens the vault as any other does', async () => {
    await noteMade(Date.now())
    const code = (await addFirstSheet(Date.now())) ?? expect.unreachable()
    await lock()
    await unlockWith({ sheet: code })
    expect(await vaultKey()).toBeTruthy()
  })

  it.each([
    ['a vault that was not made just now', async () => undefined, 0],
    ['five minutes later', noteMade, 5 * MINUTE],
    ['a clock that was set back', noteMade, -1],
    ['a vault that was locked since', async (now: number) => noteMade(now).then(clearOnLock), 0],
    ['one that has a sheet, which stays in force', async (now: number) => noteMade(now).then(addOne), 0],
  ])('is not made without the passphrase for %s', async (_whose, prepare, later) => {
    const now = Date.now()
    await prepare(now)
    const before = await vault.slots()
    expect((await ways(now + later)).firstSheetFree).toBe(false)
    expect(await addFirstSheet(now + later)).toBeNull()
    expect(await vault.slots()).toEqual(before)
  })

  it('is not made for a locked vault, even where the mark of its making was left (KEY-8)', async () => {
    await noteMade(Date.now())
    await lock()
    await expect(addFirstSheet(Date.now())).rejects.toThrow('vault/locked')
    await settings.vaultMadeAt.set(null)
    await noteMade(Date.now())
    expect(await settings.vaultMadeAt.get()).toBeNull()
  })

  it('is not made without it for who opened the vault after a deadline whose alarm was lost (KEY-7)', async () => {
    const now = Date.now()
    await noteMade(now)
    const code = await vault.addSheet(await vaultKey())
    await browser.storage.session.set({ lockAt: now - 1 })
    await unlockWith({ sheet: code })
    expect(await settings.vaultMadeAt.get()).toBeNull()
  })

  const addOne = async (): Promise<void> => void (await vault.addSheet(await vaultKey()))
})

describe('a passkey (KEY-9)', () => {
  it('is asked for with what is new each time, by who knows the passphrase', async () => {
    await expect(beginPasskey('not the passphrase')).rejects.toThrow('vault/wrong-passphrase')
    const [first, second] = [await beginPasskey(PASSPHRASE), await beginPasskey(PASSPHRASE)]
    expect(base64ToBytes(first.prfInput)).toHaveLength(32)
    expect(new Set([first.prfInput, second.prfInput, first.userId, second.userId]).size).toBe(4)
  })

  it('opens the vault, is one of several ways, and can be removed', async () => {
    const id = await madePasskey(PASSPHRASE)
    expect((await beginPasskey(PASSPHRASE)).known).toEqual(['Y3JlZA=='])
    await lock()
    const wrong = bytesToBase64(new Uint8Array(32).fill(8))
    for (const prfOutput of [wrong, 'not base64!', '']) {
      await expect(unlockWith({ passkeyId: id, prfOutput })).rejects.toThrow('vault/wrong-passkey')
    }
    await unlockWith({ passkeyId: id, prfOutput: PRF_OUTPUT })
    await removeWay(PASSPHRASE, id)
    expect((await ways(Date.now())).passkeys).toEqual([])
    await lock()
    await expect(unlockWith({ passkeyId: id, prfOutput: PRF_OUTPUT })).rejects.toThrow('vault/wrong-passkey')
    await vaultCalls.unlock(PASSPHRASE)
  })

  it('sets a new passphrase, too', async () => {
    const id = await madePasskey(PASSPHRASE)
    await setPassphrase({ passkeyId: id, prfOutput: PRF_OUTPUT }, NEXT)
    await vault.changePassphrase(NEXT, PASSPHRASE)
  })
})

describe('the passphrase (KEY-10)', () => {
  it.each([
    ['never', null, true],
    ['just now', 0, false],
    ['a moment less than a week ago', 7 * DAY - 1, false],
    ['a week ago', 7 * DAY, true],
    ['later than now: the clock was set back', -1, true],
  ])('used %s ago is due: %s', async (_when, ago, due) => {
    const now = Date.now()
    await settings.passphraseUsedAt.set(ago === null ? null : now - ago)
    expect((await ways(now)).passphraseDue).toBe(due)
  })

  it('is due when what is stored is damaged', async () => {
    await browser.storage.local.set({ passphraseUsedAt: 'yesterday' })
    expect((await ways(Date.now())).passphraseDue).toBe(true)
  })

  it('is used by each call that takes it, and not by another way in', async () => {
    const code = await addSheet(PASSPHRASE)
    await settings.passphraseUsedAt.set(null)
    await unlockWith({ sheet: code })
    expect((await ways(Date.now())).passphraseDue).toBe(true)
    await vaultCalls.unlock(PASSPHRASE)
    expect((await ways(Date.now())).passphraseDue).toBe(false)
  })
})

describe('a way in', () => {
  it('is not the last one that no device can lose', async () => {
    const passphrase = (await vault.slots()).find(({ kind }) => kind === 'passphrase')
    const { sheet } = await ways(Date.now())
    await removeWay(PASSPHRASE, sheet?.id ?? '')
    await expect(removeWay(PASSPHRASE, passphrase?.id ?? '')).rejects.toThrow('vault/last-slot')
    await lock()
    await expect(removeWay(PASSPHRASE, passphrase?.id ?? '')).rejects.toThrow('vault/locked')
  })

  it('is removed only by who knows the passphrase: an open vault is not enough', async () => {
    await addSheet(PASSPHRASE)
    const { sheet } = await ways(Date.now())
    await expect(removeWay('not the passphrase', sheet?.id ?? '')).rejects.toThrow('vault/wrong-passphrase')
    expect((await ways(Date.now())).sheet).toEqual(sheet)
    await removeWay(PASSPHRASE, sheet?.id ?? '')
  })
})

describe('changeKey', () => {
  it('keeps no key that may open nothing while it is at work, and the one it had when that fails (VLT-12)', async () => {
    const before = await vaultKey()
    let fail: (error: AppError) => void = () => undefined
    const work = vi.spyOn(vault, 'changeKey').mockReturnValueOnce(new Promise((_resolve, reject) => (fail = reject)))
    const changed = changeKey(PASSPHRASE, NEXT)
    await vi.waitFor(() => expect(work).toHaveBeenCalled(), { timeout: 20_000 })
    // A background that is stopped now comes back to a vault that is locked.
    expect(await session.restore(Date.now())).toBeNull()
    fail(new AppError('vault/record-damaged', { count: 1 }))
    await expect(changed).rejects.toThrow('vault/record-damaged')
    expect(await vaultKey()).toBe(before)
  })

  it('locks where it failed after the new key was in force, for the one it had opens nothing any more (VLT-12)', async () => {
    await vaultKey()
    vi.spyOn(vault, 'changeKey').mockRejectedValueOnce(new AppError('vault/storage-failed'))
    vi.spyOn(vault, 'read').mockRejectedValueOnce(new AppError('vault/damaged'))
    await expect(changeKey(PASSPHRASE, NEXT)).rejects.toThrow('vault/storage-failed')
    await expect(vaultKey()).rejects.toThrow('vault/locked')
  })

  // The last one: the vault is another one afterwards.
  it('replaces the key that is kept, and has whoever asks meanwhile wait for it; the other ways are gone', async () => {
    const code = await addSheet(PASSPHRASE)
    await madePasskey(PASSPHRASE)
    const before = await vaultKey()
    await expect(changeKey('not the passphrase', NEXT)).rejects.toThrow('vault/wrong-passphrase')
    const changed = changeKey(PASSPHRASE, NEXT)
    await vi.waitFor(async () => expect(await session.restore(Date.now())).toBeNull(), { timeout: 20_000 })
    expect(await vaultCalls.vaultStatus()).toBe('unlocked')
    const after = await vaultKey()
    expect(after).not.toBe(before)
    await changed
    expect((await vault.read(after)).damaged).toEqual([])
    expect(await ways(Date.now())).toMatchObject({ sheet: null, passkeys: [] })
    await expect(unlockWith({ sheet: code })).rejects.toThrow('vault/wrong-sheet-code')
    await vaultCalls.unlock(NEXT)
  })
})
