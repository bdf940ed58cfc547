import { attempt } from './attempt'

let stopping = new AbortController()

/** Runs a scan that the user may stop, which is no failure. `again`: see {@link attempt}. */
export async function scanning(
  read: (signal: AbortSignal) => Promise<void>,
  again?: () => Promise<void>,
): Promise<void> {
  stopping = new AbortController()
  const { signal } = stopping
  const untilStopped = async () => {
    try {
      await read(signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
  await attempt('scan', untilStopped, again)
}

/** Ends a scan that is at work. */
export function stopScanning(): void {
  stopping.abort(new DOMException('stopped', 'AbortError'))
}
