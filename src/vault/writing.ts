import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { type Contents, type Opened, toContents } from './contents'
import type { Changes } from './db'
import { type Edit, planWrite, readBack } from './edit'
import { dailySnapshot } from './history'
import type { VaultRecord } from './record'
import { type Stores, follow, openToWrite, reopen } from './stores'

/** One write that is ready. `rows` are those to be read again with it. */
export interface Write {
  /** The generation that it starts from, and the one it makes. */
  from: number
  to: number
  changes: Changes
  rows?: readonly number[]
}

/** Puts it into the database and reads it back; null where another writer was faster. */
export async function commit(stores: Stores, key: string, { from, to, changes, rows }: Write): Promise<Opened | null> {
  return (await stores.db.write(from, changes)) ? reopen(stores, key, to, rows) : null
}

/** Applies an edit to the vault as it is now; under the lock. */
export async function change(
  stores: Stores,
  key: string,
  edit: (contents: Contents) => Edit | null,
): Promise<Contents> {
  // Ends: a write that is refused means that another one went through.
  for (;;) {
    const { opened, records } = await openToWrite(stores, key)
    const contents = toContents(opened.manifest, records)
    const wanted = edit(contents)
    if (wanted === null) return contents
    const plan = await planWrite(opened, wanted)
    const changes = { ...plan.changes, ...(await dailySnapshot(stores, key, { opened, records })) }
    const write = { from: opened.manifest.generation, to: plan.manifest.generation, changes, rows: plan.rows }
    const reopened = await commit(stores, key, write)
    if (!reopened) continue
    const found = await readBack(reopened, plan)
    const followed = await follow(stores, write.from, plan.changes)
    if (!followed && plan.written.some(isBeingBound)) throw new AppError('vault/storage-failed')
    return toContents(plan.manifest, new Map([...records, ...found]))
  }
}

/** The server is about to rely on it: one copy is not enough (BND-1). */
function isBeingBound({ value }: VaultRecord): boolean {
  const phase = (value as Partial<Entry>).binding?.phase
  return phase === 'associated' || phase === 'confirming'
}
