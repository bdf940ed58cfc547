import { AppError, type ErrorCode } from '../../core/errors'

const MOST_TRIES = 3
/** All tries together; under the 30 s after which a browser may stop a background that waits. */
const BUDGET_MS = 25_000
const FIRST_WAIT_MS = 500

/** What may have passed a moment later. A server that asked for silence gets it. */
const PASSING: readonly ErrorCode[] = [
  'network/offline',
  'network/timed-out',
  'mfa/answer-unreadable',
  'mfa/busy',
  'mfa/server-error',
]

/**
 * A read that nobody waits for, tried up to three times within 25 s, with waits that grow and are not the same for all
 * (BND-11). Never for what changes anything at the server. Throws as the last try did.
 */
export async function repeatRead<T>(read: () => Promise<T>, random: () => number = Math.random): Promise<T> {
  const endsAt = Date.now() + BUDGET_MS
  for (let tried = 1; ; tried++) {
    try {
      return await within(endsAt - Date.now(), read)
    } catch (error) {
      const waitMs = FIRST_WAIT_MS * 2 ** (tried - 1) * (0.5 + random())
      if (tried === MOST_TRIES || !isPassing(error) || Date.now() + waitMs >= endsAt) throw error
      await later(waitMs)
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof AppError && PASSING.includes(error.code)
}

async function within<T>(ms: number, read: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('network/timed-out')), ms)
  })
  try {
    return await Promise.race([read(), limit])
  } finally {
    clearTimeout(timer)
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
