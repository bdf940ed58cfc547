import { attempt } from './attempt'

let stopping = new AbortController()
let ended: Promise<unknown> = Promise.resolve()

/**
 * Runs a scan that the user may stop, which is no failure and answers null. The newest wish counts: a scan that is at work
 * is stopped, and its end awaited. `again`: see {@link attempt}.
 */
export async function scanning<T>(
  read: (signal: AbortSignal) => Promise<T>,
  again?: () => Promise<unknown>,
): Promise<T | null> {
  stopScanning()
  stopping = new AbortController()
  const scan = afterwards(ended, read, stopping.signal, again)
  ended = scan.catch(() => undefined)
  return scan
}

/** Ends a scan that is at work, or waits for another one's end. */
export function stopScanning(): void {
  stopping.abort(new DOMException('stopped', 'AbortError'))
}

async function afterwards<T>(
  before: Promise<unknown>,
  read: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  again?: () => Promise<unknown>,
): Promise<T | null> {
  await before
  if (signal.aborted) return null
  return attempt('scan', () => untilStopped(read, signal), again)
}

async function untilStopped<T>(read: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await read(signal)
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}
