import type { Page } from 'puppeteer-core'
import { median } from '../bench'
import { firstCodeAt } from './first-code'

/** How smoothly the list went by: frames drawn, how many came later than 16.7 ms after the one before, per cent left out. */
export interface Scrolled {
  readonly frames: number
  readonly late: number
  readonly dropped: number
}

/** Both lists as often, by turns. */
const TURNS = 5
const FRAMES = 300
/** A fast wheel: some two thousand rows in five seconds. */
const STEP_PX = 390

/**
 * Scrolls the popup's list as it would be by hand, once all accounts are there, and a bare list beside it: a machine
 * that has other things to do drops frames of either. The medians of all turns.
 */
export async function scrollBoth(page: Page, popup: string, bare: string): Promise<{ ours: Scrolled; bare: Scrolled }> {
  const [ours, theirs]: [Scrolled[], Scrolled[]] = [[], []]
  for (let turn = 0; turn < TURNS; turn += 1) {
    ours.push(await scrollThrough(page, popup))
    theirs.push(await scrollThrough(page, bare))
  }
  return { ours: middle(ours), bare: middle(theirs) }
}

function middle(all: readonly Scrolled[]): Scrolled {
  const of = (key: keyof Scrolled): number => median(all.map((one) => one[key]))
  return { frames: of('frames'), late: of('late'), dropped: of('dropped') }
}

async function scrollThrough(page: Page, list: string): Promise<Scrolled> {
  await firstCodeAt(page, list)
  await page.waitForFunction(() => (document.querySelector('main')?.scrollHeight ?? 0) > 100_000, { timeout: 30_000 })
  // What the popup does after it has opened is over.
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  const gaps = await page.evaluate((frames, step) => globalThis.popupBench.scroll(frames, step), FRAMES, STEP_PX)
  const missed = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1_000 / 60)) - 1), 0)
  return {
    frames: gaps.length,
    late: gaps.filter((gap) => gap > 16.8).length,
    dropped: Math.round((1_000 * missed) / (gaps.length + missed)) / 10,
  }
}
