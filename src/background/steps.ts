import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { codeAt, stepAt } from '../core/otp'

/** With less than this left, a code is not sent or typed any more: it would arrive too late (FIL-11). */
const LEAST_LEFT_MS = 3_000

/** When an unused code of `entry` is to be had: `now`, or the start of the next time step (BND-10). */
export function nextUnusedMoment(entry: Entry, now: number): number {
  if (entry.type === 'hotp') return now
  const { validUntil } = codeAt(entry, now)
  return isStepUsed(entry, now) || validUntil - now < LEAST_LEFT_MS ? validUntil : now
}

/**
 * The entry once the code of this moment is given away. For HOTP the counter moves on, and `lastStepUsed` is the
 * counter of the code that was given. Throws when another window was faster.
 */
export function spendStep(entry: Entry, now: number): Entry {
  if (entry.type === 'hotp')
    return { ...entry, lastStepUsed: entry.counter ?? 0, counter: (entry.counter ?? 0) + 1, usedAt: now }
  if (isStepUsed(entry, now)) throw new AppError('fill/code-used')
  return { ...entry, lastStepUsed: stepAt(entry, now), usedAt: now }
}

/** The entry with its step free again, because the code did not get anywhere. A HOTP counter is never turned back. */
export function giveBackStep(entry: Entry, before: Entry): Entry {
  if (entry.type === 'hotp') return entry
  const { lastStepUsed: _spent, ...rest } = entry
  return before.lastStepUsed === undefined ? rest : { ...rest, lastStepUsed: before.lastStepUsed }
}

function isStepUsed(entry: Entry, now: number): boolean {
  return entry.lastStepUsed !== undefined && stepAt(entry, now) <= entry.lastStepUsed
}
