import browser from 'webextension-polyfill'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { entryById, trashEntry } from '../../src/background/entries'
import { letGo } from '../../src/background/mfa/factors'
import * as health from '../../src/background/vault/health'
import { vault, vaultKey } from '../../src/background/vault/unlocked'
import type { Entry, Server } from '../../src/core/entry'
import type { Cell } from '../../src/vault/record'
import { type Dump, dump, newEntry, newServer, restore } from '../vault/support'
import { PASSPHRASE, openEmptyVault } from './open-vault'

const NAME = 'latchkey'

let whole: Dump
let server: Server
let bound: Entry

/** A server, an account that is bound there, one in the trash, and one that was deleted since the snapshot. */
beforeEach(async () => {
  await browser.storage.session.clear()
  await openEmptyVault()
  server = newServer()
  const binding = { serverId: server.id, account: 'a', userId: 'a', phase: 'bound' } as const
  bound = newEntry({ label: 'bound', recoveryCode: 'rc', binding }, 0)
  const trashed = newEntry({ label: 'trashed', trashedAt: Date.now() }, 1)
  const gone = newEntry({ label: 'gone' }, 2)
  const key = await vaultKey()
  await vault.change(key, () => ({ servers: [server], entries: [bound, trashed, gone] }))
  await vault.takeSnapshot(key, 'asked')
  await vault.change(key, () => ({ remove: [gone.id] }))
  whole = await dump(NAME)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await restore(NAME, whole)
})

/** Turns over a bit of the record. */
async function damage(id: string): Promise<void> {
  const content = await dump(NAME)
  const cells = [...content.rows.values()].flatMap((row) => (row as { cells: Cell[] }).cells)
  for (const cell of cells) if (cell.id === id) cell.sealed[20]! ^= 1
  await restore(NAME, content)
}

describe('a lost server', () => {
  it('is named, and comes back with what a snapshot has of it', async () => {
    await damage(server.id)
    expect(await health.lostAccounts()).toEqual([
      { id: server.id, names: { issuer: server.appHost, label: server.appId }, snapshotAt: expect.any(Number) },
    ])
    expect(await health.bringBackLost()).toBe(1)
    const { servers, damaged } = await vault.read(await vaultKey())
    expect({ servers, damaged }).toEqual({ servers: [server], damaged: [] })
  })

  it('that was let go of leaves its account a way on: without the server, and never silently into the trash', async () => {
    await damage(server.id)
    expect(await health.letGoOfLost()).toBe(1)
    await expect(trashEntry(bound.id, 1)).rejects.toThrow('entry/still-bound')
    await expect(letGo(bound.id, 'trash')).rejects.toThrow('mfa/server-missing')
    await letGo(bound.id, 'plain')
    const { binding: _binding, ...plain } = bound
    expect(await entryById(bound.id)).toEqual(plain)
    await trashEntry(bound.id, 1)
  })
})

describe('a vault that was put aside', () => {
  /** What became of each account, by name. */
  async function standing(): Promise<object> {
    const { entries } = await vault.read(await vaultKey())
    return Object.fromEntries(
      entries.map(({ label, binding, trashedAt, recoveryCode }) => [
        label,
        { phase: binding?.phase, serverId: binding?.serverId, trashed: trashedAt !== undefined, recoveryCode },
      ]),
    )
  }

  /** Damages a record that no snapshot has, so that everything is put aside. */
  async function putAside(): Promise<number> {
    const lost = newEntry({ label: 'since' }, 3)
    await vault.change(await vaultKey(), () => ({ entries: [lost] }))
    await damage(lost.id)
    await health.letGoOfLost()
    await openEmptyVault()
    return (await vault.aside()).at(-1) ?? 0
  }

  it('comes in with its servers, its bindings and its trash (BND-7)', async () => {
    const at = await putAside()
    expect(await health.importAside(at, { passphrase: PASSPHRASE }, Date.now())).toMatchObject({ added: 1, skipped: 0 })
    const { servers } = await vault.read(await vaultKey())
    const { id: serverId } = servers[0] ?? { id: 'none' }
    expect(servers).toEqual([{ ...server, id: serverId }])
    const trashed = { phase: undefined, serverId: undefined, trashed: true, recoveryCode: undefined }
    expect(await standing()).toEqual({
      bound: { phase: 'confirming', serverId, trashed: false, recoveryCode: 'rc' },
      trashed,
      gone: trashed,
    })
  })

  it('comes in once, and takes the servers that are here', async () => {
    const at = await putAside()
    const mine = { ...server, id: 'mine' }
    await vault.change(await vaultKey(), () => ({ servers: [mine] }))
    await health.importAside(at, { passphrase: PASSPHRASE }, Date.now())
    await health.importAside(at, { passphrase: PASSPHRASE }, Date.now())
    const { servers, entries } = await vault.read(await vaultKey())
    expect(servers).toEqual([mine])
    expect(entries.map(({ label, binding }) => [label, binding?.serverId]).toSorted()).toEqual([
      ['bound', 'mine'],
      ['gone', undefined],
      ['trashed', undefined],
    ])
  })
})

describe('the remains as a file', () => {
  it('say where an account is bound', async () => {
    await damage(server.id)
    const { entries } = await health.exportRemains({ passphrase: PASSPHRASE })
    expect(entries.map(({ label }) => label)).toEqual(['bound'])
    expect(entries[0]?.binding).toMatchObject({ appHost: server.appHost, appId: server.appId, phase: 'bound' })
  })
})
