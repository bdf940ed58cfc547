import { AppError } from '../core/errors'
import { type Opened, openStored } from './contents'
import { type Db, type Stored, generationOf } from './db'
import { readHeader } from './header'
import { type Merged, mergeRecords } from './merge'
import { type Items, type Mirror, itemsOf, sameItems, storedOf } from './mirror'

export type CopyName = 'database' | 'mirror'

/** How a copy was found: `older` is a former state of the vault, `unreadable` a store that does not answer. */
export type CopyState = 'intact' | 'missing' | 'older' | 'damaged' | 'unreadable'

/** What was found wrong with the two copies, and what was done about it (VLT-3). */
export interface CopiesReport {
  found: Readonly<Record<CopyName, CopyState>>
  /** The copies that were put right from the other. */
  healed: readonly CopyName[]
  /** Ids of records that open in neither copy. */
  lost: readonly string[]
}

/** Both copies as they lie there, believed in nothing yet; an error where a store did not answer. */
export interface Copies {
  database: Stored | AppError
  /** Null: not even a sentinel. */
  mirror: Items | AppError | null
}

/** The vault, put together from both copies. */
export interface Settled {
  opened: Opened
  records: Merged['records']
  report: CopiesReport
}

const NOTHING: Stored = { header: undefined, manifest: undefined, rows: new Map() }

/** Throws `vault/newer-format` at once: what a newer version wrote is not ours to judge or to heal. */
export async function readCopies(db: Db, mirror: Mirror): Promise<Copies> {
  const [database, items] = await Promise.all([orError(db.read()), orError(mirror.read())])
  if (database instanceof AppError && database.code === 'vault/newer-format') throw database
  return { database, mirror: items }
}

/** What both copies hold, if it is the same to the last bit: then neither is damaged alone. */
export function agreedCopy({ database, mirror }: Copies): Stored | null {
  if (database instanceof AppError || mirror instanceof AppError || mirror === null) return null
  return sameItems(itemsOf(database), mirror) ? database : null
}

/**
 * The one stored header that counts: of two that are whole and differ, the one beside the newer manifest, so that a former
 * passphrase opens nothing (VLT-12). Throws `vault/absent`, `vault/damaged`, `vault/newer-format`.
 */
export async function newestHeader(copies: Copies): Promise<unknown> {
  const [database, mirror] = bothStored(copies)
  const [inDatabase, inMirror] = [await isWhole(database.header), await isWhole(mirror.header)]
  if (!inDatabase && !inMirror) throw new AppError('vault/damaged')
  if (inDatabase && inMirror) return age(mirror) > age(database) ? mirror.header : database.header
  return inDatabase ? database.header : mirror.header
}

/**
 * Opens the newest manifest and each record from whichever copy still has it, then puts right what differs. A cell that is
 * damaged in both copies stays as it lies. To be called under the vault's lock. Throws as {@link newestHeader} does.
 */
export async function settle(key: string, db: Db, mirror: Mirror): Promise<Settled> {
  const copies = await readCopies(db, mirror)
  const stored = bothStored(copies)
  const header = await newestHeader(copies)
  const pairs = await Promise.all(stored.map(({ manifest }) => openPair(header, manifest, key)))
  const newest = newestOf(pairs)
  if (!newest) throw new AppError('vault/damaged')
  const items = [itemsOf(stored[0]), copies.mirror instanceof Map ? copies.mirror : itemsOf(stored[1])] as const
  const { records, rows } = await mergeRecords(newest, stored, items)
  const whole: Stored = { header, manifest: stored[pairs.indexOf(newest)]?.manifest, rows }
  const found = {
    database: stateOf(copies.database, items[0], whole, pairs[0]),
    mirror: stateOf(copies.mirror ?? new Map(), items[1], whole, pairs[1]),
  }
  const healed = await heal(db, mirror, stored[0], whole, found)
  const lost = [...records].filter(([, record]) => record === null).map(([id]) => id)
  return { opened: { ...newest, rows }, records, report: { found, healed, lost } }
}

/** Whether anything is left to say to the user. */
export function isWorthTelling({ found, lost }: CopiesReport): boolean {
  return found.database !== 'intact' || found.mirror !== 'intact' || lost.length > 0
}

/** Throws `vault/absent` when there is no trace of a vault, and the store's own error when that cannot be said. */
export function bothStored({ database, mirror }: Copies): readonly [Stored, Stored] {
  const first = database instanceof AppError ? NOTHING : database
  const second = mirror instanceof AppError || mirror === null ? NOTHING : storedOf(mirror)
  if (isNothing(first) && isNothing(second)) {
    const failure = [database, mirror].find((copy) => copy instanceof AppError)
    throw failure ?? new AppError(mirror === null ? 'vault/absent' : 'vault/damaged')
  }
  return [first, second]
}

async function isWhole(header: unknown): Promise<boolean> {
  try {
    await readHeader(header)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault/damaged') return false
    throw error
  }
}

async function openPair(header: unknown, manifest: unknown, key: string): Promise<Opened | null> {
  try {
    return await openStored({ header, manifest, rows: new Map() }, key)
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault/damaged') return null
    throw error
  }
}

function newestOf([first = null, second = null]: readonly (Opened | null)[]): Opened | null {
  if (!first || !second) return first ?? second
  return second.manifest.generation > first.manifest.generation ? second : first
}

function stateOf(
  copy: Stored | Items | AppError,
  items: Items,
  whole: Stored,
  own: Opened | null | undefined,
): CopyState {
  if (copy instanceof AppError) return 'unreadable'
  if (items.size === 0) return 'missing'
  if (sameItems(items, itemsOf(whole))) return 'intact'
  return own && own.manifest.generation < age(whole) ? 'older' : 'damaged'
}

/** The database first: it is what the next action reads. A copy that cannot be written now is healed another time. */
async function heal(
  db: Db,
  mirror: Mirror,
  database: Stored,
  whole: Stored,
  found: CopiesReport['found'],
): Promise<CopyName[]> {
  const healed: CopyName[] = []
  if (isToHeal(found.database)) {
    const emptied = [...database.rows.keys()].filter((row) => !whole.rows.has(row))
    const expected = isNothing(database) ? null : generationOf(database.manifest)
    if (await succeeds(() => db.write(expected, { ...whole, emptied }))) healed.push('database')
  }
  if (isToHeal(found.mirror) && (await succeeds(() => mirror.replace(whole)))) healed.push('mirror')
  return healed
}

function isToHeal(state: CopyState): boolean {
  return state !== 'intact' && state !== 'unreadable'
}

async function succeeds(work: () => Promise<boolean | void>): Promise<boolean> {
  const result = await orError(work())
  return result !== false && !(result instanceof AppError)
}

function age({ manifest }: Stored): number {
  return Number(generationOf(manifest) ?? 0)
}

function isNothing({ header, manifest, rows }: Stored): boolean {
  return header === undefined && manifest === undefined && rows.size === 0
}

async function orError<Result>(work: Promise<Result>): Promise<Result | AppError> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}
