import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { cheapVault, dump, filledVault, loseDatabase, newEntry, restore } from './support'

describe('readSome', () => {
  it('answers the entries asked for as `read` would, in the user’s order, and no others', async () => {
    const { vault, key, entries } = await filledVault(200)
    const wanted = [150, 3, 70].flatMap((place) => entries[place] ?? [])
    const ids = [...wanted.map(({ id }) => id), 'nobody']
    const { generation } = await vault.read(key)
    const inOrder = [3, 70, 150].map((place) => entries[place])
    expect(await vault.readSome(key, ids)).toEqual({ entries: inOrder, generation })
    expect(await vault.readSome(key, [])).toEqual({ entries: [], generation })
  })

  it('sees what another window has just written (VLT-5)', async () => {
    const { vault, name, key, entries } = await filledVault(3)
    const [first] = entries
    if (!first) throw new Error('no entries')
    await cheapVault(name).change(key, () => ({ entries: [{ ...first, label: 'changed' }, newEntry()] }))
    const some = await vault.readSome(key, [first.id])
    expect(some?.entries.map(({ label }) => label)).toEqual(['changed'])
    expect(some?.generation).toBe((await vault.read(key)).generation)
  })

  it('is never torn by a writer at work: what it answers is one generation’s (VLT-5)', async () => {
    const { vault, name, key, entries } = await filledVault(80)
    const ids = [0, 79].flatMap((place) => entries[place]?.id ?? [])
    const writer = cheapVault(name)
    const writing = (async () => {
      for (let note = 0; note < 10; note++) {
        const both = entries.filter(({ id }) => ids.includes(id)).map((entry) => ({ ...entry, note: String(note) }))
        await writer.change(key, () => ({ entries: both }))
      }
    })()
    for (let reading = 0; reading < 20; reading++) {
      const some = await vault.readSome(key, ids)
      expect(new Set(some?.entries.map(({ note }) => note)).size).toBe(1)
    }
    await writing
  })

  it('answers nothing where one of them does not open, and all where another is damaged (VLT-2)', async () => {
    const { vault, name, key, entries } = await filledVault(100)
    const [first, last] = [entries[0]?.id ?? '', entries[99]?.id ?? '']
    const stored = await dump(name)
    const { cells } = stored.rows.get(0) as { cells: readonly { id: string; sealed: Uint8Array }[] }
    const flipped = cells.find(({ id }) => id === first)?.sealed
    if (flipped) flipped[20] = (flipped[20] ?? 0) ^ 1
    await restore(name, stored)
    expect(await vault.readSome(key, [first, last])).toBeNull()
    expect((await vault.readSome(key, [last]))?.entries).toEqual([entries[99]])
  })

  it('leaves a database that is lost to who reads the whole vault, which the mirror then brings back (VLT-3)', async () => {
    const { vault, name, key, entries } = await filledVault(3)
    const ids = entries.map(({ id }) => id)
    await vault.close()
    await loseDatabase(name)
    expect(await vault.readSome(key, ids)).toBeNull()
    expect((await vault.read(key)).entries).toEqual(entries)
    expect((await vault.readSome(key, ids))?.entries).toEqual(entries)
  })

  it('opens nothing with another vault’s key', async () => {
    const [{ vault }, { key }] = [await filledVault(1), await filledVault(1)]
    expect(await vault.readSome(key, [])).toBeNull()
  })
})
