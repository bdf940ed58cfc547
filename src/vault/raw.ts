import { type Bytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { readCopies } from './copies'
import { toText } from './mirror'
import { withMirrorOwed } from './owed'
import type { Stores } from './stores'

const DAY_MS = 86_400_000
/** A vault that was replaced stays for so long (KEY-10). */
const KEPT_ASIDE_MS = 90 * DAY_MS

/** What a raw export holds. */
interface Raw {
  type: 'latchkey-raw'
  unreadable: readonly string[]
  stored: unknown
  snapshots: readonly unknown[]
  mirror: unknown
}

/**
 * Everything that lies in both stores, sealed as it is and damaged as it may be, in one JSON text. Needs no key and writes nothing
 * (VLT-14). A store that does not answer is left out, and named.
 */
export async function rawExport(stores: Stores): Promise<string> {
  return toText(await readRaw(stores))
}

async function readRaw(stores: Stores): Promise<Raw> {
  const { database, mirror } = await readCopies(stores.db, stores.mirror)
  if (database instanceof AppError && mirror instanceof AppError) throw database
  const unreadable = [database instanceof AppError ? 'database' : [], mirror instanceof AppError ? 'mirror' : []].flat()
  const snapshots =
    database instanceof AppError ? new Map() : await stores.db.readSnapshots(await stores.db.snapshotTimes())
  return {
    type: 'latchkey-raw',
    unreadable,
    stored: database instanceof AppError ? null : { ...database, rows: [...database.rows] },
    snapshots: [...snapshots],
    mirror: mirror instanceof AppError || mirror === null ? null : Object.fromEntries(mirror),
  }
}

/** {@link rawExport} as a file. */
export async function exportRaw(stores: Stores): Promise<Bytes> {
  return textToBytes(await rawExport(stores))
}

/**
 * What is put aside when a vault is about to be replaced: all of it, named by the moment. Throws `vault/storage-failed` where a store
 * does not answer, since what it holds is about to be written over.
 */
export async function puttingAside(stores: Stores): Promise<ReadonlyMap<number, unknown>> {
  const raw = await readRaw(stores)
  if (raw.unreadable.length > 0) throw new AppError('vault/storage-failed')
  return new Map([[await momentAside(stores), toText(raw)]])
}

async function momentAside(stores: Stores): Promise<number> {
  const before = await stores.db.readAside()
  let at = stores.now()
  while (before.has(at)) at++
  return at
}

/**
 * Makes room for a new vault; the old one stays beside it for 90 days, as a raw export. A mirror that does not answer is left alone,
 * and joins what is put aside when it answers again. Under the lock.
 */
export async function startAnew(stores: Stores): Promise<void> {
  const raw = await readRaw(stores)
  const isMirrorMute = raw.unreadable.includes('mirror')
  const text = isMirrorMute ? withMirrorOwed(toText(raw)) : toText(raw)
  await stores.db.clear(new Map([[await momentAside(stores), text]]))
  // Until this is done, the mirror brings the old vault back.
  if (!isMirrorMute) await stores.mirror.clear()
}

/** The moments at which vaults were put aside, those that are still kept. */
export async function asideTimes(stores: Stores): Promise<readonly number[]> {
  const now = stores.now()
  return [...(await stores.db.readAside()).keys()].filter((at) => isKept(at, now))
}

/** The moments of those whose 90 days are over by this clock, which may be wrong. */
export async function asideOver(stores: Stores): Promise<readonly number[]> {
  const now = stores.now()
  return [...(await stores.db.readAside()).keys()].filter((at) => !isKept(at, now))
}

/** Lets go of the vaults named, where their 90 days are over. */
export async function dropOldAside(stores: Stores, named: readonly number[]): Promise<void> {
  const over = (await asideOver(stores)).filter((at) => named.includes(at))
  if (over.length > 0) await stores.db.dropAside(over)
}

function isKept(at: number, now: number): boolean {
  return now - at < KEPT_ASIDE_MS
}

/** A vault that was put aside, as {@link exportRaw} made it. Throws `vault/absent`. */
export async function exportAside(stores: Stores, at: number): Promise<Bytes> {
  const text = (await stores.db.readAside()).get(at)
  if (typeof text !== 'string') throw new AppError('vault/absent')
  return textToBytes(text)
}
