import { type Bytes, base64ToBytes, bytesToBase64 } from '../core/bytes'
import { AppError } from '../core/errors'
import { type KdfParameters, isCheaper, isKdfParameters, stretchPassphrase } from '../crypto/kdf'
import { SALT_BYTES, newSalt, randomId, slotKey, unwrapKey, wrapKey } from '../crypto/keys'
import type { Context } from '../crypto/seal'
import { SEAL_VERSION } from './format'

/** The vault key, wrapped under a key made from something the user has or knows. Base64, as `salt`. */
interface Wrapping {
  id: string
  salt: string
  wrappedKey: string
}

/** Opens with the passphrase. */
export interface PassphraseSlot extends Wrapping {
  kind: 'passphrase'
  kdf: KdfParameters
}

/** Opens with the random code on a recovery sheet. */
export interface SheetSlot extends Wrapping {
  kind: 'sheet'
}

/** Opens with what a passkey's PRF extension makes of `prfInput`. All Base64. */
export interface PasskeySlot extends Wrapping {
  kind: 'passkey'
  credentialId: string
  prfInput: string
}

export type KnownSlot = PassphraseSlot | SheetSlot | PasskeySlot

/** Slots of kinds that this version does not know are kept as they are. */
export type Slot = KnownSlot | { readonly kind: string }

/** The part of the header that slots are bound to and lie in. */
export interface Slotted {
  vaultId: string
  slots: readonly Slot[]
}

/** Every known kind of slot, by its distinguishing members in the order in which they are bound. */
const BOUND = {
  passphrase: ({ kdf, salt }: PassphraseSlot) => [kdf.algorithm, kdf.memoryKib, kdf.passes, kdf.lanes, salt],
  sheet: ({ salt }: SheetSlot) => [salt],
  passkey: ({ credentialId, prfInput, salt }: PasskeySlot) => [credentialId, prfInput, salt],
} as const

/** A slot that opens the vault with `passphrase`. */
export async function newPassphraseSlot(
  vaultId: string,
  vaultKey: Bytes,
  passphrase: string,
  kdf: KdfParameters,
): Promise<PassphraseSlot> {
  const salt = newSalt()
  const slot = { kind: 'passphrase', id: randomId(), kdf, salt: bytesToBase64(salt), wrappedKey: '' } as const
  return wrapped(vaultId, vaultKey, slot, await stretchPassphrase(passphrase, salt, kdf))
}

/** A slot that opens the vault with the secret of a recovery sheet. */
export async function newSheetSlot(vaultId: string, vaultKey: Bytes, secret: Bytes): Promise<SheetSlot> {
  const salt = newSalt()
  const slot = { kind: 'sheet', id: randomId(), salt: bytesToBase64(salt), wrappedKey: '' } as const
  return wrapped(vaultId, vaultKey, slot, await slotKey(secret, salt, 'sheet'))
}

/** A slot that opens the vault with a passkey: which one, what it was asked, and what it answered (at least 32 bytes). */
export async function newPasskeySlot(
  vaultId: string,
  vaultKey: Bytes,
  { credentialId, prfInput, prfOutput }: { credentialId: string; prfInput: string; prfOutput: Bytes },
): Promise<PasskeySlot> {
  const salt = newSalt()
  const named = { kind: 'passkey', id: randomId(), credentialId, prfInput } as const
  const slot = { ...named, salt: bytesToBase64(salt), wrappedKey: '' }
  return wrapped(vaultId, vaultKey, slot, await slotKey(prfOutput, salt, 'passkey'))
}

/**
 * The vault key. Throws `vault/wrong-passphrase`, `vault/key-derivation-too-weak` for a slot that is cheaper to guess
 * than `floor`, and `vault/damaged` where there is no slot that a passphrase or a recovery sheet could open.
 */
export async function openWithPassphrase(
  { vaultId, slots }: Slotted,
  passphrase: string,
  floor: KdfParameters,
): Promise<Bytes> {
  if (passphrase === '') throw new AppError('vault/wrong-passphrase')
  const own = slots.filter(isPassphraseSlot)
  if (own.length === 0 && !slots.some(isSheetSlot)) throw new AppError('vault/damaged')
  // Before anything is derived: whoever lowered the numbers would learn a cheap hash of the passphrase.
  if (own.some(({ kdf }) => isCheaper(kdf, floor))) throw new AppError('vault/key-derivation-too-weak')
  for (const slot of own) {
    const vaultKey = await unwrapped(vaultId, slot, (salt) => stretchPassphrase(passphrase, salt, slot.kdf))
    if (vaultKey) return vaultKey
  }
  throw new AppError('vault/wrong-passphrase')
}

/** The vault key, or null where no sheet's slot opens with this secret. */
export async function openWithSheet({ vaultId, slots }: Slotted, secret: Bytes): Promise<Bytes | null> {
  for (const slot of slots.filter(isSheetSlot)) {
    const vaultKey = await unwrapped(vaultId, slot, (salt) => slotKey(secret, salt, 'sheet'))
    if (vaultKey) return vaultKey
  }
  return null
}

/** The vault key, or null where the slot `id` does not open with what the passkey answered. */
export async function openWithPasskey(
  { vaultId, slots }: Slotted,
  id: string,
  prfOutput: Bytes,
): Promise<Bytes | null> {
  const slot = slots.filter(isPasskeySlot).find((one) => one.id === id)
  return slot ? unwrapped(vaultId, slot, (salt) => slotKey(prfOutput, salt, 'passkey')) : null
}

export function isPassphraseSlot(slot: Slot): slot is PassphraseSlot {
  return (
    slot.kind === 'passphrase' &&
    hasTexts(slot, 'id', 'salt', 'wrappedKey') &&
    isKdfParameters((slot as PassphraseSlot).kdf)
  )
}

export function isSheetSlot(slot: Slot): slot is SheetSlot {
  return slot.kind === 'sheet' && hasTexts(slot, 'id', 'salt', 'wrappedKey')
}

export function isPasskeySlot(slot: Slot): slot is PasskeySlot {
  return slot.kind === 'passkey' && hasTexts(slot, 'id', 'salt', 'wrappedKey', 'credentialId', 'prfInput')
}

function hasTexts(slot: object, ...members: readonly string[]): boolean {
  return members.every((member) => typeof (slot as Record<string, unknown>)[member] === 'string')
}

async function wrapped<S extends KnownSlot>(vaultId: string, vaultKey: Bytes, slot: S, wrappingKey: Bytes): Promise<S> {
  const wrappedKey = await wrapKey(wrappingKey, vaultKey, slotContext(vaultId, slot))
  wrappingKey.fill(0)
  return { ...slot, wrappedKey: bytesToBase64(wrappedKey) }
}

async function unwrapped(
  vaultId: string,
  slot: KnownSlot,
  derive: (salt: Bytes) => Promise<Bytes>,
): Promise<Bytes | null> {
  const salt = base64ToBytes(slot.salt)
  const wrappedKey = base64ToBytes(slot.wrappedKey)
  if (salt?.length !== SALT_BYTES || !wrappedKey) throw new AppError('vault/damaged')
  const wrappingKey = await derive(salt)
  const vaultKey = await unwrapKey(wrappingKey, wrappedKey, slotContext(vaultId, slot))
  wrappingKey.fill(0)
  return vaultKey
}

function slotContext(vaultId: string, slot: KnownSlot): Context {
  const bound = (BOUND[slot.kind] as (slot: KnownSlot) => readonly (string | number)[])(slot)
  return ['latchkey/slot', SEAL_VERSION, vaultId, slot.id, slot.kind, ...bound]
}
