import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import browser from 'webextension-polyfill'

import type { AppError } from '../../src/core/errors'
import { agreedCopy, readCopies } from '../../src/vault/copies'
import { openDb } from '../../src/vault/db'
import { openMirror } from '../../src/vault/mirror'
import type { Vault } from '../../src/vault/vault'
import { PASSPHRASE, cheapVault, dump, filledVault, freshName, newEntry, restore } from './support'

/** Every call of IndexedDB that the vault makes. */
const CALLS = [
  [IDBFactory, 'open'],
  [IDBDatabase, 'transaction'],
  [IDBObjectStore, 'get'],
  [IDBObjectStore, 'getAll'],
  [IDBObjectStore, 'getAllKeys'],
  [IDBObjectStore, 'count'],
  [IDBObjectStore, 'put'],
  [IDBObjectStore, 'delete'],
] as const

/** What a store can do instead of what it was asked: throw, or take the call and let the transaction fail afterwards. */
const FAULTS = {
  QuotaExceededError: 'vault/storage-full',
  UnknownError: 'vault/storage-failed',
  AbortError: 'vault/storage-failed',
  InvalidStateError: 'vault/storage-failed',
  VersionError: 'vault/newer-format',
  'abort afterwards': 'vault/storage-failed',
} as const
type Fault = keyof typeof FAULTS

const NEXT = 'the next passphrase'

/** What may be said of it: extension storage knows no versions. */
function codesOf(fault: Fault): string[] {
  return [FAULTS[fault], 'vault/storage-failed']
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

afterEach(() => vi.restoreAllMocks())

/** Lets the n-th call from now on fail; answers whether it came to that. */
function failAt(n: number, fault: Fault): () => boolean {
  let calls = 0
  const aborts = fault === 'abort afterwards'
  for (const [owner, method] of CALLS.filter(([type]) => !aborts || type === IDBObjectStore)) {
    const original = Reflect.get(owner.prototype, method) as AnyFunction
    const faulty: AnyFunction = function (...args) {
      // The fake database makes this transaction for itself.
      if (args[1] === 'versionchange' || ++calls !== n) return Reflect.apply(original, this, args)
      if (!aborts) throw new DOMException('injected', fault)
      const request = Reflect.apply(original, this, args)
      ;(this as IDBObjectStore).transaction.abort()
      return request
    }
    const spied = owner.prototype as unknown as Record<string, AnyFunction>
    vi.spyOn(spied, method).mockImplementation(faulty)
  }
  for (const method of aborts ? [] : (['get', 'set', 'remove'] as const)) {
    const local = browser.storage.local as unknown as Record<string, AnyFunction>
    const original = Reflect.get(local, method) as AnyFunction
    vi.spyOn(local, method).mockImplementation(async function (...args) {
      if (++calls === n) throw new DOMException('injected', fault)
      return Reflect.apply(original, local, args)
    })
  }
  return () => calls >= n
}

const ACTIONS: Record<string, (vault: Vault, key: string) => Promise<unknown>> = {
  status: (vault) => vault.status(),
  unlock: (vault) => vault.unlock(PASSPHRASE),
  read: (vault, key) => vault.read(key),
  add: (vault, key) => vault.change(key, () => ({ entries: [newEntry({ label: 'added' })] })),
  'change many': (vault, key) =>
    vault.change(key, ({ entries }) => ({
      entries: [{ ...entries[0]!, label: 'a' }, { ...entries[64]!, label: 'b' }, newEntry()],
      remove: entries.slice(65).map(({ id }) => id),
    })),
  changePassphrase: (vault) => vault.changePassphrase(PASSPHRASE, NEXT),
}

describe.each(Object.keys(FAULTS) as Fault[])('%s at any call (VLT-9)', (fault) => {
  it.each(Object.keys(ACTIONS))('ends "%s" whole or not at all, by name, and loses nothing', async (action) => {
    const { name, key } = await filledVault(action === 'change many' ? 66 : 4)
    const first = await dump(name)
    let reached = 0
    for (let n = 1; n <= 200; n++) {
      await restore(name, first)
      const vault = cheapVault(name)
      const before = await vault.read(key)
      const didFail = failAt(n, fault)
      const error = await errorOf(ACTIONS[action]!(vault, key))
      vi.restoreAllMocks()
      if (!didFail()) break
      reached++
      const after = await vault.read(key)
      expect(after.damaged).toEqual([])
      const writes = !['status', 'unlock', 'read'].includes(action)
      if (error === null) expect(after.generation).toBe(before.generation + (writes ? 1 : 0))
      else expect(codesOf(fault)).toContain((error as AppError).code)
      // Either nothing happened, or the fault came after the commit, while it was read back.
      if (after.generation === before.generation) expect(await dump(name)).toEqual(first)
      else expect(after.generation).toBe(before.generation + 1)
      // Whatever the fault left behind, the next unlock ends with two equal copies.
      const key2 = await errorOf(vault.unlock(PASSPHRASE))
      if (key2 !== null) await vault.unlock(NEXT)
      expect(agreedCopy(await readCopies(openDb(name), openMirror(name)))).not.toBeNull()
      await vault.close()
    }
    expect(reached).toBeGreaterThan(0)
  })

  it('fails the creation of a vault as a whole', async () => {
    for (let n = 1; n <= 200; n++) {
      const name = freshName()
      const vault = cheapVault(name)
      const didFail = failAt(n, fault)
      const error = await errorOf(vault.create(PASSPHRASE))
      vi.restoreAllMocks()
      if (!didFail()) break
      if (error !== null) expect(codesOf(fault)).toContain((error as AppError).code)
      // Whatever happened: either there is no vault, or one that the passphrase opens.
      if ((await vault.status()) === 'present')
        expect(await vault.read(await vault.unlock(PASSPHRASE))).toMatchObject({ generation: 1 })
    }
  })
})

function errorOf(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => null,
    (reason: unknown) => reason,
  )
}

describe('a write', () => {
  it('asks for strict durability, always (VLT-6)', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const { vault, key } = await filledVault(3)
    await vault.change(key, () => ({ entries: [newEntry()] }))
    await vault.changePassphrase(PASSPHRASE, NEXT)
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')
    expect(writes).toHaveLength(4)
    for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' })
  })

  it('is not acknowledged when the store only says that it wrote (BND-1)', async () => {
    const { vault, key } = await filledVault(3)
    const before = await vault.read(key)
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    put.mockImplementation(function (this: IDBObjectStore) {
      return this.count() as unknown as IDBRequest<IDBValidKey>
    })
    await expect(vault.change(key, () => ({ entries: [newEntry()] }))).rejects.toThrow('vault/storage-failed')
    await expect(vault.change(key, () => ({ remove: [before.entries[0]!.id] }))).rejects.toThrow('vault/storage-failed')
    await expect(vault.changePassphrase(PASSPHRASE, NEXT)).rejects.toThrow('vault/storage-failed')
    vi.restoreAllMocks()
    expect(await vault.read(key)).toEqual(before)
  })

  it('is not acknowledged when the store wrote something else (BND-1)', async () => {
    const { vault, key } = await filledVault(3)
    const original = Reflect.get(IDBObjectStore.prototype, 'put') as AnyFunction
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown, at) {
      const cells = (value as { cells?: { sealed: Uint8Array }[] }).cells
      if (cells) cells.at(-1)!.sealed[30]! ^= 1
      return Reflect.apply(original, this, [value, at]) as IDBRequest<IDBValidKey>
    })
    await expect(vault.change(key, () => ({ entries: [newEntry()] }))).rejects.toThrow('vault/storage-failed')
  })

  it('takes the lock of its vault where the browser has locks (VLT-8)', async () => {
    const held: string[] = []
    const request = async (name: string, work: () => Promise<unknown>): Promise<unknown> => {
      held.push(name)
      return work()
    }
    vi.stubGlobal('navigator', { locks: { request } })
    const { vault, name, key } = await filledVault(1)
    await vault.read(key)
    expect(held).toEqual([`vault ${name}`, `vault ${name}`])
    vi.unstubAllGlobals()
  })
})

describe('a database from before there were snapshots', () => {
  it('is opened as it is, and gets what it lacks (VLT-7)', async () => {
    const filled = await filledVault(3)
    const name = freshName()
    const { head, rows } = await dump(filled.name)
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(name, 1)
      request.addEventListener('error', () => reject(new Error('no database')))
      request.addEventListener('upgradeneeded', () => {
        for (const [store, values] of [['head', head] as const, ['rows', rows] as const]) {
          const created = request.result.createObjectStore(store)
          for (const [at, value] of values) created.put(value, at)
        }
      })
      request.addEventListener('success', () => {
        request.result.close()
        resolve()
      })
    })
    const vault = cheapVault(name)
    expect(await vault.unlock(PASSPHRASE)).toBe(filled.key)
    expect((await vault.change(filled.key, () => ({ entries: [newEntry()] }))).entries).toHaveLength(4)
    expect(await vault.snapshots()).toHaveLength(1)
  })
})
