import { AppError } from '../core/errors'
import type { Bytes } from '../core/bytes'
import { calibrateKdf } from '../crypto/calibrate'
import { type KdfParameters, isCheaper, normalizePassphrase } from '../crypto/kdf'
import { formatSheetCode, newSheetSecret } from '../crypto/sheet-code'
import { changeKey, changeSlots } from './keyring'
import { currentHeader } from './opening'
import {
  type PassphraseSlot,
  type Slot,
  isPasskeySlot,
  isPassphraseSlot,
  isSheetSlot,
  newPasskeySlot,
  newPassphraseSlot,
  newSheetSlot,
} from './slots'
import type { Stores } from './stores'

/** Counted in characters after normalisation; how good a passphrase is, the interface judges. */
export const MIN_PASSPHRASE_LENGTH = 8

/** A way to open the vault, as it may be shown while it is locked. */
export type SlotInfo =
  | { kind: 'passphrase' | 'sheet'; id: string }
  /** Both Base64: which passkey to ask, and what. */
  | { kind: 'passkey'; id: string; credentialId: string; prfInput: string }

/** What a passkey was asked and what its PRF extension answered: 32 bytes that nobody else can make. */
export interface PasskeyAnswer {
  credentialId: string
  prfInput: string
  prfOutput: Bytes
}

const PRF_BYTES = 32

export async function slotInfos(stores: Stores): Promise<readonly SlotInfo[]> {
  return (await currentHeader(stores)).slots.flatMap(infoOf)
}

/** Replaces every passphrase slot by one for `next`, which is never cheaper to guess than what it replaces (KEY-1). */
export async function setPassphrase(stores: Stores, key: string, next: string, kdf?: KdfParameters): Promise<void> {
  checkLength(next)
  const edit = async (vaultKey: Bytes, vaultId: string, slots: readonly Slot[]): Promise<readonly Slot[]> => [
    await newPassphraseSlot(vaultId, vaultKey, next, await costBeside(slots, kdf)),
    ...slots.filter((slot) => slot.kind !== 'passphrase'),
  ]
  await changeSlots(stores, key, edit, 'passphrase')
}

/** A new vault key that `next` alone opens; the other slots cannot be made again without what opens them. */
export function replaceKey(stores: Stores, key: string, next: string, kdf?: KdfParameters): Promise<string> {
  return changeKey(stores, key, async (vaultKey, vaultId, slots) => [
    await newPassphraseSlot(vaultId, vaultKey, next, await costBeside(slots, kdf)),
  ])
}

/** Answers the code to print; the sheet before it opens nothing any more. */
export async function addSheet(stores: Stores, key: string): Promise<string> {
  const secret = newSheetSecret()
  await changeSlots(stores, key, async (vaultKey, vaultId, slots) => [
    ...slots.filter((slot) => slot.kind !== 'sheet'),
    await newSheetSlot(vaultId, vaultKey, secret),
  ])
  return formatSheetCode(secret)
}

/** Answers the slot's id. Throws `vault/wrong-passkey` for an answer that is none. */
export async function addPasskey(stores: Stores, key: string, passkey: PasskeyAnswer): Promise<string> {
  if (passkey.prfOutput.length < PRF_BYTES) throw new AppError('vault/wrong-passkey')
  let id = ''
  await changeSlots(stores, key, async (vaultKey, vaultId, slots) => {
    const slot = await newPasskeySlot(vaultId, vaultKey, passkey)
    id = slot.id
    return [...slots.filter((other) => !isPasskeySlot(other) || other.credentialId !== slot.credentialId), slot]
  })
  return id
}

/** Throws `vault/last-slot`. */
export function removeSlot(stores: Stores, key: string, id: string): Promise<void> {
  return changeSlots(stores, key, async (_key, _vaultId, slots) =>
    slots.filter((slot) => (slot as { id?: unknown }).id !== id),
  )
}

export function checkLength(passphrase: string): void {
  const length = [...normalizePassphrase(passphrase)].length
  if (length < MIN_PASSPHRASE_LENGTH) throw new AppError('vault/passphrase-too-short')
}

async function costBeside(slots: readonly Slot[], kdf?: KdfParameters): Promise<KdfParameters> {
  const cost = kdf ?? (await calibrateKdf())
  const before = slots.filter(isPassphraseSlot).map((slot: PassphraseSlot) => slot.kdf)
  return before.find((dearer) => isCheaper(cost, dearer)) ?? cost
}

function infoOf(slot: Slot): SlotInfo[] {
  if (isPasskeySlot(slot)) {
    const { kind, id, credentialId, prfInput } = slot
    return [{ kind, id, credentialId, prfInput }]
  }
  return isPassphraseSlot(slot) || isSheetSlot(slot) ? [{ kind: slot.kind, id: slot.id }] : []
}
