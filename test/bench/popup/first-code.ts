import type { Page } from 'puppeteer-core'
import { bundled } from '../bundled'

const CODE_LIMIT_MS = 60_000

/** Has each page that is opened here note when its first code is painted; to be called once, before any of them. */
export async function watchForCodes(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(await bundled('test/bench/popup/in-page.ts'))
}

/** Opens an address in this tab; milliseconds until its first code is painted. */
export async function firstCodeAt(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'domcontentloaded' })
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no code at ${url}`)), CODE_LIMIT_MS)
  })
  try {
    return await Promise.race([page.evaluate(() => globalThis.popupBench.firstCodeMs), limit])
  } finally {
    clearTimeout(timer)
  }
}
