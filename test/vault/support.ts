import browser from 'webextension-polyfill'

import type { Entry, Server } from '../../src/core/entry'
import type { KdfParameters } from '../../src/crypto/kdf'
import { openMirror } from '../../src/vault/mirror'
import { type Vault, type VaultOptions, newRecordId, openVault } from '../../src/vault/vault'
import { REFERENCE_ENTRIES } from '../support/reference-entries'

/** A cost for tests; the real one is used where it is what is tested. */
export const CHEAP_KDF: KdfParameters = { algorithm: 'argon2id', memoryKib: 64, passes: 1, lanes: 1 }

export const PASSPHRASE = 'correct horse battery'

let databases = 0

/** A name that no other test uses. */
export function freshName(): string {
  return `vault-test-${++databases}`
}

export function cheapVault(databaseName: string = freshName(), options: Partial<VaultOptions> = {}): Vault {
  return openVault({ databaseName, kdf: CHEAP_KDF, kdfFloor: CHEAP_KDF, ...options })
}

/** A vault with `count` entries and one server, open. */
export async function filledVault(
  count: number,
): Promise<{ vault: Vault; name: string; key: string; entries: Entry[] }> {
  const name = freshName()
  const vault = cheapVault(name)
  const key = await vault.create(PASSPHRASE)
  const entries = Array.from({ length: count }, (_, i) => newEntry({ label: `account ${i}` }, i))
  await vault.change(key, () => ({ entries, servers: [newServer()] }))
  return { vault, name, key, entries }
}

export function newEntry(parts: Partial<Entry> = {}, reference = 0): Entry {
  const entry = REFERENCE_ENTRIES[reference % REFERENCE_ENTRIES.length]
  if (!entry) throw new Error('no reference entries')
  return { ...entry, id: newRecordId(), sites: ['https://example.com'], createdAt: 1_700_000_000_000, ...parts }
}

export function newServer(): Server {
  return { id: newRecordId(), appHost: 'https://login.example.com', appId: 'app', account: 'alice' }
}

/** Everything in the database, for tests that look at it or damage it. */
export interface Dump {
  head: Map<IDBValidKey, unknown>
  rows: Map<IDBValidKey, unknown>
}

export async function dump(name: string): Promise<Dump> {
  const [head, rows] = await withStores(name, 'readonly', (store) => entriesOf(store))
  return { head: head ?? new Map(), rows: rows ?? new Map() }
}

/** Makes both copies hold exactly this: what happened to it happened to both. */
export async function restore(name: string, content: Dump): Promise<void> {
  await restoreDatabase(name, content)
  await restoreMirror(name, content)
}

/** The mirror alone. */
export async function restoreMirror(name: string, { head, rows }: Dump): Promise<void> {
  await loseMirror(name)
  const stored = { header: head.get('header'), manifest: head.get('manifest'), rows: rows as Map<number, unknown> }
  await openMirror(name).replace(stored)
}

/** Nothing is left of the mirror, not even the sentinel. */
export async function loseMirror(name: string): Promise<void> {
  const items = await browser.storage.local.get(null)
  await browser.storage.local.remove(Object.keys(items).filter((item) => item.startsWith(`vault ${name}: `)))
}

/** What the mirror holds, as text by item. */
export async function mirrorOf(name: string): Promise<ReadonlyMap<string, string>> {
  return (await openMirror(name).read()) ?? new Map<string, string>()
}

/** Nothing is left of the database but its empty stores. */
export async function loseDatabase(name: string): Promise<void> {
  await restoreDatabase(name, { head: new Map(), rows: new Map() })
  const db = await done(indexedDB.open(name))
  await done(db.transaction('snapshots', 'readwrite').objectStore('snapshots').clear())
  db.close()
}

/** The snapshots as they lie in the database, by the moment they were taken. */
export async function snapshotsOf(name: string): Promise<Map<IDBValidKey, unknown>> {
  const db = await done(indexedDB.open(name))
  const stored = await entriesOf(db.transaction('snapshots').objectStore('snapshots'))
  db.close()
  return stored
}

/** The database alone. */
export async function restoreDatabase(name: string, { head, rows }: Dump): Promise<void> {
  await withStores(name, 'readwrite', async (store) => {
    await done(store.clear())
    for (const [key, value] of store.name === 'head' ? head : rows) await done(store.put(value, key))
  })
}

async function entriesOf(store: IDBObjectStore): Promise<Map<IDBValidKey, unknown>> {
  const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
  return new Map(keys.map((key, i) => [key, values[i]]))
}

async function withStores<Result>(
  name: string,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => Promise<Result>,
): Promise<Result[]> {
  const db = await done(indexedDB.open(name))
  const tx = db.transaction(['head', 'rows'], mode)
  const results = await Promise.all(['head', 'rows'].map((store) => use(tx.objectStore(store))))
  db.close()
  return results
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
