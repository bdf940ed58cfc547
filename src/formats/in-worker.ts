import { AppError } from '../core/errors'
import type { Job, Outcomes, Reply } from './messages'

/** After this a job is given up and its worker ended (INP-4). */
export const JOB_LIMIT_MS = 60_000

/**
 * Does a job in a worker of its own, which is gone afterwards with all that it held. Throws what `readImport` and
 * `writeExport` throw, `format/too-costly` when it takes too long, or the signal's reason.
 */
export async function inWorker<Kind extends Job['kind']>(
  job: Job & { kind: Kind },
  signal: AbortSignal,
  start: () => Worker,
): Promise<Outcomes[Kind]> {
  signal.throwIfAborted()
  const worker = start()
  try {
    const reply = await ask<Kind>(worker, job, signal)
    if (!reply.ok) throw new AppError(reply.code, reply.params)
    return reply.value
  } finally {
    worker.terminate()
  }
}

/** One question, and whichever comes first: its reply, the worker's failure, the user's no, the end of the time. */
function ask<Kind extends Job['kind']>(worker: Worker, job: Job, signal: AbortSignal): Promise<Reply<Kind>> {
  return new Promise<Reply<Kind>>((resolve, reject) => {
    const ended = new AbortController()
    const once = { once: true, signal: ended.signal }
    const end = (settle: () => void): void => {
      ended.abort()
      clearTimeout(late)
      settle()
    }
    const late = setTimeout(() => end(() => reject(new AppError('format/too-costly'))), JOB_LIMIT_MS)
    worker.addEventListener('message', ({ data }: MessageEvent<Reply<Kind>>) => end(() => resolve(data)), once)
    worker.addEventListener('error', () => end(() => reject(new AppError('unexpected'))), once)
    signal.addEventListener('abort', () => end(() => reject(signal.reason as Error)), once)
    worker.postMessage(job)
  })
}
