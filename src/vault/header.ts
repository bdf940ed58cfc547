import { type Bytes, equalBytes, textToBytes } from '../core/bytes'
import { AppError } from '../core/errors'
import { digest } from '../crypto/seal'
import { FORMAT } from './format'
import type { Slot, Slotted } from './slots'

/** What must be readable before the vault is open. No secret, no name. */
export interface Header extends Slotted {
  format: number
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

function parseHeader(body: string): Header {
  const { format, vaultId, slots } = parseObject(body) as Partial<Record<keyof Header, unknown>>
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 0) throw new AppError('vault/damaged')
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
