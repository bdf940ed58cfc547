import { AppError } from '../core/errors'
import { TIME_LIMIT_MS } from './limits'
import type { Reply, Source } from './messages'

/** A worker that stays for several pictures, one after the other. */
export interface Decoder {
  /**
   * Every distinct QR text in the picture; none if there is no code. Pixels handed in move to the worker and are empty
   * here afterwards. Throws `scan/timed-out`, `scan/image-too-large`, `scan/image-unreadable`,
   * `scan/too-small` where there seems to be a code that cannot be read, or the signal's reason.
   */
  decode(source: Source, signal?: AbortSignal): Promise<readonly string[]>
  close(): void
}

/** Reads one picture in a worker of its own, which `start` starts. See {@link Decoder.decode}. */
export async function decodeInWorker(
  source: Source,
  signal: AbortSignal | undefined,
  start: () => Worker,
): Promise<readonly string[]> {
  const decoder = createDecoder(start)
  try {
    return await decoder.decode(source, signal)
  } finally {
    decoder.close()
  }
}

/** The worker starts with the first picture, and anew with the next one after it had to be ended. */
export function createDecoder(start: () => Worker): Decoder {
  let worker: Worker | null = null
  const close = (): void => {
    worker?.terminate()
    worker = null
  }
  return {
    close,
    async decode(source, signal) {
      signal?.throwIfAborted()
      worker ??= start()
      try {
        return textsOf(await ask(worker, source, signal))
      } catch (error) {
        // Whether it is slow, no longer wanted or broken: a worker that may still be busy is not asked again.
        close()
        throw error
      }
    },
  }
}

/** One question, and whichever comes first: its reply, the worker's failure, the user's no, the end of the time. */
function ask(worker: Worker, source: Source, signal: AbortSignal | undefined): Promise<Reply> {
  return new Promise<Reply>((resolve, reject) => {
    const ended = new AbortController()
    const once = { once: true, signal: ended.signal }
    const end = (settle: () => void): void => {
      ended.abort()
      clearTimeout(late)
      settle()
    }
    const late = setTimeout(() => end(() => reject(new AppError('scan/timed-out'))), TIME_LIMIT_MS)
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => end(() => resolve(data)), once)
    worker.addEventListener('error', () => end(() => reject(new AppError('unexpected'))), once)
    signal?.addEventListener('abort', () => end(() => reject(signal.reason as Error)), once)
    send(worker, source)
  })
}

function send(worker: Worker, source: Source): void {
  if (source instanceof Blob) return worker.postMessage(source)
  const { data, width, height } = source
  worker.postMessage({ data, width, height }, [data.buffer as ArrayBuffer])
}

function textsOf(reply: Reply): readonly string[] {
  if (reply.kind === 'failed') throw new AppError(reply.code)
  return reply.texts
}
