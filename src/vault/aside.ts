import { bytesToText } from '../core/bytes'
import { AppError } from '../core/errors'
import { type Items, storedOf } from './mirror'
import type { Opener } from './opening'
import { exportAside } from './raw'
import { type Salvage, salvage } from './salvage'
import type { Stores } from './stores'

/** What a raw export holds: the texts of {@link rawExport}, read again. */
interface Raw {
  stored: { header?: unknown; manifest?: unknown; rows: readonly (readonly [number, unknown])[] } | null
  mirror: Readonly<Record<string, unknown>> | null
  snapshots: readonly (readonly [number, unknown])[]
}

/** What opens of a vault that was put aside, with what opened it then. Throws as `salvage`, and `vault/absent`. */
export async function salvageAside(stores: Stores, at: number, opener: Opener): Promise<Salvage> {
  const text = bytesToText(await exportAside(stores, at))
  const raw = JSON.parse(text ?? 'null') as Raw | null
  if (raw === null) throw new AppError('vault/damaged')
  return salvage({ ...stores, ...asStores(raw) }, opener)
}

/** The stores as they were then, for who reads alone. */
function asStores({ stored, mirror, snapshots }: Raw): Pick<Stores, 'db' | 'mirror'> {
  const refuse = (): Promise<never> => Promise.reject(new AppError('vault/storage-failed'))
  const database = storedOf(stored ? itemsFrom(stored) : new Map())
  const kept = storedOf(new Map(snapshots.map(([takenAt, value]) => [`row ${takenAt}`, JSON.stringify(value)]))).rows
  return {
    db: {
      isEmpty: async () => false,
      read: async () => database,
      snapshotTimes: async () => [...kept.keys()],
      readSnapshots: async (times) => new Map(times.map((time) => [time, kept.get(time)])),
      readAside: async () => new Map(),
      write: refuse,
      dropAside: refuse,
      replaceAside: refuse,
      clear: refuse,
      close: async () => undefined,
    },
    mirror: {
      read: async () => mirror && new Map(Object.entries(mirror).filter(isText)),
      write: refuse,
      replace: refuse,
      clear: refuse,
    },
  }
}

function itemsFrom({ header, manifest, rows }: NonNullable<Raw['stored']>): Items {
  const items = new Map(rows.map(([row, value]) => [`row ${row}`, JSON.stringify(value)]))
  if (header !== undefined) items.set('header', JSON.stringify(header))
  if (manifest !== undefined) items.set('manifest', JSON.stringify(manifest))
  return items
}

function isText(item: [string, unknown]): item is [string, string] {
  return typeof item[1] === 'string'
}
