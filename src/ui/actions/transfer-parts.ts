import { AppError } from '../../core/errors'
import { background } from '../../rpc/client'
import { settings, type TransferParts } from '../../settings'
import { transferParts } from '../scan-state'

/** The popup may have been closed between two QR codes of a transfer. */
export async function recallParts(): Promise<void> {
  transferParts.value = await settings.transferParts.get()
}

/** Keeps the parts until the lock: what was written after one is taken back, since they hold secrets (KEY-8). Throws `vault/locked`. */
export async function keepParts(parts: TransferParts): Promise<void> {
  await settings.transferParts.set(parts)
  // Asked afterwards: a lock from now on finds them where it clears.
  if ((await background.vaultStatus()) !== 'unlocked') {
    await forgetParts()
    throw new AppError('vault/locked')
  }
  transferParts.value = parts
}

/** Drops the parts of a transfer that were scanned. */
export async function forgetParts(): Promise<void> {
  transferParts.value = null
  await settings.transferParts.set(null)
}
