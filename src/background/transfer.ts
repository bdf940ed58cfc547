import { parseSite, siteOf } from '../autofill/match'
import { bytesToHex } from '../core/bytes'
import { type Binding, type Entry, type NewEntry, type Server, entryName } from '../core/entry'
import { AppError } from '../core/errors'
import { formatOtpauthUri } from '../core/otpauth-uri'
import type { CarriedEntry, ExportedVault, ImportResult, ImportVerdict } from '../rpc/transfer-calls'
import { announce } from '../rpc/client'
import { newRecordId } from '../vault/vault'
import { bindingFinder, carriedWith, pastOf } from './carried'
import { entryOf } from './drafts'
import { allEntries, entryById, isHeldByServer } from './entries'
import { keyOnceMore } from './vault/key-once-more'
import { vault, vaultKey } from './vault/unlocked'

/** What importing these would do, one by one. Stores nothing (INP-10). */
export async function proposeImport(drafts: readonly CarriedEntry[]): Promise<readonly ImportVerdict[]> {
  return judge(await allEntries(), drafts).map(({ verdict }) => verdict)
}

/**
 * Adds what is not here yet and brings back what lies in the trash, all in one write: after a crash either everything is
 * there or nothing (INP-10), and the state before is kept sealed. What is stored stays as it is (BND-8). The verdicts are made anew, under the vault's lock.
 */
export async function importEntries(
  drafts: readonly CarriedEntry[],
  now: number,
  beside: Beside = NOTHING_BESIDE,
): Promise<ImportResult> {
  const key = await vaultKey()
  await vault.takeSnapshot(key, 'import')
  let added = 0
  await vault.change(key, (contents) => {
    const servers = missingServers(contents.servers, beside.servers)
    const bindingHere = bindingFinder({ ...contents, servers: [...contents.servers, ...servers] })
    const entries = judge(contents.entries, drafts).flatMap((row) => imported(row, now, bindingHere))
    const trashed = judge([...contents.entries, ...entries], beside.trashed)
      .filter(({ verdict: { kind } }) => kind !== 'in-trash')
      .flatMap((row) => imported(row, now, bindingHere))
      // What a server may still ask for stays in use (BND-7).
      .map((entry) => (isHeldByServer(entry) ? entry : { ...entry, trashedAt: now }))
    added = entries.length
    const brought = [...entries, ...trashed]
    return brought.length + servers.length > 0 ? { entries: brought, servers } : null
  })
  if (added + beside.trashed.length > 0) await announce('entries-changed')
  if (beside.servers.length > 0) await announce('servers-changed')
  return { added, skipped: drafts.length - added, importedAt: now }
}

/** What a whole vault brings beside its accounts in use. */
export interface Beside {
  servers: readonly Server[]
  trashed: readonly CarriedEntry[]
}

const NOTHING_BESIDE: Beside = { servers: [], trashed: [] }

/** Those that are not here yet, under new ids. Speaking to one still needs the browser's leave for its host. */
function missingServers(present: readonly Server[], servers: readonly Server[]): readonly Server[] {
  const missing = new Map<string, Server>()
  for (const server of servers) {
    const isHere = present.some(({ appHost, appId }) => appHost === server.appHost && appId === server.appId)
    const place = `${server.appHost}\n${server.appId}`
    if (!isHere && !missing.has(place)) missing.set(place, { ...server, id: newRecordId() })
  }
  return [...missing.values()]
}

/** Moves exactly what the import of that moment added to the trash, in one write; what a server still asks for stays (BND-7). */
export async function undoImport(importedAt: number, now: number): Promise<number> {
  let moved = 0
  await vault.change(await vaultKey(), ({ entries }) => {
    const added = entries.filter((entry) => entry.importedAt === importedAt && isInUse(entry) && !isHeldByServer(entry))
    moved = added.length
    return moved > 0 ? { entries: added.map((entry) => ({ ...entry, trashedAt: now })) } : null
  })
  if (moved > 0) await announce('entries-changed')
  return moved
}

/**
 * Everything in use, or what of it has these ids, with its secrets, for who knows the passphrase. A damaged vault gives what
 * opens (VLT-14).
 */
export async function exportEntries(passphrase: string, ids: readonly string[] | null): Promise<ExportedVault> {
  const key = await keyOnceMore(passphrase)
  const { entries, servers, damaged } = await vault.read(key)
  const wanted = ids && new Set(ids)
  const going = entries.filter((entry) => isInUse(entry) && (wanted?.has(entry.id) ?? true))
  return { entries: going.map(carriedWith(servers)), damaged: damaged.length }
}

/** The account as an `otpauth://` address, for who knows the passphrase. */
export async function showSecret(id: string, passphrase: string): Promise<string> {
  await keyOnceMore(passphrase)
  return formatOtpauthUri(await entryById(id))
}

/** A row of an import, what it is as an entry, and the entry in the trash that it brings back. */
interface Judged {
  draft: CarriedEntry
  verdict: ImportVerdict
  entry: NewEntry | null
  trashed: Entry | null
}

/** Looked up, not searched: ten thousand rows meet ten thousand entries. */
function judge(present: readonly Entry[], drafts: readonly CarriedEntry[]): readonly Judged[] {
  const inUse = present.filter(isInUse)
  const known = {
    secrets: new Set(inUse.map(secretText)),
    names: new Set(inUse.map(entryName)),
    trashed: new Map(present.filter((entry) => !isInUse(entry)).map((entry) => [codeSource(entry), entry])),
    seen: new Set<string>(),
  }
  return drafts.map((draft) => {
    const entry = entryIn(draft)
    if (entry instanceof AppError) {
      return { draft, verdict: { kind: 'refused', reason: entry.code }, entry: null, trashed: null }
    }
    const trashed = known.trashed.get(codeSource(entry)) ?? null
    const kind = verdictOn(entry, trashed, known)
    known.seen.add(trashed ? trashed.id : wholeText(entry))
    return { draft, verdict: { kind }, entry, trashed }
  })
}

interface Known {
  secrets: ReadonlySet<string>
  names: ReadonlySet<string>
  /** Ids and texts of what earlier rows bring. */
  seen: ReadonlySet<string>
}

function verdictOn(
  entry: NewEntry,
  trashed: Entry | null,
  { secrets, names, seen }: Known,
): Exclude<ImportVerdict['kind'], 'refused'> {
  if (secrets.has(secretText(entry))) return 'same'
  // Some share one secret among many names: only a row that is equal in every way is a repetition.
  if (seen.has(trashed ? trashed.id : wholeText(entry))) return 'repeated'
  if (trashed) return 'in-trash'
  return names.has(entryName(entry)) ? 'other-secret' : 'new'
}

function imported(
  { draft, verdict: { kind }, entry, trashed }: Judged,
  now: number,
  bindingHere: (draft: CarriedEntry) => Binding | null,
): Entry[] {
  if (kind === 'in-trash' && trashed) {
    const { trashedAt: _trashedAt, ...kept } = trashed
    return [{ ...kept, importedAt: now }]
  }
  if (!entry || (kind !== 'new' && kind !== 'other-secret')) return []
  const { groups, note, favourite, recoveryCode } = draft
  const binding = bindingHere(draft)
  return [
    {
      ...entry,
      id: newRecordId(),
      sites: sitesAmong(draft.sites),
      ...pastOf(draft, entry, now),
      importedAt: now,
      ...(binding ? { binding } : {}),
      ...(recoveryCode ? { recoveryCode } : {}),
      ...(groups && groups.length > 0 ? { groups } : {}),
      ...(note ? { note } : {}),
      ...(favourite ? { favourite } : {}),
    },
  ]
}

/** Whether an entry is not in the trash. */
export function isInUse({ trashedAt }: Entry): boolean {
  return trashedAt === undefined
}

function entryIn(draft: CarriedEntry): NewEntry | AppError {
  try {
    return entryOf({ ...draft, site: '' })
  } catch (error) {
    // One bad row never costs the others.
    if (error instanceof AppError) return error
    throw error
  }
}

/** A file's addresses as sites. Apps' identifiers and the like are no site, and cost nothing but themselves. */
function sitesAmong(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses.flatMap((address) => siteAt(address) ?? []))]
}

function siteAt(address: string): string | null {
  try {
    return siteOf(address) ?? parseSite(address)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function secretText({ secret }: Pick<NewEntry, 'secret'>): string {
  return bytesToHex(secret)
}

/** Equal where the same codes come out; an HOTP counter goes its own way. */
function codeSource({ type, secret, algorithm, digits, periodSeconds, pin = '' }: NewEntry): string {
  return [type, bytesToHex(secret), algorithm, digits, periodSeconds, pin].join('\n')
}

function wholeText(entry: NewEntry): string {
  return [codeSource(entry), entry.counter ?? '', entry.issuer, entry.label].join('\n')
}
