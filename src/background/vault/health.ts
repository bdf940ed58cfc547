import browser from 'webextension-polyfill'
import { bytesToText } from '../../core/bytes'
import type { Entry, Server } from '../../core/entry'
import { AppError } from '../../core/errors'
import { announce } from '../../rpc/client'
import type { LostAccount, RescueSecret, SalvageView, SnapshotView } from '../../rpc/health-calls'
import type { ExportedVault, ImportResult } from '../../rpc/transfer-calls'
import { settings } from '../../settings'
import type { VaultRecord } from '../../vault/record'
import { asFormer } from '../../vault/restore'
import type { Salvage } from '../../vault/salvage'
import { lock } from './autolock'
import { carriedWith } from '../carried'
import { surelyOver } from '../expiry'
import { guessAside, guessWith } from './guessing'
import { importEntries, isInUse } from '../transfer'
import { vault, vaultKey } from './unlocked'

/** A snapshot is opened at least so often, so that nobody finds out too late that it does not open. */
const PROOF_MS = 30 * 86_400_000

/** Before anything else is written by a version that has not opened this vault yet. What cannot be kept must not keep the vault shut. */
export async function keepBeforeUpdate(key: string): Promise<void> {
  const { version } = browser.runtime.getManifest()
  const before = await settings.lastVersion.get()
  if (before === version) return
  try {
    // A store that keeps nothing would have each unlock take one more, until no other is left.
    await settings.lastVersion.set(before)
    if ((await vault.read(key)).generation > 1) await vault.takeSnapshot(key, 'update')
    await settings.lastVersion.set(version)
  } catch {
    // The next unlock tries again.
  }
}

/** What is looked after once the vault is open: the monthly proof, and what was put aside long enough ago. */
export async function lookAfter(key: string, now: number): Promise<void> {
  await quietly(() => dropOldAside(now))
  const last = await settings.lastProof.get()
  const due = !last || now - last.at >= PROOF_MS || last.at > now
  if (due) await quietly(() => prove(key, now))
}

async function dropOldAside(now: number): Promise<void> {
  const sure = await surelyOver('aside', (await vault.asideOver()).map(String), now)
  await vault.dropOldAside(sure.map(Number))
}

/** Opens the newest snapshot in memory; false where it does not open, null where there is none. */
export async function proveSnapshot(now: number): Promise<boolean | null> {
  return prove(await vaultKey(), now)
}

async function prove(key: string, now: number): Promise<boolean | null> {
  const [newest] = await vault.snapshots()
  if (!newest) return null
  const { takenAt } = newest
  const opened = (await recordsAt(key, takenAt)) !== null
  await settings.lastProof.set({ at: now, takenAt, opened })
  return opened
}

/** What can be gone back to, each opened, newest first. */
export async function snapshots(): Promise<readonly SnapshotView[]> {
  const key = await vaultKey()
  const kept = await vault.snapshots()
  return Promise.all(
    kept.map(async ({ takenAt, reason, bytes }) => {
      const entries = await entriesAt(key, takenAt)
      return { takenAt, reason, bytes, accounts: entries && entries.filter(isInUse).length }
    }),
  )
}

export async function takeSnapshot(now: number): Promise<void> {
  const key = await vaultKey()
  await vault.takeSnapshot(key, 'asked')
  await prove(key, now)
}

/** Goes back; answers the moment of the snapshot that leads here again. */
export async function restoreSnapshot(takenAt: number): Promise<number> {
  await vault.restoreSnapshot(await vaultKey(), takenAt)
  await announceAll()
  const before = (await vault.snapshots()).find(({ reason }) => reason === 'restore')
  if (!before) throw new AppError('vault/snapshot-missing')
  return before.takenAt
}

/** Accounts that open in neither copy, with what snapshots know of them. */
export async function lostAccounts(): Promise<readonly LostAccount[]> {
  return (await lostRecords()).map(({ id, record, snapshotAt }) => ({
    id,
    names: record && namesOf(record),
    snapshotAt,
  }))
}

function namesOf(record: VaultRecord): { issuer: string; label: string } {
  if (record.kind === 'entry') return { issuer: record.value.issuer, label: record.value.label }
  return { issuer: record.value.appHost, label: record.value.appId }
}

/** Puts back what snapshots have of them, as it was then; a binding only as one that the server may still have (BND-3). */
export async function bringBackLost(): Promise<number> {
  const records = (await lostRecords()).flatMap(({ record }) => record ?? [])
  const key = await vaultKey()
  let count = 0
  await vault.change(key, ({ damaged }) => {
    const still = records.filter(({ value }) => damaged.includes(value.id))
    count = still.length
    return count > 0 ? { entries: entriesIn(still).map(asFormer), servers: serversIn(still) } : null
  })
  await announceAll()
  return count
}

export async function letGoOfLost(): Promise<number> {
  const count = await vault.letGoOfLost(await vaultKey())
  await announceAll()
  return count
}

/** Writes nothing (VLT-4). */
export async function salvage(secret: RescueSecret): Promise<SalvageView> {
  const { entries, lost, former, onlyInSnapshot, exact } = await guessWith(secret, () => vault.salvage(secret))
  const byId = new Map(former.map(({ id, issuer, label }) => [id, { issuer, label }]))
  const names = lost.map((id) => byId.get(id) ?? null)
  const counts = { inSnapshot: former.length, onlyInSnapshot: onlyInSnapshot.length }
  return { open: entries.filter(isInUse).length, lost: names, ...counts, exact }
}

/** The old vault is put aside, and nothing that was said of it holds for the next one. */
export async function startAnew(): Promise<void> {
  await vault.startAnew()
  for (const item of [settings.lastExportAt, settings.backupRemindedAt, settings.copiesReport, settings.lastProof]) {
    await item.set(null)
  }
  await settings.passphraseGuesses.set(null)
  await lock()
}

/**
 * What still opens, and what a snapshot has of the rest, for a file. Where no list says what was deleted, what is in the snapshot
 * alone counts as lost.
 */
export async function exportRemains(secret: RescueSecret): Promise<ExportedVault> {
  const remains = await guessWith(secret, () => vault.salvage(secret))
  const { entries, former, onlyFormer, lost, exact } = remains
  const going = [...entries, ...former, ...(exact ? [] : onlyFormer)].filter(isInUse)
  return { entries: going.map(carriedWith(serversOf(remains))), damaged: lost.length - former.length }
}

function serversOf({ servers, formerServers }: Salvage): readonly Server[] {
  return [...servers, ...formerServers]
}

export async function exportRaw(): Promise<string> {
  return textOf(await vault.exportRaw())
}

export async function exportAside(at: number): Promise<string> {
  return textOf(await vault.exportAside(at))
}

/**
 * The accounts of a vault that was put aside come in like those of a file, with the servers at which they are bound. What lay in
 * the trash, or is in its snapshot alone, comes into the trash.
 */
export async function importAside(at: number, secret: RescueSecret, now: number): Promise<ImportResult> {
  await vaultKey()
  const remains = await guessAside(at, () => vault.salvageAside(at, secret))
  const servers = serversOf(remains)
  const carried = carriedWith(servers)
  const known = [...remains.entries, ...remains.former]
  const trashed = [...known.filter((entry) => !isInUse(entry)), ...remains.onlyFormer].map(carried)
  return importEntries(known.filter(isInUse).map(carried), now, { servers, trashed })
}

function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  const text = bytesToText(bytes)
  if (text === null) throw new AppError('vault/damaged')
  return text
}

/** An account or a server that opens in neither copy. */
interface LostRecord {
  id: string
  record: VaultRecord | null
  snapshotAt: number | null
}

/** Looked for in the newest snapshot first. */
async function lostRecords(): Promise<readonly LostRecord[]> {
  const key = await vaultKey()
  const { damaged } = await vault.read(key)
  if (damaged.length === 0) return []
  const found = new Map<string, LostRecord>()
  for (const { takenAt } of await vault.snapshots()) {
    for (const record of (await recordsAt(key, takenAt)) ?? []) {
      const { id } = record.value
      if (!found.has(id)) found.set(id, { id, record, snapshotAt: takenAt })
    }
  }
  return damaged.map((id) => found.get(id) ?? { id, record: null, snapshotAt: null })
}

async function entriesAt(key: string, takenAt: number): Promise<readonly Entry[] | null> {
  const records = await recordsAt(key, takenAt)
  return records && entriesIn(records)
}

function entriesIn(records: readonly VaultRecord[]): readonly Entry[] {
  return records.flatMap((record) => (record.kind === 'entry' ? [record.value] : []))
}

function serversIn(records: readonly VaultRecord[]): readonly Server[] {
  return records.flatMap((record) => (record.kind === 'server' ? [record.value] : []))
}

/** Null where the snapshot does not open. */
async function recordsAt(key: string, takenAt: number): Promise<readonly VaultRecord[] | null> {
  try {
    return await vault.readSnapshot(key, takenAt)
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault/snapshot-damaged') return null
    throw error
  }
}

async function announceAll(): Promise<void> {
  await announce('entries-changed')
  await announce('servers-changed')
}

/** For what looks after the vault unasked: a store that does not answer now is asked again at the next unlock. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}
