import { bytesToBase64 } from '../core/bytes'
import { AppError } from '../core/errors'
import { calibrateKdf } from '../crypto/calibrate'
import type { KdfParameters } from '../crypto/kdf'
import { newKey, randomId } from '../crypto/keys'
import { FORMAT } from './format'
import { storeHeader } from './header'
import { sealManifest, vaultKeys } from './record'
import { newPassphraseSlot } from './slots'
import { type Stores, follow, reopen, statusOf } from './stores'
import { checkLength } from './ways'

/** An empty vault, where there is no trace of one; answers its key. Under the lock. The one place that makes a vault (VLT-4). */
export async function createIn(stores: Stores, passphrase: string, kdf?: KdfParameters): Promise<string> {
  checkLength(passphrase)
  if ((await statusOf(stores)) !== 'absent') throw new AppError('vault/already-exists')
  const vaultKey = newKey()
  const vaultId = randomId()
  const slot = await newPassphraseSlot(vaultId, vaultKey, passphrase, kdf ?? (await calibrateKdf()))
  const header = await storeHeader({ format: FORMAT, vaultId, slots: [slot] })
  const manifest = { generation: 1, header: bytesToBase64(header.checksum), records: [] }
  const sealed = await sealManifest(await vaultKeys(vaultKey, vaultId), manifest)
  const changes = { header, manifest: sealed, rows: new Map() }
  if (!(await stores.db.write(null, changes))) throw new AppError('vault/already-exists')
  const key = bytesToBase64(vaultKey)
  await reopen(stores, key, manifest.generation)
  // The sentinel with it, and not before: without a vault it would keep one from being made.
  await follow(stores, null, changes)
  return key
}
