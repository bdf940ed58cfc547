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

/** The reasons that say what is lost beside an account, of which the code comes back whole. */
export const LOST_BESIDE = [
  'format/groups-not-held',
  'format/sites-not-held',
  'format/note-not-held',
  'format/favourite-not-held',
  'format/recovery-code-not-held',
] as const satisfies readonly ErrorCode[]

const MOST = { none: 0, first: 1, all: Number.POSITIVE_INFINITY } as const

/** Whether a reason means that the account itself is left out, or does not come back as it was. */
export function isAccountLost(reason: ErrorCode): boolean {
  return !LOST_BESIDE.some((beside) => beside === reason)
}

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
