import { bytesToBase64 } from '../core/bytes'
import { AppError } from '../core/errors'
import { KDF_DEFAULT, type KdfParameters, normalizePassphrase } from '../crypto/kdf'
import { newKey, randomId } from '../crypto/keys'
import { type Contents, type Opened, keyBytes, openRecords, openStored, toContents } from './contents'
import { type Db, type Stored, openDb } from './db'
import { type Edit, planWrite, readBack } from './edit'
import { FORMAT, isPassphraseSlot, newPassphraseSlot, openWithPassphrase, readHeader, storeHeader } from './header'
import { sealManifest, vaultKeys } from './record'

/** Counted in characters after normalisation; how good a passphrase is, the interface judges. */
export const MIN_PASSPHRASE_LENGTH = 8

export interface VaultOptions {
  databaseName: string
  /** What stretching a new passphrase costs. */
  kdf?: KdfParameters
  /** What it must cost at least; a stored slot below it is refused (KEY-1). */
  kdfFloor?: KdfParameters
}

/**
 * The encrypted store. It keeps no key: `create` and `unlock` hand out the vault key as text, and each action on the contents
 * takes it. Every action may also throw `vault/storage-failed`, `vault/storage-full`, `vault/newer-format`.
 */
export interface Vault {
  /** `present` also for a vault that is damaged: nothing is ever created over it (VLT-4). */
  status(): Promise<'absent' | 'present'>
  /** Answers the vault key. Throws `vault/already-exists`, `vault/passphrase-too-short`. */
  create(passphrase: string): Promise<string>
  /** Answers the vault key. Throws `vault/absent`, `vault/wrong-passphrase`, `vault/damaged`, `vault/key-derivation-too-weak`. */
  unlock(passphrase: string): Promise<string>
  /** Throws `vault/absent`, `vault/damaged`: the latter only if header or manifest is; a damaged record is listed. */
  read(key: string): Promise<Contents>
  /**
   * Writes what `edit` answers for the contents as they are now, in one transaction, and answers the contents with the written
   * records read back from the store. `edit` may be called again when another window wrote in between; null changes nothing.
   */
  change(key: string, edit: (contents: Contents) => Edit | null): Promise<Contents>
  /** At every instant exactly one of both opens the vault (VLT-12). The vault key stays. */
  changePassphrase(current: string, next: string): Promise<void>
  /** Closes the database; the next action opens it again. */
  close(): Promise<void>
}

/** A name for a new entry or server; it is all that identifies it (BND-8). */
export function newRecordId(): string {
  return randomId()
}

/** Opens nothing yet: the database is touched by the first action. */
export function openVault({ databaseName, kdf = KDF_DEFAULT, kdfFloor = KDF_DEFAULT }: VaultOptions): Vault {
  const db = openDb(databaseName)
  const alone = <Result>(work: () => Promise<Result>): Promise<Result> => withLock(`vault ${databaseName}`, work)
  return {
    status: async () => ((await db.isEmpty()) ? 'absent' : 'present'),
    create: (passphrase) => alone(() => create(db, passphrase, kdf)),
    unlock: (passphrase) => unlock(db, passphrase, kdfFloor),
    read: (key) => read(db, key),
    change: (key, edit) => alone(() => change(db, key, edit)),
    changePassphrase: (current, next) => alone(() => changePassphrase(db, current, next, kdf, kdfFloor)),
    close: () => db.close(),
  }
}

async function create(db: Db, passphrase: string, kdf: KdfParameters): Promise<string> {
  checkLength(passphrase)
  if (!(await db.isEmpty())) throw new AppError('vault/already-exists')
  const vaultKey = newKey()
  const vaultId = randomId()
  const slot = await newPassphraseSlot(vaultId, vaultKey, passphrase, kdf)
  const header = await storeHeader({ format: FORMAT, vaultId, slots: [slot] })
  const manifest = { generation: 1, header: bytesToBase64(header.checksum), records: [] }
  const sealed = await sealManifest(await vaultKeys(vaultKey, vaultId), manifest)
  if (!(await db.write(null, { header, manifest: sealed, rows: new Map() }))) throw new AppError('vault/already-exists')
  const key = bytesToBase64(vaultKey)
  await reopen(db, key, manifest.generation)
  return key
}

async function unlock(db: Db, passphrase: string, floor: KdfParameters): Promise<string> {
  const stored = await load(db, [])
  const { header } = await readHeader(stored.header)
  const key = bytesToBase64(await openWithPassphrase(header, passphrase, floor))
  // Also shows that this header is the manifest's own, and not an older one with an older passphrase.
  await openStored(stored, key)
  return key
}

async function read(db: Db, key: string): Promise<Contents> {
  const opened = await openStored(await load(db), key)
  return toContents(opened.manifest, await openRecords(opened))
}

async function change(db: Db, key: string, edit: (contents: Contents) => Edit | null): Promise<Contents> {
  // Ends: a write that is refused means that another one went through.
  for (;;) {
    const opened = await openStored(await load(db), key)
    const records = await openRecords(opened)
    const contents = toContents(opened.manifest, records)
    const wanted = edit(contents)
    if (wanted === null) return contents
    const plan = await planWrite(opened, wanted)
    if (!(await db.write(opened.manifest.generation, plan.changes))) continue
    const reopened = await reopen(db, key, plan.manifest.generation, plan.rows)
    return toContents(plan.manifest, new Map([...records, ...(await readBack(reopened, plan))]))
  }
}

async function changePassphrase(
  db: Db,
  current: string,
  next: string,
  kdf: KdfParameters,
  floor: KdfParameters,
): Promise<void> {
  checkLength(next)
  for (;;) {
    const key = await unlock(db, current, floor)
    const { keys, header, manifest } = await openStored(await load(db, []), key)
    const slot = await newPassphraseSlot(header.vaultId, keyBytes(key), next, kdf)
    const others = header.slots.filter((other) => !isPassphraseSlot(other))
    const newHeader = await storeHeader({ ...header, slots: [slot, ...others] })
    const generation = manifest.generation + 1
    const newManifest = { ...manifest, generation, header: bytesToBase64(newHeader.checksum) }
    const changes = { header: newHeader, manifest: await sealManifest(keys, newManifest), rows: new Map() }
    if (!(await db.write(manifest.generation, changes))) continue
    await reopen(db, key, generation)
    return
  }
}

async function load(db: Db, rows?: readonly number[]): Promise<Stored> {
  const stored = await db.read(rows)
  // Rows or a manifest without a header are not nothing: they are a damaged vault (VLT-4).
  if (stored.header === undefined && (await db.isEmpty())) throw new AppError('vault/absent')
  return stored
}

/** What was written is there, or the store lied when it said so. */
async function reopen(db: Db, key: string, generation: number, rows: readonly number[] = []): Promise<Opened> {
  const opened = await openStored(await load(db, rows), key)
  if (opened.manifest.generation < generation) throw new AppError('vault/storage-failed')
  return opened
}

function checkLength(passphrase: string): void {
  const length = [...normalizePassphrase(passphrase)].length
  if (length < MIN_PASSPHRASE_LENGTH) throw new AppError('vault/passphrase-too-short')
}

/** One writer at a time over all pages and the background, where the browser has locks; the store's own check holds without. */
function withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks
  return locks ? locks.request(name, work) : work()
}
