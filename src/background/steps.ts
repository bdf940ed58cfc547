import type { Entry } from '../core/entry'
import { AppError } from '../core/errors'
import { codeAt, stepAt } from '../core/otp'
import { unusedFrom } from '../core/steps'

/**
 * The entry once the code of this moment is given away. For HOTP the counter moves on, and `lastStepUsed` is the
 * counter of the code that was given. Throws when another window was faster.
 */
export function spendStep(entry: Entry, now: number): Entry {
  if (entry.type === 'hotp')
    return { ...entry, lastStepUsed: entry.counter ?? 0, counter: (entry.counter ?? 0) + 1, usedAt: now }
  if (unusedFrom(entry, now, 0) > now) throw new AppError('fill/code-used')
  return { ...entry, lastStepUsed: stepAt(entry, now), usedAt: now }
}

/** The code that was given away with `spendStep`, made from the entry as it came back from the vault. */
export function spentCode(spent: Entry, now: number): string {
  const counter = spent.lastStepUsed ?? 0
  return codeAt(spent.type === 'hotp' ? { ...spent, counter } : spent, now).code
}

/** The entry with its step free again, because the code did not get anywhere. A HOTP counter is never turned back. */
export function giveBackStep(entry: Entry, before: Entry): Entry {
  if (entry.type === 'hotp') return entry
  const { lastStepUsed: _spent, ...rest } = entry
  return before.lastStepUsed === undefined ? rest : { ...rest, lastStepUsed: before.lastStepUsed }
}
