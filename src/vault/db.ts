import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

import { AppError } from '../core/errors'
import { abortQuietly, done, puts, together } from './transaction'

/** What lies in the database, as yet believed in nothing: it may be damaged, swapped or from another version. */
export interface Stored {
  header: unknown
  manifest: unknown
  rows: ReadonlyMap<number, unknown>
}

/** One write: what to put, and which rows to take away. All of it happens, or nothing. */
export interface Changes {
  header?: unknown
  manifest?: unknown
  rows: ReadonlyMap<number, unknown>
  emptied?: readonly number[]
  /** Snapshots to keep beside it, by the moment they were taken, and those to let go. */
  snapshots?: ReadonlyMap<number, unknown>
  dropped?: readonly number[]
  /** What a vault was that is about to be replaced, by the moment of it. */
  aside?: ReadonlyMap<number, unknown>
}

/** The encrypted store of one vault. Every failure is `vault/storage-full`, `vault/storage-failed` or `vault/newer-format`. */
export interface Db {
  /** Whether nothing at all is stored, not even something damaged. */
  isEmpty(): Promise<boolean>
  /** Header, manifest and rows (all, or those named) in one transaction, so that they belong together (VLT-5). */
  read(rows?: readonly number[]): Promise<Stored>
  /**
   * Writes if the stored manifest still says the generation `expected` (null: nothing is stored at all; undefined: something,
   * but no manifest), else answers false (VLT-8). Resolves when the transaction is complete and flushed to disk (VLT-6).
   */
  write(expected: unknown, changes: Changes): Promise<boolean>
  /** The moments of all snapshots, oldest first. */
  snapshotTimes(): Promise<readonly number[]>
  /** Those snapshots that are there. */
  readSnapshots(times: readonly number[]): Promise<ReadonlyMap<number, unknown>>
  /** Former vaults that were put aside, by the moment of it. */
  readAside(): Promise<ReadonlyMap<number, unknown>>
  dropAside(times: readonly number[]): Promise<void>
  /** Puts `after` in the place of `before`; false, and nothing done, where something else lies there. */
  replaceAside(at: number, before: string, after: string): Promise<boolean>
  /** Puts `aside` in, takes the vault and its snapshots away, in one transaction. */
  clear(aside: ReadonlyMap<number, unknown>): Promise<void>
  close(): Promise<void>
}

interface Schema extends DBSchema {
  head: { key: 'header' | 'manifest'; value: unknown }
  rows: { key: number; value: unknown }
  snapshots: { key: number; value: unknown }
  aside: { key: number; value: unknown }
}

type Connection = IDBPDatabase<Schema>

const DATABASE_VERSION = 2
const LIVE = ['head', 'rows'] as const
const VAULT = [...LIVE, 'snapshots'] as const
const STORES = [...VAULT, 'aside'] as const

/** The database is opened when it is first needed, and again after the browser or another version closed it. */
export function openDb(databaseName: string): Db {
  let connection: Promise<Connection> | null = null
  const forget = (): void => void (connection = null)

  async function withConnection<Result>(use: (db: Connection) => Promise<Result>): Promise<Result> {
    const current = (connection ??= connect(databaseName, forget))
    try {
      return await use(await current)
    } catch (error) {
      // Whatever broke, the next action starts from a fresh connection.
      if (connection === current) forget()
      await closeQuietly(current)
      throw storageError(error)
    }
  }

  return {
    isEmpty: () => withConnection(isEmpty),
    read: (rows) => withConnection((db) => readAll(db, rows)),
    write: (expected, changes) => withConnection((db) => writeAll(db, expected, changes)),
    snapshotTimes: () => withConnection(readSnapshotTimes),
    readSnapshots: (times) => withConnection((db) => readSnapshots(db, times)),
    readAside: () => withConnection(readAside),
    dropAside: (times) => withConnection((db) => dropAside(db, times)),
    replaceAside: (at, before, after) => withConnection((db) => replaceAside(db, at, before, after)),
    clear: (aside) => withConnection((db) => clearAll(db, aside)),
    async close() {
      const current = connection
      forget()
      if (current) await closeQuietly(current)
    },
  }
}

async function connect(databaseName: string, forget: () => void): Promise<Connection> {
  return openDB<Schema>(databaseName, DATABASE_VERSION, {
    upgrade(db) {
      for (const store of STORES) if (!db.objectStoreNames.contains(store)) db.createObjectStore(store)
    },
    // An update waits for us: make way at once. The action that runs fails or finishes, the next one opens again.
    blocking(_current, _blocked, event) {
      forget()
      ;(event.target as IDBDatabase).close()
    },
    terminated: forget,
  })
}

async function isEmpty(db: Connection): Promise<boolean> {
  const tx = db.transaction(VAULT, 'readonly')
  const counts = await together([...VAULT.map((store) => () => tx.objectStore(store).count()), done(tx)])
  return counts.every((count) => !count)
}

async function readAll(db: Connection, wanted?: readonly number[]): Promise<Stored> {
  const tx = db.transaction(LIVE, 'readonly')
  const [head, rows] = [tx.objectStore('head'), tx.objectStore('rows')]
  const [header, manifest, keys, values] = await together([
    () => head.get('header'),
    () => head.get('manifest'),
    () => wanted ?? rows.getAllKeys(),
    () => (wanted ? together(wanted.map((row) => () => rows.get(row))) : rows.getAll()),
    done(tx),
  ] as const)
  return { header, manifest, rows: new Map(keys.map((row, i) => [row, values[i]])) }
}

async function readSnapshotTimes(db: Connection): Promise<readonly number[]> {
  const tx = db.transaction('snapshots', 'readonly')
  const [times] = await together([() => tx.store.getAllKeys(), done(tx)] as const)
  return times
}

async function readSnapshots(db: Connection, times: readonly number[]): Promise<ReadonlyMap<number, unknown>> {
  const tx = db.transaction('snapshots', 'readonly')
  const [values] = await together([() => together(times.map((time) => () => tx.store.get(time))), done(tx)] as const)
  return new Map(times.flatMap((time, i) => (values[i] === undefined ? [] : [[time, values[i]] as const])))
}

async function writeAll(db: Connection, expected: unknown, changes: Changes): Promise<boolean> {
  const tx = db.transaction(STORES, 'readwrite', { durability: 'strict' })
  const [head, rows, snapshots] = [tx.objectStore('head'), tx.objectStore('rows'), tx.objectStore('snapshots')]
  // Awaited below; after an early failure nobody would be left to hear of the abort.
  tx.done.catch(() => undefined)
  try {
    const [manifest, ...counts] = await together([
      () => head.get('manifest'),
      () => head.count(),
      () => rows.count(),
    ] as const)
    const found = counts.every((count) => count === 0) ? null : generationOf(manifest)
    if (found !== expected) return false
    await together([
      ...(changes.header === undefined ? [] : [() => head.put(changes.header, 'header')]),
      ...(changes.manifest === undefined ? [] : [() => head.put(changes.manifest, 'manifest')]),
      ...puts(rows, changes.rows),
      ...(changes.emptied ?? []).map((row) => () => rows.delete(row)),
      ...puts(snapshots, changes.snapshots),
      ...puts(tx.objectStore('aside'), changes.aside),
      ...(changes.dropped ?? []).map((takenAt) => () => snapshots.delete(takenAt)),
      done(tx),
    ])
    return true
  } catch (error) {
    abortQuietly(tx)
    throw error
  }
}

async function readAside(db: Connection): Promise<ReadonlyMap<number, unknown>> {
  const tx = db.transaction('aside', 'readonly')
  const [times, values] = await together([() => tx.store.getAllKeys(), () => tx.store.getAll(), done(tx)] as const)
  return new Map(times.map((time, i) => [time, values[i]]))
}

async function dropAside(db: Connection, times: readonly number[]): Promise<void> {
  const tx = db.transaction('aside', 'readwrite', { durability: 'strict' })
  tx.done.catch(() => undefined)
  try {
    await together([...times.map((time) => () => tx.store.delete(time)), done(tx)])
  } catch (error) {
    abortQuietly(tx)
    throw error
  }
}

async function replaceAside(db: Connection, at: number, before: string, after: string): Promise<boolean> {
  const tx = db.transaction('aside', 'readwrite', { durability: 'strict' })
  tx.done.catch(() => undefined)
  try {
    const [found] = await together([() => tx.store.get(at)] as const)
    if (found !== before) return false
    await together([() => tx.store.put(after, at), done(tx)])
    return true
  } catch (error) {
    abortQuietly(tx)
    throw error
  }
}

async function clearAll(db: Connection, aside: ReadonlyMap<number, unknown>): Promise<void> {
  const tx = db.transaction(STORES, 'readwrite', { durability: 'strict' })
  tx.done.catch(() => undefined)
  try {
    const clears = VAULT.map((store) => () => tx.objectStore(store).clear())
    await together([...puts(tx.objectStore('aside'), aside), ...clears, done(tx)])
  } catch (error) {
    abortQuietly(tx)
    throw error
  }
}

/** What a stored manifest says in clear about its age; undefined where there is none. */
export function generationOf(manifest: unknown): unknown {
  return (manifest as { generation?: unknown } | undefined)?.generation
}

async function closeQuietly(connection: Promise<Connection>): Promise<void> {
  try {
    const db = await connection
    db.close()
  } catch {
    // It never opened; whoever waited for it has heard why.
  }
}

function storageError(error: unknown): AppError {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'QuotaExceededError') return new AppError('vault/storage-full', {}, { cause: error })
  if (name === 'VersionError') return new AppError('vault/newer-format', {}, { cause: error })
  return new AppError('vault/storage-failed', {}, { cause: error })
}
