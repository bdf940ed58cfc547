import { AppError, type ErrorCode } from '../core/errors'
import { type Contents, type Opened, openRecords, openStored, toContents } from './contents'
import { type CopiesReport, isWorthTelling, newestHeader, readCopies, settle } from './copies'
import { type Changes, type Db, openDb } from './db'
import { type Mirror, openMirror } from './mirror'
import { payingMirror } from './owed'
import type { VaultRecord } from './record'

/** The two stores of one vault, and what every action on them goes through. */
export interface Stores {
  db: Db
  mirror: Mirror
  /** One writer at a time over all pages and the background. Not to be nested. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>
  tell(report: CopiesReport): void
  now(): number
  /** Records known to open in neither copy, both of which answered: no reason to look again. */
  readonly lost: Set<string>
}

/** A vault with its records; null for one that does not open. */
export interface OpenVault {
  opened: Opened
  records: Map<string, VaultRecord | null>
}

export function openStores(
  databaseName: string,
  {
    now = () => 0,
    onReport = () => undefined,
  }: { now?: Stores['now'] | undefined; onReport?: Stores['tell'] | undefined },
): Stores {
  const db = openDb(databaseName)
  return {
    db,
    mirror: payingMirror(db, openMirror(databaseName)),
    alone: (work) => withLock(`vault ${databaseName}`, work),
    tell: onReport,
    now,
    lost: new Set(),
  }
}

/** `damaged` where no header is left that could be opened, though something is there: a sentinel is enough (VLT-4). */
export async function statusOf({ db, mirror }: Stores): Promise<'absent' | 'present' | 'damaged'> {
  try {
    const { header, manifest } = await db.read([])
    if (header !== undefined && manifest !== undefined) return 'present'
  } catch (error) {
    if (codeOf(error) !== 'vault/storage-failed') throw error
  }
  const copies = await readCopies(db, mirror)
  try {
    await newestHeader(copies)
    return 'present'
  } catch (error) {
    const code = codeOf(error)
    // Snapshots are a trace of a vault, too.
    if (code === 'vault/absent') return (await db.isEmpty()) ? 'absent' : 'damaged'
    if (code === 'vault/damaged') return 'damaged'
    if (code === 'vault/newer-format') return 'present'
    throw error
  }
}

/** What the vault holds. */
export async function readContents(stores: Stores, key: string): Promise<Contents> {
  const { opened, records } = await openWith(stores, key)
  return toContents(opened.manifest, records)
}

/** What was written is there, or the store lied when it said so: `vault/storage-failed`. */
export async function reopen(
  { db }: Stores,
  key: string,
  generation: number,
  rows: readonly number[] = [],
): Promise<Opened> {
  const opened = await openStored(await db.read(rows), key)
  if (opened.manifest.generation < generation) throw new AppError('vault/storage-failed')
  return opened
}

/** The vault as the database holds it; from both copies, healed, where the database does not hold it whole. */
export async function openWith(stores: Stores, key: string): Promise<OpenVault> {
  return (await openDatabase(stores, key)) ?? stores.alone(() => settleWith(stores, key))
}

/**
 * As {@link openWith}, for what runs under the lock and is about to write: throws where the database cannot be put right, and where
 * a record might still open in a copy that does not answer, since the write would be copied over it.
 */
export async function openToWrite(stores: Stores, key: string): Promise<OpenVault> {
  const vault = await openDatabase(stores, key)
  if (vault) return vault
  const { report, ...settled } = await settleWith(stores, key)
  const { found, healed, lost } = report
  if (found.database !== 'intact' && !healed.includes('database')) throw new AppError('vault/storage-failed')
  if (lost.length > 0 && !bothAnswered(report)) throw new AppError('vault/storage-failed')
  return settled
}

/** Both copies compared, and healed where they differ; under the lock. Tells what it found. */
export async function settleWith(stores: Stores, key: string): Promise<OpenVault & { report: CopiesReport }> {
  const settled = await settle(key, stores.db, stores.mirror)
  stores.lost.clear()
  if (bothAnswered(settled.report)) for (const id of settled.report.lost) stores.lost.add(id)
  if (isWorthTelling(settled.report)) stores.tell(settled.report)
  return settled
}

/** The second copy follows the first. Answers whether it did; tried twice, since nothing else would try again before the next unlock. */
export async function follow({ db, mirror, tell }: Stores, base: number | null, changes: Changes): Promise<boolean> {
  for (let tries = 0; tries < 2; tries++) {
    try {
      if (base === null || tries > 0 || !(await mirror.write(base, changes))) await mirror.replace(await db.read())
      return true
    } catch (error) {
      if (codeOf(error) === null) throw error
    }
  }
  tell({ found: { database: 'intact', mirror: 'unreadable' }, healed: [], lost: [] })
  return false
}

/** Null where the database does not hold the whole vault, as far as is known. */
async function openDatabase({ db, lost }: Stores, key: string): Promise<OpenVault | null> {
  try {
    const opened = await openStored(await db.read(), key)
    const records = await openRecords(opened)
    return [...records].every(([id, record]) => record !== null || lost.has(id)) ? { opened, records } : null
  } catch (error) {
    const code = codeOf(error)
    if (code === 'vault/damaged' || code === 'vault/storage-failed') return null
    throw error
  }
}

function bothAnswered({ found }: CopiesReport): boolean {
  return found.database !== 'unreadable' && found.mirror !== 'unreadable'
}

function codeOf(error: unknown): ErrorCode | null {
  return error instanceof AppError ? error.code : null
}

/** Where the browser has no locks, the database's own check keeps writers apart. */
function withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks
  return locks ? locks.request(name, work) : work()
}
