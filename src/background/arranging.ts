import type { Entry } from '../core/entry'
import { announce } from '../rpc/client'
import type { Edit } from '../vault/edit'
import { withPin, withTags } from './annotations'
import { allEntries, isHeldByServer } from './entries'
import { surelyOver } from './expiry'
import { vault, vaultKey } from './vault/unlocked'

/** How long what was moved to the trash can come back. */
export const TRASH_MS = 30 * 24 * 60 * 60 * 1000

/** Keeps accounts at the top of the list, or no longer. */
export async function pinEntries(ids: readonly string[], pinned: boolean): Promise<void> {
  await changeEach(ids, (entry) => withPin(entry, pinned))
}

/** Gives accounts a tag or takes it away. Throws `entry/text-too-long`, `entry/too-many-tags`. */
export async function tagEntries(ids: readonly string[], tag: string, tagged: boolean): Promise<void> {
  await changeEach(ids, (entry) => {
    const others = (entry.groups ?? []).filter((one) => one !== tag)
    return withTags(entry, tagged ? [...others, tag] : others)
  })
}

/** The new order, by id. */
export async function orderEntries(order: readonly string[]): Promise<void> {
  await write(() => ({ order }))
}

/** Moves accounts to the trash in one write; answers which went, since what an MFA server still asks for stays (BND-7). */
export async function trashEntries(ids: readonly string[], now: number): Promise<readonly string[]> {
  let gone: readonly string[] = []
  await changeEach(
    ids,
    (entry) => ({ ...entry, trashedAt: now }),
    (entry) => entry.trashedAt === undefined && !isHeldByServer(entry),
    (entries) => (gone = entries.map(({ id }) => id)),
  )
  return gone
}

/** Back from the trash. */
export async function restoreEntries(ids: readonly string[]): Promise<void> {
  await changeEach(ids, ({ trashedAt: _trashedAt, ...entry }) => entry)
}

/**
 * All entries, after what lay in the trash for 30 days has gone for ever, if it was seen to be over a day ago already. What an MFA
 * server asks for stays (BND-7), and what it may yet be told to ask for, until another secret of that user is bound (BND-5).
 */
export async function entriesToShow(now: number): Promise<readonly Entry[]> {
  const entries = await allEntries()
  const over = overIn(entries, now)
  const sure = await surelyOver('trash', over, now)
  if (sure.length === 0) return entries
  await write((stored) => {
    const remove = overIn(stored, now).filter((id) => sure.includes(id))
    return remove.length > 0 ? { remove } : null
  })
  return allEntries()
}

function overIn(entries: readonly Entry[], now: number): readonly string[] {
  const over = entries.filter((entry) => isOver(entry, now) && !isPending(entry, entries))
  return over.map(({ id }) => id)
}

function isOver(entry: Entry, now: number): boolean {
  return entry.trashedAt !== undefined && entry.trashedAt < now - TRASH_MS && !isHeldByServer(entry)
}

/** Whether the server made this secret and is not known to rely on another one. */
function isPending({ binding }: Entry, entries: readonly Entry[]): boolean {
  if (binding?.phase !== 'associated') return false
  const { serverId, userId } = binding
  const isOfUser = (other: Entry): boolean => other.binding?.serverId === serverId && other.binding.userId === userId
  return !entries.some((other) => isOfUser(other) && other.binding?.phase === 'bound')
}

/** Changes the entries named, in one write; those that have gone meanwhile are passed over. */
async function changeEach(
  ids: readonly string[],
  edit: (entry: Entry) => Entry,
  isMeant: (entry: Entry) => boolean = () => true,
  tell: (meant: readonly Entry[]) => void = () => undefined,
): Promise<void> {
  const named = new Set(ids)
  await write((stored) => {
    const meant = stored.filter((entry) => named.has(entry.id) && isMeant(entry))
    tell(meant)
    return meant.length > 0 ? { entries: meant.map(edit) } : null
  })
}

async function write(edit: (stored: readonly Entry[]) => Edit | null): Promise<void> {
  let changed = false
  await vault.change(await vaultKey(), ({ entries }) => {
    const wanted = edit(entries)
    changed = wanted !== null
    return wanted
  })
  if (changed) await announce('entries-changed')
}
