import { AppError } from '../core/errors'
import { settings } from '../settings'
import { NO_GUESSES, afterWrong, readGuesses, waitMs } from '../vault/guesses'

/**
 * Does what a passphrase is tried for. Wrong ones in a row are counted where neither a stop of the background nor of the
 * browser forgets them, and after the fifth each has to wait, whichever call brings it (KEY-3). Throws
 * `vault/too-many-tries` without trying, and what `attempt` throws.
 */
export function guess<T>(attempt: () => Promise<T>): Promise<T> {
  return navigator.locks.request('latchkey-guess', () => count(attempt))
}

async function count<T>(attempt: () => Promise<T>): Promise<T> {
  const now = Date.now()
  const before = readGuesses(await settings.passphraseGuesses.get(), now)
  const wait = waitMs(before, now)
  if (wait > 0) throw new AppError('vault/too-many-tries', { seconds: Math.ceil(wait / 1000) })
  // Counted before it is tried: stopping the background in between must not make a try free.
  await settings.passphraseGuesses.set(afterWrong(before, now))
  try {
    const result = await attempt()
    await settings.passphraseGuesses.set(NO_GUESSES)
    await settings.passphraseUsedAt.set(now)
    return result
  } catch (error) {
    const wrong = error instanceof AppError && error.code === 'vault/wrong-passphrase'
    if (!wrong) await settings.passphraseGuesses.set(before)
    throw error
  }
}
