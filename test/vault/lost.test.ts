import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'

import { bytesToText } from '../../src/core/bytes'
import type { Cell } from '../../src/vault/record'
import { dump, filledVault, mirrorOf, restore } from './support'

describe('letGoOfLost', () => {
  it('takes what opens nowhere off the list and keeps it sealed beside the vault (VLT-2, KEY-10)', async () => {
    const { vault, name, key, entries } = await filledVault(5)
    const content = await dump(name)
    const cells = [...content.rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
    const sealed = cells.find(({ id }) => id === entries[2]!.id)!.sealed
    sealed[40]! ^= 1
    await restore(name, content)
    expect((await vault.read(key)).damaged).toEqual([entries[2]!.id])
    expect(await vault.letGoOfLost(key)).toBe(1)
    const after = await vault.read(key)
    expect(after.damaged).toEqual([])
    expect(after.entries).toEqual(entries.filter((_, i) => i !== 2))
    const [at] = await vault.aside()
    const kept = bytesToText(await vault.exportAside(at!)) ?? ''
    expect(kept).toContain(Buffer.from(sealed).toString('base64'))
    // The mirror follows, and a vault key can be changed again.
    expect([...(await mirrorOf(name)).values()].join()).not.toContain(entries[2]!.id)
    expect(await vault.letGoOfLost(key)).toBe(0)
    expect(await vault.aside()).toEqual([at])
  })
})
