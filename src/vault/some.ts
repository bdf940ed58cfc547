import type { Entry } from '../core/entry'
import { AppError, type ErrorCode } from '../core/errors'
import { openRecords, openStored } from './contents'
import { generationOf } from './db'
import type { Stores } from './stores'

/** Some entries, and the generation of the vault in which they were found. */
export interface SomeEntries {
  entries: readonly Entry[]
  generation: number
}

/**
 * The entries of these ids in the user's order, without a look at any other; those that are not there are left out. Null where the
 * database does not answer or one of them does not open in it: reading the whole vault goes around that, or tells why. Throws
 * `vault/newer-format`.
 */
export async function readSome(stores: Stores, key: string, ids: readonly string[]): Promise<SomeEntries | null> {
  try {
    return await readFromDatabase(stores, key, ids)
  } catch (error) {
    if (error instanceof AppError && PASSED_OVER.has(error.code)) return null
    throw error
  }
}

const PASSED_OVER: ReadonlySet<ErrorCode> = new Set(['vault/damaged', 'vault/storage-failed'])

async function readFromDatabase({ db }: Stores, key: string, ids: readonly string[]): Promise<SomeEntries | null> {
  const wanted = new Set(ids)
  // Ends: another generation means that somebody's write went through between the two readings (VLT-5).
  for (;;) {
    const opened = await openStored(await db.read([]), key)
    const { records, generation } = opened.manifest
    const rows = new Set(records.filter(({ id }) => wanted.has(id)).map(({ row }) => row))
    const stored = await db.read([...rows])
    if (generationOf(stored.manifest) !== generation) continue
    const found = [...(await openRecords({ ...opened, rows: stored.rows }, wanted)).values()]
    if (found.includes(null)) return null
    return { entries: found.flatMap((record) => (record?.kind === 'entry' ? [record.value] : [])), generation }
  }
}
