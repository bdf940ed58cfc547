import { type Bytes, base64ToBytes, bytesToBase64, equalBytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { type KdfParameters, isCheaper, isKdfParameters, stretchPassphrase } from '../crypto/kdf'
import { SALT_BYTES, newSalt, randomId, unwrapKey, wrapKey } from '../crypto/keys'
import { type Context, digest } from '../crypto/seal'

/** The version of everything that is stored. A vault with a higher one is left alone (VLT-7). */
export const FORMAT = 1

/** One way to open the vault: its key, wrapped under a key made from the passphrase. */
export interface PassphraseSlot {
  kind: 'passphrase'
  id: string
  kdf: KdfParameters
  /** Base64, as `wrappedKey`. */
  salt: string
  wrappedKey: string
}

/** Other ways will follow; slots this version does not know are kept as they are. */
export type Slot = PassphraseSlot | { readonly kind: string }

/** What must be readable before the vault is open. No secret, no name. */
export interface Header {
  format: number
  vaultId: string
  slots: readonly Slot[]
}

/** The header as it lies in the store: its JSON text, and SHA-256 of that text, which tells damage from a wrong passphrase. */
export interface StoredHeader {
  body: string
  checksum: Bytes
}

export async function storeHeader({ format, vaultId, slots }: Header): Promise<StoredHeader> {
  const body = JSON.stringify({ format, vaultId, slots })
  return { body, checksum: await digest(textToBytes(body)) }
}

/** Throws `vault/newer-format`, and `vault/damaged` for anything that {@link storeHeader} did not write. */
export async function readHeader(stored: unknown): Promise<{ header: Header; checksum: Bytes }> {
  const { body, checksum } = (stored ?? {}) as Partial<Record<keyof StoredHeader, unknown>>
  if (typeof body !== 'string' || !(checksum instanceof Uint8Array)) throw new AppError('vault/damaged')
  const actual = await digest(textToBytes(body))
  if (!equalBytes(actual, checksum)) throw new AppError('vault/damaged')
  return { header: parseHeader(body), checksum: actual }
}

/** A slot that opens the vault with `passphrase`. */
export async function newPassphraseSlot(
  vaultId: string,
  vaultKey: Bytes,
  passphrase: string,
  kdf: KdfParameters,
): Promise<PassphraseSlot> {
  const salt = newSalt()
  const unwrapped = { kind: 'passphrase', id: randomId(), kdf, salt: bytesToBase64(salt) } as const
  const wrappingKey = await stretchPassphrase(passphrase, salt, kdf)
  const wrapped = await wrapKey(wrappingKey, vaultKey, slotContext(vaultId, unwrapped))
  wrappingKey.fill(0)
  return { ...unwrapped, wrappedKey: bytesToBase64(wrapped) }
}

/**
 * The vault key. Throws `vault/wrong-passphrase`, `vault/key-derivation-too-weak` for a slot that is cheaper to guess
 * than `floor`, and `vault/damaged` where there is no slot for a passphrase.
 */
export async function openWithPassphrase(header: Header, passphrase: string, floor: KdfParameters): Promise<Bytes> {
  if (passphrase === '') throw new AppError('vault/wrong-passphrase')
  const slots = header.slots.filter(isPassphraseSlot)
  if (slots.length === 0) throw new AppError('vault/damaged')
  // Before anything is derived: whoever lowered the numbers would learn a cheap hash of the passphrase.
  if (slots.some(({ kdf }) => isCheaper(kdf, floor))) throw new AppError('vault/key-derivation-too-weak')
  for (const slot of slots) {
    const vaultKey = await openSlot(header.vaultId, slot, passphrase)
    if (vaultKey) return vaultKey
  }
  throw new AppError('vault/wrong-passphrase')
}

export function isPassphraseSlot(slot: Slot): slot is PassphraseSlot {
  const { kind, id, kdf, salt, wrappedKey } = slot as Partial<Record<keyof PassphraseSlot, unknown>>
  return (
    kind === 'passphrase' && isKdfParameters(kdf) && [id, salt, wrappedKey].every((text) => typeof text === 'string')
  )
}

async function openSlot(vaultId: string, slot: PassphraseSlot, passphrase: string): Promise<Bytes | null> {
  const salt = base64ToBytes(slot.salt)
  const wrapped = base64ToBytes(slot.wrappedKey)
  if (salt?.length !== SALT_BYTES || !wrapped) throw new AppError('vault/damaged')
  const wrappingKey = await stretchPassphrase(passphrase, salt, slot.kdf)
  const vaultKey = await unwrapKey(wrappingKey, wrapped, slotContext(vaultId, slot))
  wrappingKey.fill(0)
  return vaultKey
}

function slotContext(vaultId: string, { kind, id, kdf, salt }: Omit<PassphraseSlot, 'wrappedKey'>): Context {
  return ['latchkey/slot', FORMAT, vaultId, id, kind, kdf.algorithm, kdf.memoryKib, kdf.passes, kdf.lanes, salt]
}

function parseHeader(body: string): Header {
  const { format, vaultId, slots } = parseObject(body) as Partial<Record<keyof Header, unknown>>
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1) throw new AppError('vault/damaged')
  // Asked before all else: beside body, checksum and this number, a newer vault may look different in every way.
  if (format > FORMAT) throw new AppError('vault/newer-format')
  if (typeof vaultId !== 'string' || !Array.isArray(slots) || !slots.every(isSlot)) throw new AppError('vault/damaged')
  return { format, vaultId, slots }
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Not JSON: damage, as any other value would be.
  }
  throw new AppError('vault/damaged')
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
}
