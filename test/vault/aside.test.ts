import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'

import type { Entry } from '../../src/core/entry'
import type { Cell } from '../../src/vault/record'
import type { Vault } from '../../src/vault/vault'
import { PASSPHRASE, dump, filledVault, loseDatabase, mirrorOf, restore, restoreDatabase } from './support'

const secret = { passphrase: PASSPHRASE }

let vault: Vault
let name: string
let key: string
let entries: Entry[]

beforeEach(async () => {
  ;({ vault, name, key, entries } = await filledVault(5))
})

async function putAside(): Promise<number> {
  await vault.startAnew()
  await vault.create('another passphrase')
  return (await vault.aside()).at(-1)!
}

describe('salvageAside (KEY-10)', () => {
  it('opens the old vault beside the new one, and writes nothing', async () => {
    const at = await putAside()
    const [before, items] = [await dump(name), await mirrorOf(name)]
    const found = await vault.salvageAside(at, secret)
    expect(found.entries).toEqual(entries)
    expect(found).toMatchObject({ lost: [], exact: true })
    expect(found.servers).toHaveLength(1)
    expect(await dump(name)).toEqual(before)
    expect(await mirrorOf(name)).toEqual(items)
  })

  it('opens it by its recovery sheet as well', async () => {
    const sheet = await vault.addSheet(key)
    expect((await vault.salvageAside(await putAside(), { sheet })).entries).toHaveLength(5)
  })

  it('takes what is left where it was damaged then, and names of the lost from its snapshots', async () => {
    await vault.takeSnapshot(key, 'import')
    const content = await dump(name)
    content.head.delete('manifest')
    const cells = [...content.rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
    cells.find(({ id }) => id === entries[1]!.id)!.sealed[40]! ^= 1
    await restore(name, content)
    const found = await vault.salvageAside(await putAside(), secret)
    expect(found.entries).toHaveLength(4)
    expect(found.former).toEqual([entries[1]])
  })

  it('makes do with either store', async () => {
    const content = await dump(name)
    await loseDatabase(name)
    expect((await vault.salvageAside(await putAside(), secret)).entries).toEqual(entries)
    await restoreDatabase(name, content)
  })

  it('refuses another secret and another moment', async () => {
    const at = await putAside()
    await expect(vault.salvageAside(at, { passphrase: 'another passphrase' })).rejects.toThrow('vault/wrong-passphrase')
    await expect(vault.salvageAside(at + 1, secret)).rejects.toThrow('vault/absent')
  })
})
