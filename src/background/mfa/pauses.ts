import { AppError } from '../../core/errors'
import { retryAfterSeconds } from '../../mfa/answer'
import type { Fetch } from '../../mfa/http'
import { settings } from '../../settings'

const TOO_MANY_REQUESTS = 429
/** For how long nothing is sent where the server does not say. */
const USUAL_PAUSE_SECONDS = 10
/** No server keeps its user out for longer by one header. */
const LONGEST_PAUSE_SECONDS = 3_600

/**
 * `send`, which after HTTP 429 sends nothing more to this server before the time it named (BND-11), also not when the
 * background is a new one by then. Throws as {@link requireNoPause}.
 */
export function heedingPauses(serverId: string, send: Fetch): Fetch {
  return async (url, init) => {
    await requireNoPause(serverId)
    const response = await send(url, init)
    if (response.status === TOO_MANY_REQUESTS) await pause(serverId, response.headers)
    return response
  }
}

/** Throws `mfa/rate-limited` while a server wants silence; asked before a flow has begun, nothing is left half done. */
export async function requireNoPause(serverId: string): Promise<void> {
  const until = (await settings.serverPauses.get())[serverId] ?? 0
  const seconds = Math.ceil((until - Date.now()) / 1_000)
  // A clock that was set back does not make it longer than any pause can be.
  if (seconds > 0 && seconds <= LONGEST_PAUSE_SECONDS) throw new AppError('mfa/rate-limited', { seconds })
}

async function pause(serverId: string, headers: Headers): Promise<void> {
  const seconds = Math.min(retryAfterSeconds(headers) ?? USUAL_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
  const until = Date.now() + seconds * 1_000
  await settings.serverPauses.set({ ...(await settings.serverPauses.get()), [serverId]: until })
}

/** The server is gone, and its wish for silence with it. */
export async function forgetPause(serverId: string): Promise<void> {
  const { [serverId]: _gone, ...others } = await settings.serverPauses.get()
  await settings.serverPauses.set(others)
}
