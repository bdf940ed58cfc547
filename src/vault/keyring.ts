import { type Bytes, bytesToBase64 } from '../core/bytes'
import { AppError } from '../core/errors'
import { newKey } from '../crypto/keys'
import { keyBytes, openRecords } from './contents'
import type { Changes } from './db'
import { storeHeader } from './header'
import { keepSnapshot } from './history'
import { rekeyed } from './rekey'
import { type Slot, isPassphraseSlot, isSheetSlot } from './slots'
import { type Stores, follow, openToWrite } from './stores'
import { sealManifest } from './record'
import { commit } from './writing'

/** Makes the vault's slots anew, given the key that each must wrap. */
export type SlotEdit = (vaultKey: Bytes, vaultId: string, slots: readonly Slot[]) => Promise<readonly Slot[]>

/** Other slots under the same vault key: header and manifest, no record. Under the lock. Throws `vault/last-slot`. */
export async function changeSlots(stores: Stores, key: string, edit: SlotEdit, snapshot?: 'passphrase'): Promise<void> {
  for (;;) {
    const vault = await openToWrite(stores, key)
    const { keys, header, manifest } = vault.opened
    const slots = await edit(keyBytes(key), header.vaultId, header.slots)
    if (!slots.some((slot) => isPassphraseSlot(slot) || isSheetSlot(slot))) throw new AppError('vault/last-slot')
    const stored = await storeHeader({ ...header, slots })
    const to = manifest.generation + 1
    const sealed = await sealManifest(keys, { ...manifest, generation: to, header: bytesToBase64(stored.checksum) })
    const changes: Changes = { header: stored, manifest: sealed, rows: new Map() }
    const kept = snapshot ? await keepSnapshot(stores, key, vault, snapshot) : {}
    const write = { from: manifest.generation, to, changes: { ...changes, ...kept } }
    if (!(await commit(stores, key, write))) continue
    await follow(stores, manifest.generation, changes)
    return
  }
}

/**
 * A new vault key, and everything sealed under it in one transaction. Slots that `edit` does not make again are gone: what they
 * wrapped opens nothing any more. Answers the new key. Throws `vault/record-damaged`: what does not open cannot be sealed again.
 */
export async function changeKey(stores: Stores, key: string, edit: SlotEdit): Promise<string> {
  for (;;) {
    const vault = await openToWrite(stores, key)
    const damaged = [...vault.records.values()].filter((record) => record === null).length
    if (damaged > 0) throw new AppError('vault/record-damaged', { count: damaged })
    const { header, manifest } = vault.opened
    const next = newKey()
    const stored = await storeHeader({ ...header, slots: await edit(next, header.vaultId, header.slots) })
    const changes = await rekeyed(stores, vault, keyBytes(key), next, stored)
    const nextKey = bytesToBase64(next)
    const write = { from: manifest.generation, to: manifest.generation + 1, changes, rows: [...changes.rows.keys()] }
    const reopened = await commit(stores, nextKey, write)
    if (!reopened) continue
    const found = await openRecords(reopened)
    if ([...found.values()].includes(null)) throw new AppError('vault/storage-failed')
    await follow(stores, null, changes)
    return nextKey
  }
}
