import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import { bytesToText } from '../../src/core/bytes'
import { itemsOf } from '../../src/vault/mirror'
import { openVault } from '../../src/vault/vault'
import { CHEAP_KDF, PASSPHRASE, cheapVault, dump, filledVault, freshName, loseDatabase, mirrorOf } from './support'

const DAY = 86_400_000

afterEach(() => vi.restoreAllMocks())

interface Raw {
  type: string
  unreadable: string[]
  stored: object | null
  mirror: Record<string, string> | null
  snapshots: unknown[]
}

function parse(bytes: Uint8Array): Raw {
  return JSON.parse(bytesToText(bytes) ?? '') as Raw
}

describe('exportRaw (VLT-14)', () => {
  it('holds both copies and the snapshots, sealed as they are, without a key', async () => {
    const { vault, name, key } = await filledVault(3)
    await vault.takeSnapshot(key, 'import')
    const raw = parse(await cheapVault(name).exportRaw())
    expect(raw).toMatchObject({ type: 'latchkey-raw', unreadable: [] })
    expect(raw.snapshots).toHaveLength(1)
    expect(raw.mirror).toEqual(Object.fromEntries(await mirrorOf(name)))
    const { head, rows } = await dump(name)
    const stored = { header: head.get('header'), manifest: head.get('manifest'), rows: rows as Map<number, unknown> }
    expect(JSON.stringify(raw.stored)).toContain(itemsOf(stored).get('manifest'))
  })

  it('makes do with the store that answers, and names the other', async () => {
    const { vault } = await filledVault(1)
    vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('IO error'))
    expect(parse(await vault.exportRaw())).toMatchObject({ unreadable: ['mirror'], mirror: null })
    vi.restoreAllMocks()
    await vault.close()
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('gone', 'UnknownError')
    })
    expect(parse(await vault.exportRaw())).toMatchObject({ unreadable: ['database'], stored: null, snapshots: [] })
    vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('IO error'))
    await expect(vault.exportRaw()).rejects.toThrow('vault/storage-failed')
  })

  it('works where nothing opens any more', async () => {
    const { vault, name } = await filledVault(1)
    await browser.storage.local.set({ [`vault ${name}: header`]: 'no header' })
    await loseDatabase(name)
    expect(await vault.status()).toBe('damaged')
    expect(parse(await vault.exportRaw()).mirror).toMatchObject({ header: 'no header' })
  })
})

describe('startAnew (KEY-10)', () => {
  it('keeps the old vault for 90 days beside the new one', async () => {
    let now = 20_000 * DAY
    const name = freshName()
    const vault = openVault({ databaseName: name, kdf: CHEAP_KDF, kdfFloor: CHEAP_KDF, now: () => now })
    await vault.create(PASSPHRASE)
    const raw = await vault.exportRaw()
    await vault.startAnew()
    expect(await vault.status()).toBe('absent')
    const key = await vault.create('another passphrase')
    expect(await vault.unlock('another passphrase')).toBe(key)
    const [at] = await vault.aside()
    expect(at).toBe(now)
    expect(await vault.exportAside(now)).toEqual(raw)
    await expect(vault.exportAside(1)).rejects.toThrow('vault/absent')
    now += 90 * DAY - 1
    expect(await vault.aside()).toEqual([at])
    await vault.dropOldAside([at!])
    expect(await vault.exportAside(at!)).toEqual(raw)
    now += 1
    expect(await vault.aside()).toEqual([])
    expect(await vault.exportAside(at!)).toEqual(raw)
    expect(await vault.asideOver()).toEqual([at])
    await vault.dropOldAside([])
    expect(await vault.exportAside(at!)).toEqual(raw)
    await vault.dropOldAside([at!])
    await expect(vault.exportAside(at!)).rejects.toThrow('vault/absent')
    expect(await vault.unlock('another passphrase')).toBe(key)
  })

  it('loses nothing when it is stopped half-way', async () => {
    const { vault, name, key } = await filledVault(2)
    const before = await vault.read(key)
    vi.spyOn(browser.storage.local, 'remove').mockRejectedValue(new Error('stopped'))
    await expect(vault.startAnew()).rejects.toThrow('vault/storage-failed')
    vi.restoreAllMocks()
    expect(await cheapVault(name).unlock(PASSPHRASE)).toBe(key)
    expect(await vault.read(key)).toEqual(before)
  })
})
