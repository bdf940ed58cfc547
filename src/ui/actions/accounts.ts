import { batch } from '@preact/signals'
import { text } from '../../i18n/text'
import type { CodeView, EntryChange, EntryDraft, EntryView, Glance } from '../../rpc/account-calls'
import { background } from '../../rpc/client'
import { drawn, flying, pendingOrder, search } from '../list-state'
import { inOrderOf } from '../order'
import { allHere, codes, entries, firstTags, now, page, screen } from '../state'
import { attempt, load, whileOpen } from './attempt'
import { say } from './toast'

/** Shows what was seen first; accounts that are not among it follow. */
export function showGlance(glance: Glance): void {
  batch(() => {
    showEntries(glance.entries)
    allHere.value = glance.whole
    firstTags.value = glance.tags
    codes.value = byId(glance.codes)
    page.value ??= glance.page
  })
}

/** Reads all accounts, and the codes of those that have a row. */
export async function loadAccounts(): Promise<void> {
  const stored = await whileOpen(background.entries())
  batch(() => {
    showEntries(stored)
    allHere.value = true
  })
  learnReadings()
  codes.value = byId(await whileOpen(background.codes(drawn.value.map((entry) => entry.id))))
}

/** Has names that are searched be found as they are spoken, too. */
export function learnReadings(): void {
  if (search.value.trim() !== '') void import('./readings').then(({ loadReadings }) => loadReadings())
}

function showEntries(stored: readonly EntryView[]): void {
  entries.value = pendingOrder.value ? inOrderOf(stored, pendingOrder.value) : stored
  now.value = Date.now()
}

/** The same, with what fails shown. */
export async function refreshAccounts(): Promise<void> {
  await load('accounts', loadAccounts, refreshAccounts)
}

function byId(views: readonly CodeView[]): ReadonlyMap<string, CodeView> {
  return new Map(views.map((view) => [view.id, view]))
}

let asking: Promise<void> | null = null

/**
 * Reads the codes of the rows drawn that have none, or whose code has ended. One question at a time, the next one about
 * the rows that are drawn by then: a list scrolls faster than codes come. Rows that fly past are not asked about.
 */
export async function loadCodes(): Promise<void> {
  now.value = Date.now()
  asking ??= askForCodes().finally(() => (asking = null))
  await asking
}

async function askForCodes(): Promise<void> {
  const asked = new Set<string>()
  for (;;) {
    const wanted = flying.value ? [] : drawn.value.map(({ id }) => id).filter((id) => isStale(id) && !asked.has(id))
    if (wanted.length === 0) return
    for (const id of wanted) asked.add(id)
    const read = await whileOpen(background.codes(wanted))
    codes.value = new Map([...codes.value, ...byId(read)])
  }
}

function isStale(id: string): boolean {
  const view = codes.value.get(id)
  return !view || view.validFrom > now.value || (view.validUntil !== null && view.validUntil <= now.value)
}

/** HOTP: the next code of the account. */
export async function nextCode(id: string): Promise<void> {
  const view = await attempt('list', () => whileOpen(background.nextCode(id)))
  if (view) codes.value = new Map(codes.value).set(id, view)
}

/** Stores an account typed by hand; true when it is stored. */
export async function addByHand(draft: EntryDraft): Promise<boolean> {
  const added = await attempt('by-hand', async () => {
    const entry = await background.addEntry(draft)
    await loadAccounts()
    return entry
  })
  if (!added) return false
  sayAdded(added)
  screen.value = { name: 'list' }
  return true
}

/** Offers to take an addition back. Apart from the action: what it offers would keep the secret in memory otherwise (MEM-3). */
export function sayAdded({ id, issuer, label }: EntryView): void {
  say({ text: text('added', { name: issuer || label }), undo: () => void trashAccount(id) })
}

/** Stores the user's edit and offers to take it back; a counter stays where it is, since its codes are spent (OTP-4). */
export async function changeAccount(id: string, change: EntryChange): Promise<boolean> {
  const before = entries.value.find((entry) => entry.id === id)
  const changed = await attempt('edit', async () => {
    await background.changeEntry(id, change)
    await loadAccounts()
  })
  if (changed === null) return false
  say({ text: text('saved'), ...(before ? { undo: () => void changeBack(before) } : {}) })
  screen.value = { name: 'list' }
  return true
}

async function changeBack({ id, issuer, label, sites, tags, note, pinned }: EntryView): Promise<void> {
  await attempt('list', async () => {
    await background.changeEntry(id, { issuer, label, sites, tags, note, pinned })
    await loadAccounts()
  })
}

/** Lets the account's codes be filled in on the site in front from now on; true when it is so. */
export async function useAccountHere(id: string): Promise<boolean> {
  const entry = entries.value.find((one) => one.id === id)
  const origin = page.value?.origin
  if (!entry || !origin) return false
  const { issuer, label, sites } = entry
  const changed = await attempt('use-here', async () => {
    await background.changeEntry(id, { issuer, label, sites: [...sites, origin] })
    await loadAccounts()
  })
  if (changed === null) return false
  say({ text: text('use_here_done', { name: issuer || label, site: new URL(origin).host }) })
  return true
}

/** Moves an account to the trash and offers to take that back. */
export async function trashAccount(id: string): Promise<boolean> {
  const gone = await attempt('delete', async () => {
    await background.trashEntry(id)
    await loadAccounts()
  })
  if (gone === null) return false
  screen.value = { name: 'list' }
  say({ text: text('trashed'), undo: () => void restoreAccount(id) })
  return true
}

export async function restoreAccount(id: string): Promise<void> {
  const restore = async () => {
    await background.restoreEntry(id)
    await loadAccounts()
  }
  const restored = await attempt('trash', restore, () => restoreAccount(id))
  if (restored !== null) say({ text: text('restored') })
}

export async function deleteForEver(id: string): Promise<void> {
  const deleted = await attempt('trash', async () => {
    await background.deleteEntry(id)
    await loadAccounts()
  })
  if (deleted !== null) say({ text: text('deleted_for_ever') })
}
