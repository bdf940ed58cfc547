/** Wrong passphrases in a row; to be stored where neither a stop of the worker nor of the browser forgets it (KEY-3). */
export interface Guesses {
  wrong: number
  /** When the last wrong one was tried, in epoch milliseconds. */
  lastAt: number
}

export const NO_GUESSES: Guesses = { wrong: 0, lastAt: 0 }

/** So many may be wrong before any has to wait. */
const FREE = 5
const LONGEST_WAIT_MS = 5 * 60_000

/**
 * How long the next try has to wait from `now` on, in milliseconds: 2 s after the fifth wrong one, then twice as long each time, up
 * to five minutes. A clock that was set back starts the wait anew, so that it is never longer than that, nor ended early by it.
 */
export function waitMs({ wrong, lastAt }: Guesses, now: number): number {
  if (wrong < FREE) return 0
  const wait = Math.min(1000 * 2 ** (wrong - FREE + 1), LONGEST_WAIT_MS)
  const passed = now - lastAt
  return passed < 0 ? wait : Math.max(0, wait - passed)
}

/** After a wrong passphrase. To be stored before it is tried, and taken back when it was right: a worker may be stopped in between. */
export function afterWrong({ wrong }: Guesses, now: number): Guesses {
  return { wrong: wrong + 1, lastAt: now }
}

/** What lies in the store, if it is that; anything else counts as wrong tries made just now, so that damaging it gains nothing. */
export function readGuesses(stored: unknown, now: number): Guesses {
  if (stored === undefined || stored === null) return NO_GUESSES
  const { wrong, lastAt } = stored as Partial<Record<keyof Guesses, unknown>>
  const known = Number.isSafeInteger(wrong) && (wrong as number) >= 0 && Number.isFinite(lastAt)
  return known ? { wrong: wrong as number, lastAt: lastAt as number } : { wrong: FREE, lastAt: now }
}
