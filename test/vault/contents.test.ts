import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'

import type { Entry } from '../../src/core/entry'
import { AppError } from '../../src/core/errors'
import { type Contents, openRecords, openStored, toContents } from '../../src/vault/contents'
import type { Stored } from '../../src/vault/db'
import type { Cell, StoredManifest } from '../../src/vault/record'
import { seeded } from '../support/seeded'
import { type Dump, PASSPHRASE, dump, filledVault, newEntry, restore } from './support'

let fresh: Dump
let key: string
let entries: Entry[]

beforeAll(async () => {
  const filled = await filledVault(50)
  ;({ key, entries } = filled)
  fresh = await dump(filled.name)
})

/** A deep copy to damage. */
function copy(): Dump {
  return structuredClone(fresh)
}

function cells({ rows }: Dump): Cell[] {
  return [...rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
}

function toStored({ head, rows }: Dump): Stored {
  return { header: head.get('header'), manifest: head.get('manifest'), rows: rows as Map<number, unknown> }
}

/** What the vault makes of a dump: its contents, or the code of the error. */
async function read(content: Dump): Promise<Contents | string> {
  try {
    const opened = await openStored(toStored(content), key)
    return toContents(opened.manifest, await openRecords(opened))
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

/** The records of `contents` are the stored ones, without those of `lost`, which are named as damaged. */
function expectAllBut(contents: Contents | string, lost: readonly string[]): void {
  if (typeof contents === 'string') throw new Error(`refused as a whole: ${contents}`)
  expect([...contents.damaged].sort()).toEqual([...lost].sort())
  expect(contents.entries).toEqual(entries.filter(({ id }) => !lost.includes(id)))
}

describe('swapped, moved and replayed ciphertexts (VLT-1)', () => {
  it('are refused for every two of 51 records, and cost these two alone', async () => {
    const count = cells(fresh).length
    let refused = 0
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const swapped = copy()
        const [a, b] = [cells(swapped)[i]!, cells(swapped)[j]!]
        ;[a.sealed, b.sealed] = [b.sealed, a.sealed]
        const records = await openRecords(await openStored(toStored(swapped), key), new Set([a.id, b.id]))
        if (records.get(a.id) === null && records.get(b.id) === null) refused++
        if (j === i - 1) expect(await read(swapped)).toMatchObject({ damaged: expect.arrayContaining([a.id, b.id]) })
      }
    }
    expect(refused).toBe((count * (count - 1)) / 2)
  }, 120_000)

  it('are refused between manifest and record', async () => {
    const swapped = copy()
    const manifest = swapped.head.get('manifest') as StoredManifest
    const cell = cells(swapped)[0]!
    ;[manifest.sealed, cell.sealed] = [cell.sealed, manifest.sealed]
    expect(await read(swapped)).toBe('vault/damaged')
  })

  it('are refused between two vaults, piece by piece', async () => {
    const other = await filledVault(50)
    const theirs = await dump(other.name)
    for (const part of ['header', 'manifest']) {
      const mixed = copy()
      mixed.head.set(part, theirs.head.get(part))
      expect(await read(mixed)).toBe('vault/damaged')
    }
    const mixed = copy()
    cells(mixed)[3]!.sealed = cells(theirs)[3]!.sealed
    expectAllBut(await read(mixed), [cells(fresh)[3]!.id])
    mixed.rows.set(0, theirs.rows.get(0))
    expect(await read(mixed)).toMatchObject({ entries: [], servers: [] })
  })

  it.each(['id', 'kind', 'generation'] as const)('are refused under another %s', async (member) => {
    const changed = copy()
    const cell = cells(changed)[5]!
    const { id } = cell
    Object.assign(cell, { [member]: { id: 'f'.repeat(32), kind: 'server', generation: 99 }[member] })
    expectAllBut(await read(changed), [id])
  })

  it('are refused when they are older, for a record, a row, the manifest and the header', async () => {
    const { vault, name: later, key: theirKey, entries: theirs } = await filledVault(3)
    const old = await dump(later)
    await vault.change(theirKey, () => ({ entries: [{ ...theirs[0]!, label: 'new' }] }))
    const now = await dump(later)
    const relabelled = structuredClone(now)
    const target = cells(relabelled).find(({ id }) => id === theirs[0]!.id)!
    target.sealed = cells(old).find(({ id }) => id === theirs[0]!.id)!.sealed
    for (const replayed of [relabelled, { ...now, rows: old.rows }]) {
      await restore(later, replayed)
      expect(await vault.read(theirKey)).toMatchObject({ entries: theirs.slice(1), damaged: [theirs[0]!.id] })
    }
    for (const part of ['header', 'manifest']) {
      await restore(later, old)
      await vault.changePassphrase(PASSPHRASE, 'the next passphrase')
      const mixed = await dump(later)
      mixed.head.set(part, old.head.get(part))
      await restore(later, mixed)
      await expect(vault.read(theirKey)).rejects.toThrow('vault/damaged')
      // The old passphrase would unwrap the old header, and is refused all the same.
      await expect(vault.unlock(part === 'header' ? PASSPHRASE : 'the next passphrase')).rejects.toThrow(
        'vault/damaged',
      )
      await restore(later, old)
    }
  })
})

describe('damage (VLT-2)', () => {
  it('of any bit is noticed, costs one record at most, and never gives a wrong one', async () => {
    const below = seeded(20261122)
    let refused = 0
    for (let i = 0; i < 1000; i++) {
      const damaged = copy()
      const lost = flipBit(damaged, below)
      const contents = await read(damaged)
      if (lost === null) {
        expect(contents).toBe('vault/damaged')
        refused++
      } else if (typeof contents === 'string' || contents.damaged.join() !== lost) {
        throw new Error(`a flipped bit of record ${lost} gave ${JSON.stringify(contents)}`)
      } else if (i % 20 === 0) expectAllBut(contents, lost === serverId() ? [serverId()] : [lost])
    }
    expect(refused).toBeGreaterThan(200)
  }, 120_000)

  it('by truncation at any length is noticed', async () => {
    const lengths = cells(fresh)[7]!.sealed.length
    for (let length = 0; length < lengths; length++) {
      const damaged = copy()
      const cell = cells(damaged)[7]!
      cell.sealed = cell.sealed.slice(0, length)
      expect(await read(damaged)).toMatchObject({ damaged: [cell.id] })
    }
    for (const part of ['header', 'manifest'] as const) {
      const damaged = copy()
      damaged.head.delete(part)
      expect(await read(damaged)).toBe('vault/damaged')
    }
  })

  it('by a record that is gone is noticed; doubled and reordered ones cost nothing', async () => {
    const count = cells(fresh).length
    for (let i = 0; i < count; i++) {
      const damaged = copy()
      const row = damaged.rows.get(0) as { cells: Cell[] }
      const [gone] = row.cells.splice(i, 1)
      expect(await read(damaged)).toMatchObject({ damaged: [gone!.id] })
      row.cells.unshift(gone!, gone!)
      damaged.rows.set(9, { cells: row.cells.splice(0, 20) })
      expectAllBut(await read(damaged), [])
    }
  })

  it.each<[unknown]>([[undefined], [null], [7], ['row'], [{}], [{ cells: 7 }], [{ cells: [null, 7, {}, { id: 1 }] }]])(
    'of a whole row to %j costs that row',
    async (row) => {
      const { vault, name: other, key: theirKey, entries: theirs } = await filledVault(100)
      const damaged = await dump(other)
      damaged.rows.set(0, row)
      await restore(other, damaged)
      expect(await vault.read(theirKey)).toMatchObject({
        entries: theirs.slice(64),
        damaged: theirs.slice(0, 64).map(({ id }) => id),
      })
    },
  )

  it('does not keep a new entry out, and is left as it lies by other writes', async () => {
    const { vault, name: other, key: theirKey, entries: theirs } = await filledVault(3)
    const damaged = await dump(other)
    const sealed = cells(damaged)[1]!.sealed
    sealed[20]! ^= 1
    await restore(other, damaged)
    const added = newEntry()
    const contents = await vault.change(theirKey, () => ({ entries: [added] }))
    expect(contents).toMatchObject({ entries: [theirs[0], theirs[2], added], damaged: [theirs[1]!.id] })
    expect(cells(await dump(other)).find(({ id }) => id === theirs[1]!.id)?.sealed).toEqual(sealed)
    const without = await vault.change(theirKey, () => ({ remove: [theirs[1]!.id] }))
    expect(without.damaged).toEqual([])
  })
})

function serverId(): string {
  return cells(fresh).find(({ kind }) => kind === 'server')?.id ?? ''
}

/** Flips one bit somewhere; answers whose record it belongs to, null for header and manifest. */
function flipBit(damaged: Dump, below: (limit: number) => number): string | null {
  const header = damaged.head.get('header') as { body: string; checksum: Uint8Array }
  const manifest = damaged.head.get('manifest') as StoredManifest
  const all = cells(damaged)
  const cell = all[below(all.length)]!
  const { id } = cell
  switch (below(9)) {
    case 0:
      header.body = flipInText(header.body, below)
      return null
    case 1:
      flipInBytes(header.checksum, below)
      return null
    case 2:
      flipInBytes(manifest.sealed, below)
      return null
    case 3:
      manifest.generation ^= 1 << below(30)
      return null
    case 4:
      cell.id = flipInText(cell.id, below)
      return id
    case 5:
      cell.kind = flipInText(cell.kind, below) as 'entry'
      return id
    case 6:
      cell.generation ^= 1 << below(30)
      return id
    default:
      flipInBytes(cell.sealed, below)
      return id
  }
}

function flipInText(text: string, below: (limit: number) => number): string {
  const at = below(text.length)
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << below(16))) + text.slice(at + 1)
}

function flipInBytes(bytes: Uint8Array, below: (limit: number) => number): void {
  bytes[below(bytes.length)]! ^= 1 << below(8)
}
