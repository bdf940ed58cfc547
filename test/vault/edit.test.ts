import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'

import { openStored } from '../../src/vault/contents'
import { openDb } from '../../src/vault/db'
import { planWrite, readBack } from '../../src/vault/edit'
import { seeded } from '../support/seeded'
import { cheapVault, dump, filledVault, newEntry } from './support'

describe('planWrite', () => {
  it('spreads over rows and fills the gaps that removals leave', async () => {
    const { vault, key, entries, name } = await filledVault(200)
    expect([...(await dump(name)).rows.keys()]).toEqual([0, 1, 2, 3])
    await vault.change(key, () => ({ remove: entries.slice(0, 190).map(({ id }) => id) }))
    const added = Array.from({ length: 60 }, () => newEntry())
    const contents = await vault.change(key, () => ({ entries: added }))
    expect(contents.entries).toEqual([...entries.slice(190), ...added])
    expect([...(await dump(name)).rows.keys()]).toEqual([0, 2, 3])
  })

  it('touches only the rows that it must', async () => {
    const { name, key, entries } = await filledVault(200)
    const opened = await openStored(await openDb(name).read(), key)
    const rowsOf = async (edit: Parameters<typeof planWrite>[1]): Promise<number[]> => {
      const { rows } = await planWrite(opened, edit)
      return [...rows].sort()
    }
    expect(await rowsOf({ order: [entries[5]!.id] })).toEqual([])
    expect(await rowsOf({ entries: [entries[0]!] })).toEqual([0])
    expect(await rowsOf({ entries: [entries[0]!, entries[199]!] })).toEqual([0, 3])
    expect(await rowsOf({ entries: [newEntry()], remove: [entries[64]!.id] })).toEqual([1])
    expect(await rowsOf({ remove: ['nobody'] })).toEqual([])
  })

  it('writes an entry named twice once, as it was named last', async () => {
    const { vault, key, entries } = await filledVault(1)
    const [entry] = entries
    const { entries: after } = await vault.change(key, () => ({
      entries: [
        { ...entry!, label: 'a' },
        { ...entry!, label: 'b' },
      ],
    }))
    expect(after).toEqual([{ ...entry, label: 'b' }])
  })
})

describe('readBack (BND-1)', () => {
  it('answers what is stored, and leaves what another window wrote since to that window', async () => {
    const { vault, name, key, entries } = await filledVault(2)
    const db = openDb(name)
    const opened = await openStored(await db.read(), key)
    const plan = await planWrite(opened, { entries: [{ ...entries[0]!, label: 'mine' }] })
    expect(await db.write(opened.manifest.generation, plan.changes)).toBe(true)
    const mine = await readBack(await openStored(await db.read(), key), plan)
    expect(mine.get(entries[0]!.id)?.value).toEqual({ ...entries[0], label: 'mine' })
    await vault.change(key, () => ({ entries: [{ ...entries[0]!, label: 'theirs' }] }))
    await expect(readBack(await openStored(await db.read(), key), plan)).resolves.toBeInstanceOf(Map)
    await db.close()
  })

  it('throws when the store has not taken it', async () => {
    const { name, key, entries } = await filledVault(2)
    const opened = await openStored(await openDb(name).read(), key)
    const plan = await planWrite(opened, { entries: [{ ...entries[0]!, label: 'mine' }] })
    await expect(readBack(opened, plan)).rejects.toThrow('vault/storage-failed')
  })
})

describe('any life of a vault', () => {
  it.each([1, 2, 3])('ends where a plain list would (seed %i, VLT-8)', async (seed) => {
    const below = seeded(seed)
    const { name, key, entries: first } = await filledVault(60)
    const windows = [cheapVault(name), cheapVault(name), cheapVault(name)]
    let model = first
    for (let i = 0; i < 60; i++) {
      const added = Array.from({ length: below(8) }, () => newEntry({ createdAt: below(2 ** 30) }, below(12)))
      const changed = model.filter(() => below(10) === 0).map((entry) => ({ ...entry, usedAt: below(2 ** 30) }))
      const remove = model.filter(() => below(12) === 0).map(({ id }) => id)
      const kept = changed.filter(({ id }) => !remove.includes(id))
      const { entries } = await windows[below(3)]!.change(key, () => ({ entries: [...kept, ...added], remove }))
      model = model.map((entry) => kept.find(({ id }) => id === entry.id) ?? entry)
      model = [...model.filter(({ id }) => !remove.includes(id)), ...added]
      expect(entries).toEqual(model)
    }
    expect(await windows[0]!.read(key)).toMatchObject({ entries: model, damaged: [], generation: 62 })
    const rows = [...(await dump(name)).rows.values()] as { cells: { id: string }[] }[]
    expect(rows.every(({ cells }) => cells.length > 0 && cells.length <= 64)).toBe(true)
    expect(rows.flatMap(({ cells }) => cells)).toHaveLength(model.length + 1)
  })
})
