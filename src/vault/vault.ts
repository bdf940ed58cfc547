import { bytesToBase64 } from '../core/bytes'
import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { KDF_DEFAULT, type KdfParameters, normalizePassphrase } from '../crypto/kdf'
import { newKey, randomId } from '../crypto/keys'
import { type Contents, type Opened, keyBytes, openStored, toContents } from './contents'
import { type CopiesReport, agreedCopy, newestHeader, readCopies } from './copies'
import { type Edit, planWrite, readBack } from './edit'
import { FORMAT, isPassphraseSlot, newPassphraseSlot, openWithPassphrase, readHeader, storeHeader } from './header'
import { type VaultRecord, sealManifest, vaultKeys } from './record'
import { type Stores, follow, openStores, openToWrite, openWith, settleWith, statusOf } from './stores'

/** Counted in characters after normalisation; how good a passphrase is, the interface judges. */
export const MIN_PASSPHRASE_LENGTH = 8

export interface VaultOptions {
  databaseName: string
  /** What stretching a new passphrase costs. */
  kdf?: KdfParameters
  /** What it must cost at least; a stored slot below it is refused (KEY-1). */
  kdfFloor?: KdfParameters
  /** Hears what was found wrong with the two copies of the vault, and what was done about it (VLT-3). */
  onReport?: (report: CopiesReport) => void
}

/**
 * The encrypted store. It keeps no key: `create` and `unlock` hand out the vault key as text, and each action on the contents
 * takes it. Every action may also throw `vault/storage-failed`, `vault/storage-full`, `vault/newer-format`.
 */
export interface Vault {
  /** `damaged`: there was a vault, and no copy has a header that could be opened. Nothing is ever created over it (VLT-4). */
  status(): Promise<'absent' | 'present' | 'damaged'>
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

/** Opens nothing yet: the stores are touched by the first action. */
export function openVault(options: VaultOptions): Vault {
  const { databaseName, kdf = KDF_DEFAULT, kdfFloor = KDF_DEFAULT, onReport = () => undefined } = options
  const stores = openStores(databaseName, onReport)
  return {
    status: () => statusOf(stores),
    create: (passphrase) => stores.alone(() => create(stores, passphrase, kdf)),
    unlock: (passphrase) => unlock(stores, passphrase, kdfFloor, stores.alone),
    read: (key) => read(stores, key),
    change: (key, edit) => stores.alone(() => change(stores, key, edit)),
    changePassphrase: (current, next) => stores.alone(() => changePassphrase(stores, current, next, kdf, kdfFloor)),
    close: () => stores.db.close(),
  }
}

async function create(stores: Stores, passphrase: string, kdf: KdfParameters): Promise<string> {
  checkLength(passphrase)
  if ((await statusOf(stores)) !== 'absent') throw new AppError('vault/already-exists')
  const vaultKey = newKey()
  const vaultId = randomId()
  const slot = await newPassphraseSlot(vaultId, vaultKey, passphrase, kdf)
  const header = await storeHeader({ format: FORMAT, vaultId, slots: [slot] })
  const manifest = { generation: 1, header: bytesToBase64(header.checksum), records: [] }
  const sealed = await sealManifest(await vaultKeys(vaultKey, vaultId), manifest)
  const changes = { header, manifest: sealed, rows: new Map() }
  if (!(await stores.db.write(null, changes))) throw new AppError('vault/already-exists')
  const key = bytesToBase64(vaultKey)
  await reopen(stores, key, manifest.generation)
  await follow(stores, null, changes)
  return key
}

/** `alone` is how to get at the lock where it is not held yet. */
async function unlock(
  stores: Stores,
  passphrase: string,
  floor: KdfParameters,
  alone: Stores['alone'] = (work) => work(),
): Promise<string> {
  const copies = await readCopies(stores.db, stores.mirror)
  const agreed = agreedCopy(copies)
  const { header } = await readHeader(agreed ? agreed.header : await newestHeader(copies))
  const key = bytesToBase64(await openWithPassphrase(header, passphrase, floor))
  // Also shows that this header is the manifest's own, and not an older one with an older passphrase.
  if (agreed) await openStored(agreed, key)
  else await alone(() => settleWith(stores, key))
  return key
}

async function read(stores: Stores, key: string): Promise<Contents> {
  const { opened, records } = await openWith(stores, key)
  return toContents(opened.manifest, records)
}

async function change(stores: Stores, key: string, edit: (contents: Contents) => Edit | null): Promise<Contents> {
  // Ends: a write that is refused means that another one went through.
  for (;;) {
    const { opened, records } = await openToWrite(stores, key)
    const contents = toContents(opened.manifest, records)
    const wanted = edit(contents)
    if (wanted === null) return contents
    const plan = await planWrite(opened, wanted)
    if (!(await stores.db.write(opened.manifest.generation, plan.changes))) continue
    const reopened = await reopen(stores, key, plan.manifest.generation, plan.rows)
    const found = await readBack(reopened, plan)
    const followed = await follow(stores, opened.manifest.generation, plan.changes)
    if (!followed && plan.written.some(isBeingBound)) throw new AppError('vault/storage-failed')
    return toContents(plan.manifest, new Map([...records, ...found]))
  }
}

async function changePassphrase(
  stores: Stores,
  current: string,
  next: string,
  kdf: KdfParameters,
  floor: KdfParameters,
): Promise<void> {
  checkLength(next)
  for (;;) {
    const key = await unlock(stores, current, floor)
    const { keys, header, manifest } = (await openToWrite(stores, key)).opened
    const slot = await newPassphraseSlot(header.vaultId, keyBytes(key), next, kdf)
    const others = header.slots.filter((other) => !isPassphraseSlot(other))
    const newHeader = await storeHeader({ ...header, slots: [slot, ...others] })
    const generation = manifest.generation + 1
    const newManifest = { ...manifest, generation, header: bytesToBase64(newHeader.checksum) }
    const changes = { header: newHeader, manifest: await sealManifest(keys, newManifest), rows: new Map() }
    if (!(await stores.db.write(manifest.generation, changes))) continue
    await reopen(stores, key, generation)
    await follow(stores, manifest.generation, changes)
    return
  }
}

/** What was written is there, or the store lied when it said so. */
async function reopen({ db }: Stores, key: string, generation: number, rows: readonly number[] = []): Promise<Opened> {
  const opened = await openStored(await db.read(rows), key)
  if (opened.manifest.generation < generation) throw new AppError('vault/storage-failed')
  return opened
}

/** The server is about to rely on it: one copy is not enough (BND-1). */
function isBeingBound({ value }: VaultRecord): boolean {
  const phase = (value as Partial<Entry>).binding?.phase
  return phase === 'associated' || phase === 'confirming'
}

function checkLength(passphrase: string): void {
  const length = [...normalizePassphrase(passphrase)].length
  if (length < MIN_PASSPHRASE_LENGTH) throw new AppError('vault/passphrase-too-short')
}
