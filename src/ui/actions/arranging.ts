import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import { listed, pendingOrder } from '../list-state'
import { besides, inOrderOf, nearestPlace } from '../order'
import { entries } from '../state'
import { loadAccounts, refreshAccounts } from './accounts'
import { attempt, showFailure } from './attempt'
import { stopSelecting } from './list'
import { say } from './toast'

/** Keeps accounts at the top of the list, or no longer. */
export async function pinAccounts(ids: readonly string[], pinned: boolean): Promise<void> {
  const changed = entries.value.filter((entry) => ids.includes(entry.id) && entry.pinned !== pinned).map(({ id }) => id)
  const pin = (on: boolean) => arrange(() => background.pinEntries(changed, on))
  if (!(await pin(pinned))) return
  say({
    text: text(pinned ? 'pinned_done' : 'unpinned_done', { count: changed.length }),
    undo: () => void pin(!pinned),
  })
}

/** Gives accounts a tag. */
export async function tagAccounts(ids: readonly string[], tag: string): Promise<boolean> {
  const changed = entries.value.filter(({ id, tags }) => ids.includes(id) && !tags.includes(tag)).map(({ id }) => id)
  const give = (on: boolean) => arrange(() => background.tagEntries(changed, tag, on), 'tags')
  if (!(await give(true))) return false
  say({ text: text('tagged_done', { tag, count: changed.length }), undo: () => void give(false) })
  return true
}

/** Moves accounts to the trash; what a server still asks for stays, and is said (BND-7). */
export async function trashAccounts(ids: readonly string[]): Promise<void> {
  const gone = await attempt('list', async () => {
    const moved = await background.trashEntries(ids)
    await loadAccounts()
    return moved
  })
  if (!gone) return
  stopSelecting()
  if (gone.length < ids.length) showFailure('list', new AppError('entry/still-bound'))
  if (gone.length === 0) return
  const back = () => arrange(() => background.restoreEntries(gone))
  say({ text: text('trashed_count', { count: gone.length }), undo: () => void back() })
}

/** Moves an account up or down by one row. */
export function moveAccount(id: string, step: 1 | -1): void {
  const before = orderNow()
  const place = listed.value.findIndex((entry) => entry.id === id)
  if (place < 0 || !placeAccount(id, place + step)) return
  keepOrder(id, before)
}

/** Puts an account at this place among the rows, on the screen alone; whether anything moved. */
export function placeAccount(id: string, wanted: number): boolean {
  const rows = listed.value
  const place = rows.findIndex((entry) => entry.id === id)
  const entry = rows[place]
  if (!entry) return false
  const target = nearestPlace(rows, entry, wanted)
  const neighbour = rows[target]
  if (!neighbour || target === place) return false
  showOrder(besides(orderNow(), id, neighbour.id, target < place ? 'before' : 'behind'))
  return true
}

/** Stores the order on the screen, says where the account went, and offers the order `before`. */
export function keepOrder(id: string, before: readonly string[]): void {
  const place = listed.value.findIndex((entry) => entry.id === id)
  const entry = listed.value[place]
  void storeOrder()
  if (!entry) return
  const name = entry.issuer || entry.label
  say({
    text: text('moved_to', { name, place: place + 1, count: listed.value.length }),
    undo: () => {
      showOrder(before)
      void storeOrder()
    },
  })
}

/** The ids of all accounts, those in the trash among them, as they stand. */
export function orderNow(): readonly string[] {
  return entries.value.map(({ id }) => id)
}

function showOrder(order: readonly string[]): void {
  pendingOrder.value = order
  entries.value = inOrderOf(entries.value, order)
}

let storing = false

/** One write at a time, and always the newest order: keys repeat faster than disks write. */
async function storeOrder(): Promise<void> {
  if (storing) return
  storing = true
  try {
    for (let order = pendingOrder.value; order; order = pendingOrder.value) {
      await background.orderEntries(order)
      if (pendingOrder.value === order) pendingOrder.value = null
    }
  } catch (error) {
    pendingOrder.value = null
    await refreshAccounts()
    showFailure('list', error)
  } finally {
    storing = false
  }
}

async function arrange(change: () => Promise<unknown>, place = 'list'): Promise<boolean> {
  const done = await attempt(place, async () => {
    await change()
    await loadAccounts()
  })
  return done !== null
}
