import { AppError } from '../../core/errors'
import type { RescueSecret } from '../../rpc/health-calls'
import { settings } from '../../settings'
import { type Guesses, NO_GUESSES, afterWrong, readGuesses, waitMs } from '../../vault/guesses'

/**
 * Does what the vault's passphrase is tried for. Wrong ones in a row are counted where neither a stop of the background nor of the
 * browser forgets them, and after the fifth each has to wait, whichever call brings it (KEY-3). Throws
 * `vault/too-many-tries` without trying, and what `attempt` throws.
 */
export async function guess<T>(attempt: () => Promise<T>): Promise<T> {
  const result = await counted(OWN, attempt)
  await notePassphraseUsed(Date.now())
  return result
}

/** The same for what may be the recovery sheet: then the passphrase was not used (KEY-10). */
export function guessWith<T>(secret: RescueSecret, attempt: () => Promise<T>): Promise<T> {
  return 'passphrase' in secret ? guess(attempt) : counted(OWN, attempt)
}

/** The same for the vault that was put aside at `at`, counted apart: the passphrase of another must not make its tries free. */
export function guessAside<T>(at: number, attempt: () => Promise<T>): Promise<T> {
  return counted(aside(at), attempt)
}

/** The vault's own passphrase was typed; a store that does not keep that has it asked for too often, which is harmless (KEY-10). */
export async function notePassphraseUsed(now: number): Promise<void> {
  await settings.passphraseUsedAt.set(now).catch(() => undefined)
}

/** Where wrong tries are counted. */
interface Count {
  readonly name: string
  get(): Promise<unknown>
  set(guesses: Guesses): Promise<void>
}

const OWN: Count = {
  name: 'own',
  get: () => settings.passphraseGuesses.get(),
  set: (guesses) => settings.passphraseGuesses.set(guesses),
}

function aside(at: number): Count {
  return {
    name: `aside ${at}`,
    async get() {
      const stored = await settings.asideGuesses.get()
      return isRecord(stored) ? stored[at] : stored
    },
    async set(guesses) {
      const stored = await settings.asideGuesses.get()
      await settings.asideGuesses.set({ ...(isRecord(stored) ? stored : {}), [at]: guesses })
    },
  }
}

function isRecord(stored: unknown): stored is Readonly<Record<string, unknown>> {
  return typeof stored === 'object' && stored !== null
}

/** What the store did not take, by the count's name: it counts on here, until the store answers or the background stops. */
const unstored = new Map<string, Guesses>()

function counted<T>(count: Count, attempt: () => Promise<T>): Promise<T> {
  return navigator.locks.request('latchkey-guess', () => tryOnce(count, attempt))
}

async function tryOnce<T>(count: Count, attempt: () => Promise<T>): Promise<T> {
  const now = Date.now()
  const before = await guessesSoFar(count, now)
  const wait = waitMs(before, now)
  if (wait > 0) throw new AppError('vault/too-many-tries', { seconds: Math.ceil(wait / 1000) })
  // Counted before it is tried: stopping the background in between must not make a try free.
  await keep(count, afterWrong(before, now))
  try {
    const result = await attempt()
    await keep(count, NO_GUESSES)
    return result
  } catch (error) {
    const wrong = error instanceof AppError && error.code === 'vault/wrong-passphrase'
    if (!wrong) await keep(count, before)
    throw error
  }
}

/** What is damaged, or cannot be read, counts as wrong tries made when that was first seen: a wait, and not one without end. */
async function guessesSoFar(count: Count, now: number): Promise<Guesses> {
  const known = unstored.get(count.name)
  if (known) return known
  const guesses = readGuesses(await count.get(), now)
  if (guesses.lastAt === now) await keep(count, guesses)
  return guesses
}

/** A store that fails must not keep the vault shut, nor make a try free. */
async function keep(count: Count, guesses: Guesses): Promise<void> {
  unstored.set(count.name, guesses)
  try {
    await count.set(guesses)
    unstored.delete(count.name)
  } catch {
    // Counted in memory, then.
  }
}
