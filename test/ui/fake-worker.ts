import { AppError } from '../../src/core/errors'
import { readImport } from '../../src/formats/index'
import type { Job } from '../../src/formats/messages'
import { writeProven } from '../../src/formats/prove'

/** Node has no module workers: does the jobs of the worker for files here, with the same formats. */
export class FakeWorker extends EventTarget {
  static readonly jobs: Job[] = []
  #ended = false

  postMessage(job: Job): void {
    FakeWorker.jobs.push(job)
    void this.#answer(structuredClone(job))
  }

  terminate(): void {
    this.#ended = true
  }

  async #answer(job: Job): Promise<void> {
    const data = await reply(job)
    if (!this.#ended) this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

async function reply(job: Job): Promise<unknown> {
  try {
    const done =
      job.kind === 'read' ? readImport(job.bytes, job.options) : writeProven(job.format, job.entries, job.options)
    return { ok: true, value: await done }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: error.code, params: error.params }
    throw error
  }
}
