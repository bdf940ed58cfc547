import type { Entry, Server } from '../../src/core/entry'
import type { KdfParameters } from '../../src/crypto/kdf'
import { type Vault, newRecordId, openVault } from '../../src/vault/vault'
import { REFERENCE_ENTRIES } from '../support/reference-entries'

/** A cost for tests; the real one is used where it is what is tested. */
export const CHEAP_KDF: KdfParameters = { algorithm: 'argon2id', memoryKib: 64, passes: 1, lanes: 1 }

export const PASSPHRASE = 'correct horse battery'

let databases = 0

/** A name that no other test uses. */
export function freshName(): string {
  return `vault-test-${++databases}`
}

export function cheapVault(databaseName: string = freshName()): Vault {
  return openVault({ databaseName, kdf: CHEAP_KDF, kdfFloor: CHEAP_KDF })
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

/** Makes the database hold exactly this. */
export async function restore(name: string, { head, rows }: Dump): Promise<void> {
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
