import type { NewEntry } from '../core/entry'

/** An account of one of several files that are imported together. `secret` is text that is equal for equal secrets. */
export interface SourcedRow extends Pick<NewEntry, 'type' | 'algorithm' | 'digits' | 'periodSeconds' | 'counter'> {
  readonly secret: string
  readonly fileName: string
}

/** What another file says of the same secret: it still has what was lost here (`worse`), or has lost what is here (`better`). */
export interface Repair {
  readonly kind: 'better' | 'worse'
  readonly fileName: string
}

/** A secret that stands in more rows than this is not looked into: each is held against each. */
const MOST_SHARING = 32

/**
 * Some programs write what they do not keep as TOTP, SHA1, 30 s, and every counter as 0: the Authenticator extension, Google's
 * transfer. Where exactly one other set of parameters for that secret is in another file, that one is right. Null for a row
 * of which the files do not disagree, or disagree in more than one way: then the user chooses.
 */
export function repairsOf(rows: readonly SourcedRow[]): readonly (Repair | null)[] {
  const sharing = bySecret(rows)
  return rows.map((row) => {
    const shared = sharing.get(row.secret) ?? []
    if (shared.length > MOST_SHARING) return null
    const better = onlyBetter(row, shared)
    if (better) return { kind: 'worse', fileName: better.fileName }
    const repaired = shared.find((other) => onlyBetter(other, shared) === row)
    return repaired ? { kind: 'better', fileName: repaired.fileName } : null
  })
}

function bySecret(rows: readonly SourcedRow[]): ReadonlyMap<string, readonly SourcedRow[]> {
  const sharing = new Map<string, SourcedRow[]>()
  for (const row of rows) {
    const shared = sharing.get(row.secret)
    if (shared) shared.push(row)
    else sharing.set(row.secret, [row])
  }
  return sharing
}

/** The row of another file that has what this one has lost; null where there is none, or where several have it differently. */
function onlyBetter(row: SourcedRow, shared: readonly SourcedRow[]): SourcedRow | null {
  const better = shared.filter((other) => other.fileName !== row.fileName && hasLost(row, other))
  const [first, ...others] = better
  return first && others.every((other) => parametersOf(other) === parametersOf(first)) ? first : null
}

/** Whether `row` could be what is left of `other`: only what is everywhere the default can have been lost. */
function hasLost(row: SourcedRow, other: SourcedRow): boolean {
  if (parametersOf(row) === parametersOf(other)) return false
  if (row.type === 'hotp') return other.type === 'hotp' && row.counter === 0 && isFlat(row, other)
  return row.type === 'totp' && row.periodSeconds === 30 && isFlat(row, other)
}

function isFlat({ algorithm, digits }: SourcedRow, other: SourcedRow): boolean {
  const lostAlgorithm = algorithm === 'SHA1' || algorithm === other.algorithm
  return lostAlgorithm && (digits === 6 || digits === other.digits)
}

function parametersOf({ type, algorithm, digits, periodSeconds, counter }: SourcedRow): string {
  return [type, algorithm, digits, type === 'hotp' ? counter : periodSeconds].join()
}
