import 'fake-indexeddb/auto'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import { type CopiesReport, agreedCopy, readCopies } from '../../src/vault/copies'
import { openDb } from '../../src/vault/db'
import { openMirror } from '../../src/vault/mirror'
import type { Cell } from '../../src/vault/record'
import type { Vault } from '../../src/vault/vault'
import {
  type Dump,
  PASSPHRASE,
  cheapVault,
  dump,
  filledVault,
  loseDatabase,
  loseMirror,
  mirrorOf,
  newEntry,
  restore,
  restoreDatabase,
  restoreMirror,
} from './support'

const NEXT = 'the next passphrase'

let name: string
let key: string
let fresh: Dump
let older: Dump
let contents: Awaited<ReturnType<Vault['read']>>

beforeAll(async () => {
  const filled = await filledVault(100)
  ;({ name, key } = filled)
  older = await dump(name)
  contents = await filled.vault.change(key, ({ entries }) => ({
    entries: [{ ...entries[3]!, label: 'changed' }, newEntry()],
    remove: [entries[99]!.id],
  }))
  fresh = await dump(name)
})

afterEach(() => vi.restoreAllMocks())

/** Opens the vault anew; answers what it reported. */
async function unlocked(passphrase = PASSPHRASE): Promise<CopiesReport[]> {
  const reports: CopiesReport[] = []
  const vault = cheapVault(name, { onReport: (report) => reports.push(report) })
  expect(await vault.unlock(passphrase)).toBe(key)
  expect(await vault.read(key)).toEqual(contents)
  return reports
}

async function expectAgreement(): Promise<void> {
  expect(agreedCopy(await readCopies(openDb(name), openMirror(name)))).not.toBeNull()
}

function cells({ rows }: Dump): Cell[] {
  return [...rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
}

function damaged(...places: number[]): Dump {
  const copy = structuredClone(fresh)
  for (const place of places) cells(copy)[place]!.sealed[40]! ^= 4
  return copy
}

describe('both copies', () => {
  it('agree after every write, and then there is nothing to report (VLT-3)', async () => {
    await restore(name, fresh)
    expect(await unlocked()).toEqual([])
    await expectAgreement()
  })

  const databaseFaults: readonly [string, () => Dump, CopiesReport['found']['database']][] = [
    ['everything', () => ({ head: new Map(), rows: new Map() }), 'missing'],
    [
      'the header',
      () => ({ ...fresh, head: new Map([...fresh.head].filter(([part]) => part !== 'header')) }),
      'damaged',
    ],
    [
      'the manifest',
      () => ({ ...fresh, head: new Map([...fresh.head].filter(([part]) => part !== 'manifest')) }),
      'damaged',
    ],
    ['all rows', () => ({ ...fresh, rows: new Map() }), 'damaged'],
    ['half of the rows', () => ({ ...fresh, rows: new Map([...fresh.rows].slice(0, 1)) }), 'damaged'],
    ['bits of records', () => damaged(0, 7, 66), 'damaged'],
    ['the last write', () => older, 'older'],
  ]

  it.each(databaseFaults)('lose nothing when the database loses %s (VLT-3, VLT-11)', async (_what, content, state) => {
    await restoreDatabase(name, content())
    await restoreMirror(name, fresh)
    expect(await unlocked()).toEqual([{ found: { database: state, mirror: 'intact' }, healed: ['database'], lost: [] }])
    await expectAgreement()
  })

  it.each(databaseFaults)('lose nothing when the mirror loses %s (VLT-3, VLT-11)', async (_what, content, state) => {
    await restoreDatabase(name, fresh)
    await restoreMirror(name, content())
    // The sentinel alone is a trace of a vault, but no copy.
    expect(await unlocked()).toEqual([{ found: { database: 'intact', mirror: state }, healed: ['mirror'], lost: [] }])
    await expectAgreement()
    await loseMirror(name)
    expect(await unlocked()).toMatchObject([{ healed: ['mirror'] }])
    await expectAgreement()
  })

  it('heal the database while it is unlocked, too', async () => {
    await restore(name, fresh)
    await loseDatabase(name)
    expect(await cheapVault(name).read(key)).toEqual(contents)
    await expectAgreement()
  })

  it('lose nothing when they are hit in different records, whichever (VLT-2)', async () => {
    await restoreDatabase(name, damaged(0, 10, 70))
    await restoreMirror(name, damaged(1, 11, 71))
    const found = { database: 'damaged', mirror: 'damaged' }
    expect(await unlocked()).toEqual([{ found, healed: ['database', 'mirror'], lost: [] }])
    await expectAgreement()
  })

  it('lose exactly the record that is hit in both, and name it (VLT-2, VLT-3)', async () => {
    await restoreDatabase(name, damaged(5, 6, 80))
    await restoreMirror(name, damaged(5, 81))
    const { id } = cells(fresh)[5]!
    const reports: CopiesReport[] = []
    const vault = cheapVault(name, { onReport: (report) => reports.push(report) })
    await vault.unlock(PASSPHRASE)
    expect(reports).toMatchObject([{ lost: [id] }])
    const after = await vault.read(key)
    expect(after.damaged).toEqual([id])
    expect(after.entries).toEqual(contents.entries.filter((entry) => entry.id !== id))
    await expectAgreement()
    // What is lost is not looked for again with every reading, and does not keep anybody from writing.
    await vault.change(key, () => ({ entries: [newEntry()] }))
    expect(reports).toHaveLength(1)
    await restore(name, fresh)
  })

  it('refuse when neither has a header or a manifest, and write nothing (VLT-4)', async () => {
    for (const part of ['header', 'manifest']) {
      const headless = { ...fresh, head: new Map([...fresh.head].filter(([other]) => other !== part)) }
      await restore(name, headless)
      const items = await mirrorOf(name)
      await expect(cheapVault(name).unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
      await expect(cheapVault(name).read(key)).rejects.toThrow('vault/damaged')
      await expect(cheapVault(name).create(PASSPHRASE)).rejects.toThrow('vault/already-exists')
      expect(await dump(name)).toEqual(headless)
      expect(await mirrorOf(name)).toEqual(items)
    }
  })

  it('are no vault only when there is no trace of one (VLT-4)', async () => {
    await restore(name, fresh)
    await loseDatabase(name)
    expect(await cheapVault(name).status()).toBe('present')
    const traces = Object.keys(await browser.storage.local.get(null)).filter((item) =>
      item.startsWith(`vault ${name}: `),
    )
    expect(traces).toHaveLength(5)
    for (const trace of traces.filter((item) => !item.endsWith('header'))) {
      await loseMirror(name)
      await browser.storage.local.set({ [trace]: 'what is left' })
      expect(await cheapVault(name).status()).toBe('damaged')
      await expect(cheapVault(name).create(PASSPHRASE)).rejects.toThrow('vault/already-exists')
      await expect(cheapVault(name).unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
    }
    await loseMirror(name)
    expect(await cheapVault(name).status()).toBe('absent')
    await cheapVault(name).close()
    await restore(name, fresh)
  })
})

describe('a store that does not answer', () => {
  it('is no reason not to open, and no reason to create (VLT-9)', async () => {
    await restore(name, fresh)
    vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('IO error'))
    const found = { database: 'intact', mirror: 'unreadable' }
    expect(await unlocked()).toEqual([{ found, healed: [], lost: [] }])
    await loseDatabase(name)
    await expect(cheapVault(name).status()).rejects.toThrow('vault/storage-failed')
    await expect(cheapVault(name).create(PASSPHRASE)).rejects.toThrow('vault/storage-failed')
  })

  it('is read around when it is the database, and not written around (VLT-3)', async () => {
    await restore(name, fresh)
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('Internal error opening backing store', 'UnknownError')
    })
    expect(await cheapVault(name).status()).toBe('present')
    expect(await unlocked()).toMatchObject([{ found: { database: 'unreadable', mirror: 'intact' }, healed: [] }, {}])
    await expect(cheapVault(name).change(key, () => ({ entries: [newEntry()] }))).rejects.toThrow(
      'vault/storage-failed',
    )
  })

  it('is told of when it is the mirror, and stops a binding (BND-1)', async () => {
    await restore(name, fresh)
    vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('IO error'))
    const reports: CopiesReport[] = []
    const vault = cheapVault(name, { onReport: (report) => reports.push(report) })
    const entry = newEntry()
    const { entries } = await vault.change(key, () => ({ entries: [entry] }))
    expect(entries.at(-1)).toEqual(entry)
    expect(reports).toMatchObject([{ found: { database: 'intact', mirror: 'unreadable' } }])
    const binding = { serverId: 's', account: 'a', userId: 'u', phase: 'associated' } as const
    await expect(vault.change(key, () => ({ entries: [newEntry({ binding })] }))).rejects.toThrow(
      'vault/storage-failed',
    )
    vi.restoreAllMocks()
    await vault.unlock(PASSPHRASE)
    await expectAgreement()
  })
})

describe('a change of passphrase in one copy alone', () => {
  it('leaves exactly the new one, whichever copy has it (VLT-12)', async () => {
    await restore(name, fresh)
    await cheapVault(name).changePassphrase(PASSPHRASE, NEXT)
    const changed = await dump(name)
    for (const [database, mirror] of [
      [changed, fresh],
      [fresh, changed],
    ] as const) {
      await restoreDatabase(name, database)
      await restoreMirror(name, mirror)
      await expect(cheapVault(name).unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
      expect(await cheapVault(name).unlock(NEXT)).toBe(key)
      await expectAgreement()
      expect((await dump(name)).head.get('header')).toEqual(changed.head.get('header'))
    }
    await restore(name, fresh)
  })
})
