import { AppError } from '../core/errors'
import { readImport } from './index'
import type { Job, Outcomes, Reply } from './messages'
import { writeProven } from './prove'

/** The worker for files: one job in, one reply out. A page that has waited too long, or no longer wants it, ends it. */
self.addEventListener('message', async ({ data }: MessageEvent<Job>) => {
  self.postMessage(await replyTo(data))
})

async function replyTo(job: Job): Promise<Reply<Job['kind']>> {
  try {
    return { ok: true, value: await done(job) }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: error.code, params: error.params }
    // What it says may carry a piece of the file (MEM-2).
    return { ok: false, code: 'unexpected', params: {} }
  }
}

function done(job: Job): Promise<Outcomes[Job['kind']]> {
  if (job.kind === 'read') return readImport(job.bytes, job.options)
  return writeProven(job.format, job.entries, job.options)
}
