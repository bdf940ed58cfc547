import type { Bytes } from '../core/bytes'
import { KDF_DEFAULT, type KdfParameters } from '../crypto/kdf'
import { randomId } from '../crypto/keys'
import type { Contents } from './contents'
import type { CopiesReport } from './copies'
import { salvageAside } from './aside'
import { createIn } from './create'
import type { Edit } from './edit'
import { type KeptSnapshot, listSnapshots } from './history'
import { type Opener, byPasskey, byPassphrase, bySheet, unlock } from './opening'
import { letGoOfLost } from './lost'
import { asideOver, asideTimes, dropOldAside, exportAside, exportRaw, startAnew } from './raw'
import { readSnapshot, restoreSnapshot, takeSnapshot } from './restore'
import { type Salvage, rebuild, salvage } from './salvage'
import type { VaultRecord } from './record'
import type { SnapshotReason } from './snapshots'
import { type SomeEntries, readSome } from './some'
import { type Stores, openStores, readContents, statusOf } from './stores'
import {
  type PasskeyAnswer,
  type SlotInfo,
  addPasskey,
  addSheet,
  checkLength,
  removeSlot,
  replaceKey,
  setPassphrase,
  slotInfos,
} from './ways'
import { change } from './writing'

export interface VaultOptions {
  databaseName: string
  /** What stretching a new passphrase costs; measured on this machine where it is not given (KEY-1). */
  kdf?: KdfParameters
  /** What it must cost at least; a stored slot below it is refused (KEY-1). */
  kdfFloor?: KdfParameters
  /** The clock, for snapshots: one is kept for each day on which something changes. */
  now?: () => number
  /** Hears what the vault holds, whenever all of it was read. */
  onContents?: (key: string, contents: Contents) => void
  /** Hears what was found wrong with the two copies of the vault, and what was done about it (VLT-3). */
  onReport?: (report: CopiesReport) => void
}

/** What opens a vault without help from the browser. */
export type Secret = { passphrase: string } | { sheet: string }

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
  /** Throws as `unlock`, and `vault/sheet-code-mistyped`, `vault/wrong-sheet-code`. */
  unlockWithSheet(code: string): Promise<string>
  /** `prfOutput`: what the slot's passkey made of its `prfInput`. Throws as `unlock`, and `vault/wrong-passkey`. */
  unlockWithPasskey(slotId: string, prfOutput: Bytes): Promise<string>
  /** Throws `vault/absent`, `vault/damaged`: the latter only if header or manifest is; a damaged record is listed. */
  read(key: string): Promise<Contents>
  /** Some entries, for who waits for no others: as {@link readSome}. */
  readSome(key: string, ids: readonly string[]): Promise<SomeEntries | null>
  /**
   * Writes what `edit` answers for the contents as they are now, in one transaction, and answers the contents with the written
   * records read back from the store. `edit` may be called again when another window wrote in between; null changes nothing.
   */
  change(key: string, edit: (contents: Contents) => Edit | null): Promise<Contents>

  /** At every instant exactly one of both opens the vault (VLT-12). The vault key and the other slots stay. */
  changePassphrase(current: string, next: string): Promise<void>
  /** For who came in with the recovery sheet and has forgotten the passphrase. */
  setPassphrase(key: string, next: string): Promise<void>
  /**
   * Replaces the vault key, too, and seals everything anew: whoever has the old one, or a copy of it under an old passphrase, opens
   * nothing written from now on. Recovery sheet and passkeys have to be made again. Answers the new key.
   */
  changeKey(current: string, next: string): Promise<string>
  /** The ways to open the vault. Needs no key. */
  slots(): Promise<readonly SlotInfo[]>
  /** Answers the code to print, which is stored nowhere. An earlier sheet opens nothing any more. */
  addSheet(key: string): Promise<string>
  /** Answers the slot's id. */
  addPasskey(key: string, passkey: PasskeyAnswer): Promise<string>
  /** Throws `vault/last-slot` where neither passphrase nor recovery sheet would be left. */
  removeSlot(key: string, id: string): Promise<void>

  /** What can be gone back to, newest first. Needs no key. */
  snapshots(): Promise<readonly KeptSnapshot[]>
  /** To be taken before what cannot be undone otherwise. */
  takeSnapshot(key: string, reason: SnapshotReason): Promise<void>
  /** Opens a snapshot in memory: all of it, or it throws `vault/snapshot-damaged`, `vault/snapshot-missing`. */
  readSnapshot(key: string, takenAt: number): Promise<readonly VaultRecord[]>
  /** Goes back to a snapshot, after taking one of now. What was added since goes to the trash. Throws as `readSnapshot`. */
  restoreSnapshot(key: string, takenAt: number): Promise<Contents>
  /** Takes damaged records off the list, after putting aside all that lies there; answers how many there were. */
  letGoOfLost(key: string): Promise<number>

  /** Of a vault that throws `vault/damaged`: what still opens, and what is lost, by name. Writes nothing. Throws as `unlock`. */
  salvage(secret: Secret): Promise<Salvage>
  /** Makes a vault of what `salvage` found, at the user's wish; what was there is put aside. Answers the vault key. */
  rebuild(secret: Secret): Promise<string>
  /** Everything that is stored, sealed as it is, in one file. Needs no key and no whole vault (VLT-14). */
  exportRaw(): Promise<Bytes>
  /** Puts the vault aside for 90 days, so that another can be created: for who has lost every way to open it (KEY-10). */
  startAnew(): Promise<void>
  /** When vaults were put aside. */
  aside(): Promise<readonly number[]>
  /** A vault that was put aside, as `exportRaw` would have made it. Throws `vault/absent`. */
  exportAside(at: number): Promise<Bytes>
  /** What opens of it, with what opened it then. Writes nothing. Throws as `salvage`, and `vault/absent`. */
  salvageAside(at: number, secret: Secret): Promise<Salvage>
  /** When those were put aside whose 90 days are over, if the clock is right. */
  asideOver(): Promise<readonly number[]>
  /** Lets go of those named whose 90 days are over: of what was seen to be over for long enough to believe the clock. */
  dropOldAside(named: readonly number[]): Promise<void>
  /** Closes the database; the next action opens it again. */
  close(): Promise<void>
}

/** A name for a new entry or server; it is all that identifies it (BND-8). */
export function newRecordId(): string {
  return randomId()
}

/** Opens nothing yet: the stores are touched by the first action. */
export function openVault({
  databaseName,
  kdf,
  kdfFloor = KDF_DEFAULT,
  now,
  onReport,
  onContents,
}: VaultOptions): Vault {
  const stores = openStores(databaseName, { now, onReport })
  const { alone } = stores
  const heard = async (key: string, reading: Promise<Contents>): Promise<Contents> => {
    const contents = await reading
    onContents?.(key, contents)
    return contents
  }
  /** For what runs under the lock already. */
  const held: Stores['alone'] = (work) => work()
  const checked = (passphrase: string): Promise<string> => unlock(stores, byPassphrase(passphrase, kdfFloor), held)
  return {
    status: () => statusOf(stores),
    create: (passphrase) => alone(() => createIn(stores, passphrase, kdf)),
    unlock: (passphrase) => unlock(stores, byPassphrase(passphrase, kdfFloor), alone),
    unlockWithSheet: (code) => unlock(stores, bySheet(code), alone),
    unlockWithPasskey: (slotId, prfOutput) => unlock(stores, byPasskey(slotId, prfOutput), alone),
    read: (key) => heard(key, readContents(stores, key)),
    readSome: (key, ids) => readSome(stores, key, ids),
    change: (key, edit) =>
      heard(
        key,
        alone(() => change(stores, key, edit)),
      ),

    changePassphrase: (current, next) =>
      alone(async () => {
        checkLength(next)
        await setPassphrase(stores, await checked(current), next, kdf)
      }),
    setPassphrase: (key, next) => alone(() => setPassphrase(stores, key, next, kdf)),
    changeKey: (current, next) =>
      alone(async () => {
        checkLength(next)
        const key = await checked(current)
        await takeSnapshot(stores, key, 'passphrase')
        return replaceKey(stores, key, next, kdf)
      }),
    slots: () => slotInfos(stores),
    addSheet: (key) => alone(() => addSheet(stores, key)),
    addPasskey: (key, passkey) => alone(() => addPasskey(stores, key, passkey)),
    removeSlot: (key, id) => alone(() => removeSlot(stores, key, id)),

    snapshots: () => listSnapshots(stores),
    takeSnapshot: (key, reason) => alone(() => takeSnapshot(stores, key, reason)),
    readSnapshot: (key, takenAt) => readSnapshot(stores, key, takenAt),
    restoreSnapshot: (key, takenAt) => alone(() => restoreSnapshot(stores, key, takenAt)),

    letGoOfLost: (key) => alone(() => letGoOfLost(stores, key)),

    salvage: (secret) => salvage(stores, openerOf(secret, kdfFloor)),
    rebuild: (secret) => alone(() => rebuild(stores, openerOf(secret, kdfFloor))),
    exportRaw: () => exportRaw(stores),
    startAnew: () => alone(() => startAnew(stores)),
    aside: () => asideTimes(stores),
    exportAside: (at) => exportAside(stores, at),
    salvageAside: (at, secret) => salvageAside(stores, at, openerOf(secret, kdfFloor)),
    asideOver: () => asideOver(stores),
    dropOldAside: (named) => alone(() => dropOldAside(stores, named)),
    close: () => stores.db.close(),
  }
}

function openerOf(secret: Secret, floor: KdfParameters): Opener {
  return 'sheet' in secret ? bySheet(secret.sheet) : byPassphrase(secret.passphrase, floor)
}
