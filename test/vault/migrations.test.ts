import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { bytesToBase64, bytesToText } from '../../src/core/bytes'
import type { Entry } from '../../src/core/entry'
import { openStored } from '../../src/vault/contents'
import { agreedCopy, readCopies } from '../../src/vault/copies'
import { openDb } from '../../src/vault/db'
import { storeHeader } from '../../src/vault/header'
import { STEPS, type Step } from '../../src/vault/migrations'
import { openMirror } from '../../src/vault/mirror'
import { byPassphrase, unlock } from '../../src/vault/opening'
import { type Cell, sealManifest } from '../../src/vault/record'
import { openStores } from '../../src/vault/stores'
import { seeded } from '../support/seeded'
import { killAt } from './kill-at'
import {
  type Dump,
  CHEAP_KDF,
  PASSPHRASE,
  cheapVault,
  dump,
  filledVault,
  loseDatabase,
  loseMirror,
  restore,
} from './support'

/** A format 0 that never was: its accounts say nothing of their sites. The step counts how often it was gone. */
const lift: Step = (record) =>
  record.kind === 'server'
    ? record
    : {
        kind: 'entry',
        value: { ...record.value, note: `${record.value.note ?? ''}lifted`, sites: ['https://a.example'] },
      }
const FROM_ZERO = new Map([[0, lift]])

let name: string
let key: string
let entries: Entry[]
let old: Dump

beforeEach(async () => {
  ;({ name, key, entries } = await filledVault(30))
  old = await inFormat(0)
})
afterEach(() => vi.restoreAllMocks())

/** The vault as a program of that format would have left it, in both stores. */
async function inFormat(format: number): Promise<Dump> {
  const { head, rows } = await dump(name)
  const stored = { header: head.get('header'), manifest: head.get('manifest'), rows: rows as Map<number, unknown> }
  const { header, keys, manifest } = await openStored(stored, key)
  const next = await storeHeader({ ...header, format })
  const sealed = await sealManifest(keys, { ...manifest, header: bytesToBase64(next.checksum) })
  const content = {
    head: new Map<IDBValidKey, unknown>([
      ['header', next],
      ['manifest', sealed],
    ]),
    rows,
  }
  await restore(name, content)
  return content
}

function unlockWith(steps: ReadonlyMap<number, Step>): Promise<string> {
  const stores = openStores(name, {})
  return unlock(stores, byPassphrase(PASSPHRASE, CHEAP_KDF), stores.alone, steps)
}

/** How many accounts are in the new format, and in which the header is; both copies must agree. */
async function state(): Promise<{ format: number; lifted: number; damaged: number }> {
  const vault = cheapVault(name)
  const contents = await vault.read(key)
  await vault.close()
  const header = (await dump(name)).head.get('header') as { body: string }
  const lifted = contents.entries.filter(({ note, sites }) => note === 'lifted' && sites[0] === 'https://a.example')
  const { format } = JSON.parse(header.body) as { format: number }
  return { format, lifted: lifted.length, damaged: contents.damaged.length }
}

describe('migrate (VLT-7)', () => {
  it('lifts every account once, in both copies, and puts aside what was there', async () => {
    expect(await unlockWith(FROM_ZERO)).toBe(key)
    expect(await state()).toEqual({ format: 1, lifted: 30, damaged: 0 })
    expect(agreedCopy(await readCopies(openDb(name), openMirror(name)))).not.toBeNull()
    const [at] = await cheapVault(name).aside()
    expect(bytesToText(await cheapVault(name).exportAside(at!))).toContain('\\"format\\":0')
    await unlockWith(FROM_ZERO)
    expect(await state()).toMatchObject({ lifted: 30 })
    expect(await cheapVault(name).aside()).toHaveLength(1)
  })

  it('keeps order, secrets and servers', async () => {
    await unlockWith(FROM_ZERO)
    const after = await cheapVault(name).read(key)
    expect(after.entries.map(({ id, secret }) => [id, secret])).toEqual(entries.map(({ id, secret }) => [id, secret]))
    expect(after.servers).toHaveLength(1)
  })

  it('leaves a record that does not open as it lies', async () => {
    const cells = [...old.rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
    cells.find(({ id }) => id === entries[3]!.id)!.sealed[40]! ^= 1
    await restore(name, old)
    await unlockWith(FROM_ZERO)
    expect(await state()).toEqual({ format: 1, lifted: 29, damaged: 1 })
  })

  it('opens a format without a step not at all, and writes nothing', async () => {
    await expect(cheapVault(name).unlock(PASSPHRASE)).rejects.toThrow('vault/damaged')
    expect(await dump(name)).toEqual(old)
    expect([...STEPS.keys()]).toEqual([])
  })

  it('writes nothing to a newer format, whatever is asked of it', async () => {
    const newer = await inFormat(2)
    const vault = cheapVault(name)
    const secret = { passphrase: PASSPHRASE }
    const asked = [
      () => vault.unlock(PASSPHRASE),
      () => vault.read(key),
      () => vault.change(key, () => ({ remove: [entries[0]!.id] })),
      () => vault.changePassphrase(PASSPHRASE, 'the next passphrase'),
      () => vault.takeSnapshot(key, 'update'),
      () => vault.salvage(secret),
      () => vault.rebuild(secret),
    ]
    for (const ask of asked) await expect(ask()).rejects.toThrow('vault/newer-format')
    expect(await vault.status()).toBe('present')
    expect(await dump(name)).toEqual(newer)
  })

  it('leaves the former format or this one, whole, wherever it is killed', { timeout: 120_000 }, async () => {
    const below = seeded(Number(process.env['SEED'] ?? 20261121))
    const whole = killAt(Infinity)
    await unlockWith(FROM_ZERO)
    vi.restoreAllMocks()
    const points = whole()
    let mixed = 0
    for (let i = 0; i < 100; i++) {
      await loseMirror(name)
      await loseDatabase(name)
      await restore(name, old)
      killAt(1 + below(points))
      await unlockWith(FROM_ZERO).catch(() => null)
      vi.restoreAllMocks()
      const { format, lifted, damaged } = await state()
      if (damaged > 0 || lifted !== (format === 1 ? 30 : 0)) mixed++
      await unlockWith(FROM_ZERO)
      if ((await state()).lifted !== 30) mixed++
    }
    process.stdout.write(`kill in a migration, 100, ${mixed}\n`)
    expect(mixed).toBe(0)
  })
})
