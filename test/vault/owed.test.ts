import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import { type Vault } from '../../src/vault/vault'
import { PASSPHRASE, cheapVault, dump, filledVault, mirrorOf, newEntry, restoreDatabase } from './support'

const NEXT = 'the next passphrase'

afterEach(() => vi.restoreAllMocks())

function mute(): void {
  for (const method of ['get', 'set', 'remove'] as const)
    vi.spyOn(browser.storage.local, method).mockRejectedValue(new Error('IO error'))
}

async function openAside(vault: Vault): Promise<readonly string[]> {
  const [at] = await vault.aside()
  return (await vault.salvageAside(at!, { passphrase: PASSPHRASE })).entries.map(({ id }) => id)
}

describe('starting anew while the mirror is mute (KEY-10)', () => {
  it('loses nothing where the mirror alone still has the vault', async () => {
    const { vault, name, entries } = await filledVault(3)
    await restoreDatabase(name, { head: new Map(), rows: new Map() })
    vi.spyOn(browser.storage.local, 'get').mockRejectedValueOnce(new Error('IO error'))
    await vault.startAnew()
    expect((await mirrorOf(name)).size).toBeGreaterThan(0)
    expect(await vault.status()).toBe('absent')
    expect(await mirrorOf(name)).toEqual(new Map())
    expect(await openAside(vault)).toEqual(entries.map(({ id }) => id))
  })

  it('leads to a new vault where it stays mute, which the old one does not write over when it answers', async () => {
    const { vault, name, entries } = await filledVault(3)
    await vault.close()
    mute()
    await vault.startAnew()
    expect(await vault.status()).toBe('absent')
    const key = await vault.create(NEXT)
    const entry = newEntry()
    await vault.change(key, () => ({ entries: [entry] }))
    expect(await cheapVault(name).unlock(NEXT)).toBe(key)
    vi.restoreAllMocks()
    expect((await mirrorOf(name)).size).toBeGreaterThan(0)
    const fresh = cheapVault(name)
    expect(await fresh.unlock(NEXT)).toBe(key)
    expect((await fresh.read(key)).entries).toEqual([entry])
    await expect(fresh.unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
    expect(await openAside(fresh)).toEqual(entries.map(({ id }) => id))
    expect((await mirrorOf(name)).get('row 0')).toContain(entry.id)
  })

  it('is not written over by the new vault either, when it answers in between', async () => {
    const { vault, name, entries } = await filledVault(3)
    vi.spyOn(browser.storage.local, 'get').mockRejectedValueOnce(new Error('IO error'))
    await vault.startAnew()
    const key = await vault.create(NEXT)
    expect(await openAside(vault)).toEqual(entries.map(({ id }) => id))
    expect(await cheapVault(name).unlock(NEXT)).toBe(key)
  })
})

describe('putting aside while a store is mute (VLT-3)', () => {
  it('refuses to rebuild and to let go, and changes nothing', async () => {
    const { vault, name } = await filledVault(3)
    const content = await dump(name)
    content.head.delete('manifest')
    await restoreDatabase(name, content)
    const items = await mirrorOf(name)
    const get = vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('IO error'))
    await expect(vault.rebuild({ passphrase: PASSPHRASE })).rejects.toThrow('vault/storage-failed')
    get.mockRestore()
    expect(await dump(name)).toEqual(content)
    expect(await mirrorOf(name)).toEqual(items)
    expect(await vault.aside()).toEqual([])
  })
})
