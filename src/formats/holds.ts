import type { ErrorCode } from '../core/errors'
import type { ImportedEntry } from './format'

/** How much a format holds of what travels beside the codes; what is not named here it does not hold. */
export interface Holds {
  readonly groups?: 'first' | 'all'
  readonly sites?: 'first' | 'all'
  readonly note?: true
  readonly favourite?: true
  readonly recoveryCode?: true
}

const MOST = { none: 0, first: 1, all: Number.POSITIVE_INFINITY } as const

/** What a format loses of an account beside its codes, each by name. Dates and bindings are known to our own backup alone. */
export function lostBeside(entry: ImportedEntry, holds: Holds): ErrorCode[] {
  const { groups = [], sites = [], note = '', favourite = false, recoveryCode = '' } = entry
  const lost: readonly (readonly [reason: ErrorCode, isLost: boolean])[] = [
    ['format/groups-not-held', groups.length > MOST[holds.groups ?? 'none']],
    ['format/sites-not-held', sites.length > MOST[holds.sites ?? 'none']],
    ['format/note-not-held', note !== '' && !holds.note],
    ['format/favourite-not-held', favourite && !holds.favourite],
    ['format/recovery-code-not-held', recoveryCode !== '' && !holds.recoveryCode],
  ]
  return lost.filter(([, isLost]) => isLost).map(([reason]) => reason)
}
