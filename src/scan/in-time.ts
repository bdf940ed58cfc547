import { AppError } from '../core/errors'

/** What `work` gives, or the signal's reason as soon as it is aborted; work that listens to no signal goes on unheard. */
export async function unlessStopped<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const ended = new AbortController()
  const stopped = new Promise<never>((_resolve, reject) => {
    const once = { once: true, signal: ended.signal }
    signal.addEventListener('abort', () => reject(signal.reason as Error), once)
  })
  try {
    const result = await Promise.race([work(), stopped])
    signal.throwIfAborted()
    return result
  } finally {
    ended.abort()
  }
}

/** The same with a limit for all of `work`, whose own signal then ends as well. Throws `scan/timed-out` where it passed. */
export async function inTime<T>(
  limitMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const limited = new AbortController()
  const stop = (): void => limited.abort(signal.reason)
  const late = setTimeout(() => limited.abort(new AppError('scan/timed-out')), limitMs)
  signal.addEventListener('abort', stop)
  try {
    return await unlessStopped(limited.signal, () => work(limited.signal))
  } finally {
    clearTimeout(late)
    signal.removeEventListener('abort', stop)
  }
}
