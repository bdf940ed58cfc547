import { AppError } from '../core/errors'
import { pixelsOf } from './image'
import type { Reply, Source } from './messages'
import { lookAtImage } from './scan'

/** The decoding worker: one picture in, one reply out. A page that has waited too long ends it. */
self.addEventListener('message', async ({ data }: MessageEvent<Source>) => {
  self.postMessage(await replyTo(data))
})

/** No look begins after this, so that there is an answer before the page gives up. */
const LOOKING_MS = 2_300

async function replyTo(source: Source): Promise<Reply> {
  try {
    const start = performance.now()
    const image = source instanceof Blob ? await pixelsOf(source) : source
    const { texts, unread } = await lookAtImage(image, () => performance.now() - start < LOOKING_MS)
    return texts.length === 0 && unread ? { kind: 'failed', code: 'scan/too-small' } : { kind: 'texts', texts }
  } catch (error) {
    return { kind: 'failed', code: error instanceof AppError ? error.code : 'scan/image-unreadable' }
  }
}
