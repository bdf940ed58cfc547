import { settings } from '../../settings'
import { transferParts } from '../scan-state'

/** The popup may have been closed between two QR codes of a transfer. */
export async function recallParts(): Promise<void> {
  transferParts.value = await settings.transferParts.get()
}

/** Drops the parts of a transfer that were scanned. */
export async function forgetParts(): Promise<void> {
  transferParts.value = null
  await settings.transferParts.set(null)
}
