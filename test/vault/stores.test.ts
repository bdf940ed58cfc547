import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import type { Cell } from '../../src/vault/record'
import { PASSPHRASE, cheapVault, dump, filledVault, newEntry, restoreDatabase } from './support'

afterEach(() => vi.restoreAllMocks())

/** A vault whose third record is damaged in the database alone. */
async function halfDamaged(): ReturnType<typeof filledVault> {
  const filled = await filledVault(5)
  const content = await dump(filled.name)
  const cells = [...content.rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
  cells.find(({ id }) => id === filled.entries[2]!.id)!.sealed[40]! ^= 1
  await restoreDatabase(filled.name, content)
  return filled
}

function muteOnce(): void {
  vi.spyOn(browser.storage.local, 'get').mockRejectedValueOnce(new Error('IO error'))
}

describe('a record that opens in the mirror alone, while that does not answer', () => {
  it('is looked for again, and healed (VLT-3)', async () => {
    const { vault, name, key, entries } = await halfDamaged()
    muteOnce()
    expect((await vault.read(key)).damaged).toEqual([entries[2]!.id])
    expect((await vault.read(key)).damaged).toEqual([])
    await vault.change(key, () => ({ entries: [newEntry()] }))
    await vault.close()
    const fresh = cheapVault(name)
    expect((await fresh.read(await fresh.unlock(PASSPHRASE))).damaged).toEqual([])
  })

  it('is not written over (VLT-3)', async () => {
    const { vault, name, key, entries } = await halfDamaged()
    const before = await dump(name)
    muteOnce()
    await expect(vault.change(key, () => ({ entries: [newEntry()] }))).rejects.toThrow('vault/storage-failed')
    expect(await dump(name)).toEqual(before)
    expect((await vault.change(key, () => ({ remove: [entries[0]!.id] }))).entries).toEqual(entries.slice(1))
  })
})
