import { type Bytes, bytesToText, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { purposeKey } from '../crypto/keys'
import { type Context, open, seal } from '../crypto/seal'
import { SEAL_VERSION } from './format'
import { type VaultRecord, parseRecord, recordText } from './record'

/** Why a snapshot was taken: `asked` by the user, `daily` before the first change of a day, the others before what they are named for. */
export const SNAPSHOT_REASONS = ['asked', 'daily', 'import', 'passphrase', 'restore', 'update'] as const
export type SnapshotReason = (typeof SNAPSHOT_REASONS)[number]

/** What can be said of a snapshot without opening it. */
export interface SnapshotInfo {
  /** In epoch milliseconds; names the snapshot. */
  takenAt: number
  reason: SnapshotReason
  /** The vault's generation that it holds. */
  generation: number
  /** How many records are in it. */
  records: number
  /** Higher than that of every snapshot before it. Not sealed, and trusted for nothing but their order; none had one at first. */
  sequence?: number
}

/** All records that opened, sealed as one: it stands for itself, whatever becomes of header, manifest and rows. */
export interface StoredSnapshot extends SnapshotInfo {
  sealed: Bytes
}

const DAY_MS = 86_400_000
/** The last five days with changes, and the last three of all others; within a bound that no honest vault comes near. */
const KEPT_DAILY = 5
const KEPT_OTHER = 3
const KEPT_BYTES = 32 * 1024 * 1024

export async function sealSnapshot(
  vaultKey: Bytes,
  vaultId: string,
  info: Omit<SnapshotInfo, 'records'>,
  records: readonly VaultRecord[],
): Promise<StoredSnapshot> {
  const named: SnapshotInfo = { ...info, records: records.length }
  const listed = records.map((record) => ({ id: record.value.id, kind: record.kind, text: recordText(record) }))
  const key = await purposeKey(vaultKey, vaultId, 'snapshots')
  return { ...named, sealed: await seal(key, textToBytes(JSON.stringify(listed)), contextOf(vaultId, named)) }
}

/** The records in their order. Throws `vault/snapshot-damaged`. */
export async function openSnapshot(vaultKey: Bytes, vaultId: string, stored: unknown): Promise<readonly VaultRecord[]> {
  if (!isSnapshot(stored)) throw new AppError('vault/snapshot-damaged')
  const key = await purposeKey(vaultKey, vaultId, 'snapshots')
  const plaintext = await open(key, stored.sealed, contextOf(vaultId, stored))
  const text = plaintext && bytesToText(plaintext)
  if (!text) throw new AppError('vault/snapshot-damaged')
  const listed = JSON.parse(text) as { id: string; kind: VaultRecord['kind']; text: string }[]
  const records = listed.map((line) => parseRecord(line, line.text)).filter((record) => record !== null)
  if (records.length !== stored.records) throw new AppError('vault/snapshot-damaged')
  return records
}

/** Whether `now` is the first moment of its day (UTC) from which a snapshot is kept. */
export function isDue(times: readonly number[], now: number): boolean {
  return !times.some((time) => dayOf(time) === dayOf(now))
}

/** Newest first, in the order in which they were taken: a clock may have been wrong, a vault healed from a former state. */
export function newestFirst(a: SnapshotInfo, b: SnapshotInfo): number {
  return sequenceOf(b) - sequenceOf(a) || b.generation - a.generation || b.takenAt - a.takenAt
}

/** The place in that order of one that is taken now. */
export function nextSequence(before: readonly SnapshotInfo[]): number {
  return Math.max(0, ...before.map(sequenceOf)) + 1
}

/** Which of those before are too many beside the one just taken, whatever the clock said when they were taken. */
export function tooMany(before: readonly unknown[], taken: StoredSnapshot): readonly number[] {
  const kept = { daily: 0, other: 0, bytes: 0 }
  const known = [taken, ...before.filter(isSnapshot).toSorted(newestFirst)]
  const gone = known.filter(({ reason, sealed }, i) => {
    const kind = reason === 'daily' ? 'daily' : 'other'
    kept[kind]++
    kept.bytes += sealed.length
    return i > 0 && (kept[kind] > (kind === 'daily' ? KEPT_DAILY : KEPT_OTHER) || kept.bytes > KEPT_BYTES)
  })
  return gone.map(({ takenAt }) => takenAt)
}

export function isSnapshot(value: unknown): value is StoredSnapshot {
  const { takenAt, reason, generation, records, sealed } = (value ?? {}) as Partial<
    Record<keyof StoredSnapshot, unknown>
  >
  const numbers = [takenAt, generation, records]
  return (
    numbers.every((number) => typeof number === 'number') &&
    SNAPSHOT_REASONS.some((known) => known === reason) &&
    sealed instanceof Uint8Array
  )
}

function sequenceOf({ sequence }: SnapshotInfo): number {
  return Number.isSafeInteger(sequence) ? (sequence ?? 0) : 0
}

function dayOf(moment: number): number {
  return Math.floor(moment / DAY_MS)
}

function contextOf(vaultId: string, { takenAt, reason, generation, records }: SnapshotInfo): Context {
  return ['latchkey/snapshot', SEAL_VERSION, vaultId, takenAt, reason, generation, records]
}
