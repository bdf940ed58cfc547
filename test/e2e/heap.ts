import type { CDPSession, Page } from 'puppeteer-core'
import type { Stage } from './browsers'

/**
 * All texts in the memory of the extension after a collection, one a line: of its pages, which share one memory, of the workers
 * that `page` has, and of the background. Chromium alone lets itself be asked.
 */
export async function heapTexts({ browser }: Stage, page: Page): Promise<string> {
  const session = await page.createCDPSession()
  const background = await browser.waitForTarget((one) => one.type() === 'service_worker')
  const workers = [...page.workers(), await background.worker()]
  const texts: string[] = []
  for (const one of [session, ...workers.flatMap((worker) => worker?.client ?? [])]) texts.push(await textsOf(one))
  await session.detach()
  return texts.join('\n')
}

async function textsOf(session: CDPSession): Promise<string> {
  const chunks: string[] = []
  const take = ({ chunk }: { chunk: string }): void => void chunks.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', take)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', take)
  const { strings } = JSON.parse(chunks.join('')) as { strings: readonly string[] }
  return strings.join('\n')
}
