import { type Bytes, bytesToBase64 } from '../core/bytes'
import { AppError } from '../core/errors'
import type { KdfParameters } from '../crypto/kdf'
import { parseSheetCode } from '../crypto/sheet-code'
import { openStored } from './contents'
import { agreedCopy, newestHeader, readCopies } from './copies'
import { FORMAT } from './format'
import { type Header, readHeader } from './header'
import { STEPS, type Step, migrate } from './migrations'
import { openWithPasskey, openWithPassphrase, openWithSheet } from './slots'
import { type Stores, settleWith } from './stores'

/** Makes the vault key out of one slot of the header; throws what is wrong with the secret. */
export type Opener = (header: Header) => Promise<Bytes>

export function byPassphrase(passphrase: string, floor: KdfParameters): Opener {
  return (header) => openWithPassphrase(header, passphrase, floor)
}

/** Throws `vault/sheet-code-mistyped`, `vault/wrong-sheet-code`. */
export function bySheet(code: string): Opener {
  return async (header) => {
    const vaultKey = await openWithSheet(header, await parseSheetCode(code))
    if (!vaultKey) throw new AppError('vault/wrong-sheet-code')
    return vaultKey
  }
}

/** Throws `vault/wrong-passkey`. */
export function byPasskey(slotId: string, prfOutput: Bytes): Opener {
  return async (header) => {
    const vaultKey = await openWithPasskey(header, slotId, prfOutput)
    if (!vaultKey) throw new AppError('vault/wrong-passkey')
    return vaultKey
  }
}

/**
 * The vault key, as text. Both copies are compared, healed where they differ, and lifted by `steps` to the format of this program;
 * `alone` is how to get at the lock for that.
 */
export async function unlock(
  stores: Stores,
  opener: Opener,
  alone: Stores['alone'],
  steps: ReadonlyMap<number, Step> = STEPS,
): Promise<string> {
  const copies = await readCopies(stores.db, stores.mirror)
  const agreed = agreedCopy(copies)
  const { header } = await readHeader(agreed ? agreed.header : await newestHeader(copies))
  const key = bytesToBase64(await opener(header))
  // Also shows that this header is the manifest's own, and not an older one with an older passphrase.
  if (agreed) await openStored(agreed, key)
  else await alone(() => settleWith(stores, key))
  if (header.format < FORMAT) await alone(() => migrate(stores, key, steps))
  return key
}

/** The header as it is now. Throws `vault/absent`, `vault/damaged`. */
export async function currentHeader(stores: Stores): Promise<Header> {
  const inDatabase = await databaseHeader(stores)
  if (inDatabase) return inDatabase
  const copies = await readCopies(stores.db, stores.mirror)
  return (await readHeader(await newestHeader(copies))).header
}

/** Read alone, since a large vault takes its time; null where it is not whole. */
async function databaseHeader({ db }: Stores): Promise<Header | null> {
  try {
    const { header, manifest } = await db.read([])
    return manifest === undefined ? null : (await readHeader(header)).header
  } catch (error) {
    if (error instanceof AppError && error.code !== 'vault/newer-format') return null
    throw error
  }
}
