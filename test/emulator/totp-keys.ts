import { randomBytes, randomUUID } from 'node:crypto'
import { base32FromBytes, matchingStep } from './one-time-code'
import type { TotpKey, User } from './user'

const SECRET_BYTES = 10
const PENDING_KEPT = 5

/** A key, fresh or with the secret and recovery code given. */
export function newTotpKey(now: number, given: { secret?: string; recoveryCode?: string } = {}): TotpKey {
  return {
    id: randomUUID(),
    secret: given.secret ?? base32FromBytes(randomBytes(SECRET_BYTES)),
    recoveryCode: given.recoveryCode ?? newRecoveryCode(),
    createdAt: now,
    updatedAt: now,
    usedSteps: new Set(),
  }
}

/** Six groups of four lower-case hexadecimal digits, as the vendor's are. */
export function newRecoveryCode(): string {
  return (randomBytes(12).toString('hex').match(/.{4}/g) ?? []).join('-')
}

/** Begins a binding; one that is in force stays so until the new key is confirmed. */
export function associate(user: User, now: number): TotpKey {
  const key = newTotpKey(now)
  user.pending = [...user.pending, key].slice(-PENDING_KEPT)
  return key
}

/** The pending keys that may still be confirmed: the last one, or with the fault `associate-any` all of them. */
export function confirmable(user: User, any: boolean): readonly TotpKey[] {
  return any ? user.pending : user.pending.slice(-1)
}

/** Puts that one of `candidates` into force which made `code`, or answers false. */
export function confirm(user: User, candidates: readonly TotpKey[], code: unknown, now: number): boolean {
  const key = candidates.find((candidate) => acceptCode(candidate, code, now))
  if (!key) return false
  key.updatedAt = now
  user.bound = key
  user.pending = []
  return true
}

/** Whether `code` is right now, one step early or late, and was not accepted before. An accepted code is spent. */
export function acceptCode(key: TotpKey, code: unknown, now: number): boolean {
  if (typeof code !== 'string') return false
  const step = matchingStep(key.secret, code, now, key.usedSteps)
  if (step === null) return false
  key.usedSteps.add(step)
  return true
}

/** Spends the recovery code and answers the new one, or `null` if it is not the user's. */
export function rotateRecoveryCode(user: User, code: unknown, now: number): string | null {
  if (!user.bound || user.bound.recoveryCode !== code) return null
  user.bound.recoveryCode = newRecoveryCode()
  user.bound.updatedAt = now
  return user.bound.recoveryCode
}
