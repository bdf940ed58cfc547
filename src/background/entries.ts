import { parseSite, siteMatches } from '../autofill/match'
import { type Entry, checkParameters, checkTexts, entryName, sameSecret } from '../core/entry'
import { AppError } from '../core/errors'
import { codeAt } from '../core/otp'
import type { CodeView, EntryChange, EntryDraft, EntryView, Proposal } from '../rpc/account-calls'
import { announce } from '../rpc/client'
import { annotated } from './annotations'
import { clockOffsets } from './mfa/clock'
import { draftOf, entryOf, proposedEntry } from './drafts'
import { spendStep, spentCode } from './steps'
import { newRecordId } from '../vault/vault'
import { vault, vaultKey } from './vault/unlocked'

/** More sites than anybody signs in to with one account. */
const MOST_SITES = 50

/** All entries in the user's order, those in the trash among them. */
export async function allEntries(): Promise<readonly Entry[]> {
  return (await vault.read(await vaultKey())).entries
}

/** How many records should be there and do not open. What they held, names included, is sealed in them. */
export async function damagedRecords(): Promise<number> {
  return (await vault.read(await vaultKey())).damaged.length
}

/** The entries that are in use. */
export async function liveEntries(): Promise<readonly Entry[]> {
  return (await allEntries()).filter(({ trashedAt }) => trashedAt === undefined)
}

/** Throws `vault/entry-missing`. */
export async function entryById(id: string): Promise<Entry> {
  return found(await allEntries(), id)
}

/** The same, where an account in the trash gives no codes. */
export async function liveEntryById(id: string): Promise<Entry> {
  return found(await liveEntries(), id)
}

/** Stores an entry beside the others; answers it as it was read back from the vault. */
export async function storeEntry(entry: Omit<Entry, 'id'>): Promise<Entry> {
  return writeEntry(newRecordId(), () => entry)
}

/** Changes one entry under the vault's lock; answers it as it was read back from the vault. Throws `vault/entry-missing`. */
export async function changeEntry(id: string, edit: (entry: Entry) => Entry): Promise<Entry> {
  return writeEntry(id, (entry) => {
    if (!entry) throw new AppError('vault/entry-missing')
    return edit(entry)
  })
}

/** `edit` decides on what is stored, within the write: another window may have been faster. */
async function writeEntry(
  id: string,
  edit: (entry: Entry | undefined, stored: readonly Entry[]) => Omit<Entry, 'id'>,
): Promise<Entry> {
  const { entries } = await vault.change(await vaultKey(), (contents) => {
    const entry = contents.entries.find((one) => one.id === id)
    return { entries: [{ ...edit(entry, contents.entries), id }] }
  })
  await announce('entries-changed')
  return found(entries, id)
}

function found(entries: readonly Entry[], id: string): Entry {
  const entry = entries.find((one) => one.id === id)
  if (!entry) throw new AppError('vault/entry-missing')
  return entry
}

/** What a scanned or pasted text would add, and whether it is here already. Stores nothing (INP-7). */
export async function propose(text: string, site: string): Promise<Proposal> {
  const entry = proposedEntry(text)
  return { draft: draftOf(entry, site), already: alreadyThere(await allEntries(), entry) }
}

function alreadyThere(
  entries: readonly Entry[],
  entry: Pick<Entry, 'secret' | 'issuer' | 'label'>,
): Proposal['already'] {
  if (entries.some((one) => sameSecret(one, entry))) return 'same'
  const sameNames = entries.some(({ issuer, label }) => issuer === entry.issuer && label === entry.label)
  return sameNames ? 'other-secret' : null
}

/** Adds what the user agreed to. The same secret twice is refused; the same names with another secret are two entries (BND-8). */
export async function addEntry(draft: EntryDraft, now: number): Promise<EntryView> {
  const entry = { ...entryOf(draft), sites: sitesOf([draft.site]), createdAt: now }
  const added = await writeEntry(newRecordId(), (_none, stored) => {
    if (alreadyThere(stored, entry) === 'same') throw new AppError('entry/already-present')
    return entry
  })
  return viewOf(added)
}

/** The user's edit of names, sites and what is kept beside them, and of an HOTP account's counter. */
export async function editEntry(id: string, change: EntryChange): Promise<EntryView> {
  const { issuer, label, sites, counter } = change
  const names = { issuer: issuer.trim(), label: label.trim() }
  checkTexts(names)
  if (entryName(names) === '') throw new AppError('entry/name-missing')
  return viewOf(
    await changeEntry(id, (entry) =>
      withoutStrayMemory({
        ...annotated(withCounter(entry, counter), change),
        ...names,
        sites: sitesOf(sites, entry.sites),
      }),
    ),
  )
}

/** The page has asked before it lowers one: its codes are given a second time then (OTP-4). */
function withCounter(entry: Entry, counter: number | undefined): Entry {
  if (counter === undefined) return entry
  if (entry.type !== 'hotp') throw new AppError('entry/type-unsupported')
  checkParameters({ ...entry, counter })
  return { ...entry, counter }
}

/** A domain to which the user widened a site stays one; typed anew it would be the host of that name alone. */
function sitesOf(texts: readonly string[], before: readonly string[] = []): readonly string[] {
  if (texts.length > MOST_SITES) throw new AppError('entry/site-invalid')
  return [
    ...new Set(
      texts.filter((text) => text.trim() !== '').map((text) => (before.includes(text) ? text : parseSite(text))),
    ),
  ]
}

/** What was taught about a site goes with it: it would lift a field, or send a form, where the user took the account away. */
function withoutStrayMemory({ siteMemory, ...entry }: Entry): Entry {
  const kept = Object.entries(siteMemory ?? {}).filter(([origin]) =>
    entry.sites.some((site) => siteMatches(site, origin)),
  )
  return kept.length > 0 ? { ...entry, siteMemory: Object.fromEntries(kept) } : entry
}

/** To the trash, from where it can come back. Refused while the MFA server would go on asking for its codes (BND-7). */
export async function trashEntry(id: string, now: number): Promise<void> {
  await changeEntry(id, (entry) => {
    if (isHeldByServer(entry)) throw new AppError('entry/still-bound')
    return { ...entry, trashedAt: now }
  })
}

/** Whether the MFA server asks for this entry's codes, or may do so (the outcome of a confirm or unbind is not known). */
export function isHeldByServer({ binding }: Entry): boolean {
  return binding !== undefined && ['confirming', 'bound', 'unbinding'].includes(binding.phase)
}

/** Back from the trash. */
export async function restoreEntry(id: string): Promise<void> {
  await changeEntry(id, ({ trashedAt: _trashedAt, ...entry }) => entry)
}

/** For ever. Only what lies in the trash can go. */
export async function deleteEntry(id: string): Promise<void> {
  await vault.change(await vaultKey(), ({ entries }) => {
    const entry = found(entries, id)
    if (entry.trashedAt === undefined) throw new AppError('entry/not-in-trash')
    if (isHeldByServer(entry)) throw new AppError('entry/still-bound')
    return { remove: [id] }
  })
  await announce('entries-changed')
}

/** The codes valid at `now`; of all entries in use, or of those named. */
export async function codes(ids: readonly string[] | undefined, now: number): Promise<readonly CodeView[]> {
  return codesOf(ids ? await liveEntriesOf(ids) : await liveEntries(), now)
}

/** The codes of these entries valid at `now`; `offsets` may have been asked for before. */
export async function codesOf(
  entries: readonly Entry[],
  now: number,
  offsets = clockOffsets(now),
): Promise<readonly CodeView[]> {
  const offsetAt = await offsets
  return entries.map((entry) => codeView(entry, now, offsetAt(entry.binding?.serverId)))
}

/** Opens no other record, unless one of these is damaged. */
async function liveEntriesOf(ids: readonly string[]): Promise<readonly Entry[]> {
  const some = await vault.readSome(await vaultKey(), ids)
  const entries = some?.entries ?? (await allEntries()).filter(({ id }) => ids.includes(id))
  return entries.filter(({ trashedAt }) => trashedAt === undefined)
}

/** HOTP: moves the counter on in the vault, then answers the code it stood for (OTP-4). */
export async function nextCode(id: string, now: number): Promise<CodeView> {
  const entry = await changeEntry(id, (current) => {
    if (current.type !== 'hotp') throw new AppError('entry/type-unsupported')
    return spendStep(current, now)
  })
  return codeView(entry, now, 0)
}

/** The user took a code by hand; its time step counts as unused, since nobody knows where it went. */
export async function markUsed(id: string, now: number): Promise<void> {
  await changeEntry(id, (entry) => ({ ...entry, usedAt: now }))
}

/** `offsetMs` is what the clock that makes the code is ahead of ours; the span is told in our own time (OTP-2). */
function codeView(entry: Entry, now: number, offsetMs: number): CodeView {
  const { id } = entry
  if (entry.type === 'hotp') return { id, code: lastHotpCode(entry), nextCode: null, validFrom: 0, validUntil: null }
  const { code, validFrom, validUntil } = codeAt(entry, now + offsetMs)
  const next = codeAt(entry, validUntil).code
  return { id, code, nextCode: next, validFrom: validFrom - offsetMs, validUntil: validUntil - offsetMs }
}

/** The code last given away; the one of the counter has not been shown to anybody. */
function lastHotpCode(entry: Entry): string | null {
  return entry.lastStepUsed === undefined ? null : spentCode(entry, 0)
}

/** Keeps a recovery code with its entry, sealed like the secret. */
export async function keepRecoveryCode(id: string, recoveryCode: string): Promise<void> {
  const code = recoveryCode.trim()
  if (code === '') throw new AppError('mfa/argument-missing')
  checkTexts({ issuer: '', label: code })
  await changeEntry(id, (entry) => ({ ...entry, recoveryCode: code }))
}

/** An entry as a page may see it: nothing secret in it. */
export function viewOf(entry: Entry): EntryView {
  return {
    id: entry.id,
    type: entry.type,
    issuer: entry.issuer,
    label: entry.label,
    algorithm: entry.algorithm,
    digits: entry.digits,
    periodSeconds: entry.periodSeconds,
    counter: entry.counter ?? null,
    sites: entry.sites,
    createdAt: entry.createdAt,
    usedAt: entry.usedAt ?? null,
    hasRecoveryCode: entry.recoveryCode !== undefined,
    phase: entry.binding?.phase ?? null,
    serverId: entry.binding?.serverId ?? null,
    pinned: entry.favourite ?? false,
    tags: entry.groups ?? [],
    note: entry.note ?? '',
    importedAt: entry.importedAt ?? null,
    trashedAt: entry.trashedAt ?? null,
  }
}
