import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { agreedCopy, readCopies } from '../../src/vault/copies'
import { openDb } from '../../src/vault/db'
import { openMirror } from '../../src/vault/mirror'
import { PASSPHRASE, cheapVault, filledVault, loseDatabase } from './support'

const ENTRIES = 5_000

describe('a vault of 5,000 entries', () => {
  it('opens, is written to, and is healed like any other (VLT-13)', { timeout: 120_000 }, async () => {
    const { vault, name, key, entries } = await filledVault(ENTRIES)
    const [first] = entries
    if (!first) throw new Error('no entries')
    const changed = await vault.change(key, () => ({ entries: [{ ...first, label: 'changed' }] }))
    expect(changed.entries).toHaveLength(ENTRIES)
    await vault.close()
    await loseDatabase(name)
    const again = cheapVault(name)
    expect(await again.unlock(PASSPHRASE)).toBe(key)
    const found = await again.read(key)
    expect({ entries: found.entries.length, damaged: found.damaged.length }).toEqual({ entries: ENTRIES, damaged: 0 })
    expect(found.entries[0]?.label).toBe('changed')
    expect(agreedCopy(await readCopies(openDb(name), openMirror(name)))).not.toBeNull()
  })
})
