import { type CopiesNotice, settings } from '../../settings'
import type { CopiesReport } from '../../vault/copies'

/** Keeps for the user what was found wrong with a copy of the vault. Lost records are told elsewhere, for as long as they are. */
export async function noteCopies({ found, healed }: CopiesReport, now: number): Promise<void> {
  if (found.database === 'intact' && found.mirror === 'intact') return
  const notice: CopiesNotice = { at: now, found, healed, read: false }
  // Where the store does not answer there is nobody to tell.
  await settings.copiesReport.set(notice).catch(() => undefined)
}
