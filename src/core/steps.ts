import type { Entry } from './entry'
import { codeAt, stepAt } from './otp'

/** How far a used step may lie ahead of the clock; one further ahead was used by a clock that has been set back since. */
const MOST_STEPS_AHEAD = 2

/**
 * When a code of `entry` may be given to somebody: `now`, or the start of the first time step that is not used
 * (RFC 6238 §5.2: a verifier refuses a second use; BND-10) and has `leastLeftMs` to go. An HOTP code is always fresh.
 */
export function unusedFrom(entry: Entry, now: number, leastLeftMs: number): number {
  if (entry.type === 'hotp') return now
  const { validUntil } = codeAt(entry, now)
  const ahead = (entry.lastStepUsed ?? -Infinity) - stepAt(entry, now)
  if (ahead >= 0 && ahead <= MOST_STEPS_AHEAD) return validUntil + ahead * entry.periodSeconds * 1000
  return validUntil - now < leastLeftMs ? validUntil : now
}
