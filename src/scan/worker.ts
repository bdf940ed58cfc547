import { AppError } from '../core/errors'
import { pixelsOf } from './image'
import type { Reply, Source } from './messages'
import { scanImage } from './scan'

/** The decoding worker: one picture in, one reply out. A page that has waited too long ends it. */
self.addEventListener('message', async ({ data }: MessageEvent<Source>) => {
  self.postMessage(await replyTo(data))
})

async function replyTo(source: Source): Promise<Reply> {
  try {
    return { kind: 'texts', texts: await scanImage(source instanceof Blob ? await pixelsOf(source) : source) }
  } catch (error) {
    return { kind: 'failed', code: error instanceof AppError ? error.code : 'scan/image-unreadable' }
  }
}
