import { AppError, type ErrorCode } from '../../core/errors'
import { failures, locks, running, status } from '../state'
import { forgetAccounts } from './forget'

type Again = () => Promise<unknown>

/**
 * Runs what the user asked a place of the interface to do. A failure is kept for that place to show and answers null;
 * a second wish while the first is at work answers null as well. `again` is what `Try again` beside the failure does;
 * forms need none, since their button is there.
 */
export async function attempt<T>(place: string, action: () => Promise<T>, again?: Again): Promise<T | null> {
  if (running.value.has(place)) return null
  running.value = new Set(running.value).add(place)
  forgetFailure(place)
  try {
    return await load(place, action, again)
  } finally {
    running.value = new Set([...running.value].filter((one) => one !== place))
  }
}

/** Brings what a place shows up to date. Like {@link attempt}, but never left out: each event asks anew. */
export async function load<T>(place: string, read: () => Promise<T>, again?: Again): Promise<T | null> {
  try {
    const value = await read()
    forgetFailure(place)
    return value
  } catch (error) {
    if (error instanceof LockedMeanwhile) return null
    showFailure(place, error, again)
    if (error instanceof AppError) followVault(error.code)
    return null
  }
}

/** Somebody locked while the answer was on its way: the lock shows itself. */
class LockedMeanwhile extends Error {}

/** An answer about the open vault. Ends the {@link load} or {@link attempt} it is part of, in silence, where somebody locked meanwhile (KEY-8). */
export async function whileOpen<T>(answer: Promise<T>): Promise<T> {
  const before = locks.peek()
  const [settled] = await Promise.allSettled([answer])
  if (locks.peek() !== before || status.peek() === 'locked') throw new LockedMeanwhile()
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

/** Has a place show why something failed, until it is tried again. */
export function showFailure(place: string, error: unknown, again?: Again): void {
  failures.value = new Map(failures.value).set(place, { error, again: mayPass(error) ? (again ?? null) : null })
}

/** Whether the very same wish may succeed later; where the user has to do something else first, its text says so. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof AppError)) return true
  return error.code.startsWith('network/') || PASSING.has(error.code)
}

const PASSING: ReadonlySet<ErrorCode> = new Set([
  'vault/storage-failed',
  'vault/storage-full',
  'scan/camera-refused',
  'scan/clipboard-refused',
  'scan/nothing-found',
  'scan/timed-out',
  'fill/code-used',
  'fill/field-changed',
  'fill/field-hidden',
  'fill/no-field',
  'fill/not-taken',
  'fill/page-changed',
  'fill/text-in-field',
  'mfa/answer-unreadable',
  'mfa/busy',
  'mfa/clock-wrong',
  'mfa/host-not-granted',
  'mfa/outcome-unknown',
  'mfa/rate-limited',
  'mfa/server-error',
  'clipboard/refused',
  'rpc/timed-out',
  'unexpected',
])

/** Whether this is why a place failed last. */
export function failedFor(place: string, code: ErrorCode): boolean {
  const error = failures.value.get(place)?.error
  return error instanceof AppError && error.code === code
}

/** Takes a failure off the screen. */
export function forgetFailure(place: string): void {
  if (!failures.value.has(place)) return
  failures.value = new Map([...failures.value].filter(([one]) => one !== place))
}

/** Whatever was asked, the answer says how the vault is. */
function followVault(code: ErrorCode): void {
  if (code !== 'vault/locked' && code !== 'vault/damaged') return
  forgetAccounts()
  status.value = code === 'vault/locked' ? 'locked' : 'damaged'
}
