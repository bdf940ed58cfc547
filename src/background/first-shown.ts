import { type Entry, isUnfinished } from '../core/entry'
import { settings } from '../settings'
import type { Contents } from '../vault/contents'
import { openNotes, sealNotes } from '../vault/notes'

/** As many rows as the popup draws at first, and soon afterwards around those that can be seen. */
const FIRST_ROWS = 24
/** A vault that holds no more is read and shown as a whole. */
const SMALL = 150

/** What a large vault shows first, found out when all of it was read, so that the popup need not wait for that. */
export interface FirstShown {
  /** The accounts at the top of the list, in its order. */
  top: readonly string[]
  /** The accounts that belong to sites, and to which. */
  sites: readonly (readonly [id: string, sites: readonly string[]])[]
  /** The accounts whose binding waits for somebody to go on with it. */
  unfinished: readonly string[]
  /** Every tag in use. */
  tags: readonly string[]
  /** How many records do not open. */
  damaged: number
}

/** Whether all of it is shown at once. */
export function isSmall({ entries }: Pick<Contents, 'entries'>): boolean {
  return entries.length <= SMALL
}

/** Pinned first, else in the user's order, as the list has them. */
export function topOfList(entries: readonly Entry[]): readonly Entry[] {
  const inUse = entries.filter(({ trashedAt }) => trashedAt === undefined)
  const pinned = inUse.filter(({ favourite }) => favourite)
  return [...pinned, ...inUse.filter(({ favourite }) => !favourite)].slice(0, FIRST_ROWS)
}

/** Those whose binding waits for somebody to go on with it. */
export function unfinishedOf(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ binding }) => isUnfinished(binding?.phase))
}

/** Each once. */
export function tagsOf(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.flatMap(({ groups }) => groups ?? []))]
}

/** Keeps in mind what a large vault shows first; sealed, in memory, until the lock. */
export async function noteFirstShown(key: string, contents: Contents): Promise<void> {
  const { entries, damaged, generation } = contents
  if (isSmall(contents)) return
  const known = await recallFirstShown(key)
  // Damage comes without a write, so it makes no new generation (VLT-2).
  if (known?.generation === generation && known.damaged === damaged.length) return
  const inUse = entries.filter(({ trashedAt }) => trashedAt === undefined)
  const first: FirstShown = {
    top: topOfList(entries).map(({ id }) => id),
    sites: inUse.filter(({ sites }) => sites.length > 0).map(({ id, sites }) => [id, sites]),
    unfinished: unfinishedOf(inUse).map(({ id }) => id),
    tags: tagsOf(inUse),
    damaged: damaged.length,
  }
  await settings.firstShown.set({ generation, sealed: await sealNotes(key, generation, first) })
}

/** What was kept in mind last, and of which generation of the vault it speaks; null where nothing is known. `sealed` may be at hand. */
export async function recallFirstShown(
  key: string,
  sealed = settings.firstShown.get(),
): Promise<(FirstShown & { generation: number }) | null> {
  const noted = await sealed
  if (noted === null) return null
  const first = (await openNotes(key, noted.generation, noted.sealed)) as FirstShown | null
  return first && { ...first, generation: noted.generation }
}
