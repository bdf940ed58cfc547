import { existsSync } from 'node:fs'
import { join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { ensureBrowser } from '../tools/find-browser'
import { type Findings, type Goal, median, quantile } from './bench'
import {
  BARE_LIST,
  EMPTY_PAGE,
  type Copy,
  buildEmptyPage,
  installCopy,
  installIncumbent,
  newFolder,
} from './popup/copies'
import { firstCodeAt, watchForCodes } from './popup/first-code'
import { type Scrolled, scrollBoth } from './popup/scrolling'

/** How many accounts the vaults hold. */
const SIZES = [10, 100, 1_000, 10_000] as const
const ROUNDS = Number(process.env['LATCHKEY_BENCH_ROUNDS'] ?? 11)
/** Between two openings: what the one before still had the background do is done by then. */
const PAUSE_MS = 1_000
/** A folder with Authenticator Extension as it is built, to be measured beside ours. */
const INCUMBENT = process.env['LATCHKEY_INCUMBENT']
/** The incumbent copies its whole list for each account; ten thousand would take it minutes. */
const INCUMBENT_SIZES: readonly number[] = [10, 100, 1_000]
const INCUMBENT_GOALS: Readonly<Record<number, number>> = { 10: 0.5, 100: 0.3, 1_000: 0.1 }

/** One thing that is opened again and again. */
interface Contestant {
  readonly name: string
  readonly url: string
  /** Whose background is to be asleep; null: awake, since the page was open a moment ago. */
  readonly asleep: string | null
  /** One of each round, so that those of a round can be compared. */
  readonly times: number[]
}

const EMPTY = 'empty page'

/**
 * Milliseconds from opening the popup to its first code on the screen, by accounts, with the background awake and asleep, beside
 * an empty Preact page, and beside the incumbent where `LATCHKEY_INCUMBENT` names the folder of its build. All take turns in one
 * browser, in another order with each round, and are compared within a round: what else the computer does then slows both.
 */
export async function benchPopup(): Promise<Findings> {
  if (!existsSync('dist/chrome/manifest.json')) throw new Error('build the extension first: npm run build')
  const folder = newFolder()
  const browser = await launch()
  try {
    const emptyPage = join(folder.path, 'empty-page')
    await buildEmptyPage(emptyPage)
    const ours = await inTurn(SIZES, (size) => installCopy(browser, folder.path, emptyPage, size))
    const theirs = await inTurn(INCUMBENT ? INCUMBENT_SIZES : [], (size) =>
      installIncumbent(browser, folder.path, INCUMBENT ?? '', size),
    )
    const contestants = contest(ours, theirs)
    const page = await browser.newPage()
    await page.setViewport({ width: 360, height: 560 })
    await watchForCodes(page)
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const one of inOrderOf(round, contestants)) {
        const took = await open(browser, page, one)
        // The first round warms what the browser keeps for all.
        if (round > 0) one.times.push(took)
      }
    }
    const largest = ours.at(-1)
    if (!largest) throw new Error('no copy to scroll')
    const scrolled = await scrollBoth(page, largest.popup, `chrome-extension://${largest.id}/${BARE_LIST}`)
    return findings(contestants, scrolled)
  } finally {
    await browser.close()
    folder.remove()
  }
}

/** Without a debugger on the background, which would hold it at its start. */
async function launch(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: await ensureBrowser('chromium'),
    pipe: true,
    enableExtensions: true,
    defaultViewport: null,
    targetFilter: (target) => target.type() !== 'service_worker',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--window-size=1280,900',
      '--disable-background-networking',
    ],
  })
}

async function inTurn<Made>(sizes: readonly number[], make: (size: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = []
  for (const size of sizes) made.push(await make(size))
  return made
}

function contest(ours: readonly Copy[], theirs: readonly Copy[]): readonly Contestant[] {
  return [
    ...ours.flatMap(({ accounts, id, popup }) => [
      { name: nameOf(accounts, 'asleep'), url: popup, asleep: id, times: [] },
      { name: nameOf(accounts, 'awake'), url: popup, asleep: null, times: [] },
      // Beside what it is compared with.
      ...(accounts === 100
        ? [{ name: EMPTY, url: `chrome-extension://${id}/${EMPTY_PAGE}`, asleep: null, times: [] }]
        : []),
    ]),
    ...theirs.map(({ accounts, popup }) => ({ name: `incumbent, ${accounts}`, url: popup, asleep: null, times: [] })),
  ]
}

function nameOf(accounts: number, state: 'awake' | 'asleep'): string {
  return `${accounts}, ${state}`
}

/** Each round begins with another one, and every second goes backwards: nobody always comes after the same one. */
function inOrderOf(round: number, contestants: readonly Contestant[]): readonly Contestant[] {
  const first = round % contestants.length
  const turned = [...contestants.slice(first), ...contestants.slice(0, first)]
  return round % 2 === 0 ? turned : turned.toReversed()
}

/** All were opened right before; what is asleep was stopped since. */
async function open(browser: Browser, page: Page, { url, asleep }: Contestant): Promise<number> {
  await page.bringToFront()
  await firstCodeAt(page, url)
  await page.goto('about:blank')
  if (asleep !== null) await stopBackground(browser, asleep)
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  return firstCodeAt(page, url)
}

async function stopBackground(browser: Browser, id: string): Promise<void> {
  const session = await browser.target().createCDPSession()
  try {
    const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] })
    const own = targetInfos.filter(({ type, url }) => type === 'service_worker' && url.includes(id))
    for (const { targetId } of own) await session.send('Target.closeTarget', { targetId })
  } finally {
    await session.detach()
  }
}

function findings(contestants: readonly Contestant[], scrolled: { ours: Scrolled; bare: Scrolled }): Findings {
  const of = (name: string): readonly number[] => contestants.find((one) => one.name === name)?.times ?? []
  const ratios = (one: string, other: string): readonly number[] =>
    of(one).map((time, round) => time / (of(other)[round] ?? NaN))
  const ratio = (one: string, other: string): number => rounded(median(ratios(one, other)), 100)
  const grows = (size: number, state: 'awake' | 'asleep', most: number): Goal => ({
    name: `growth from 10 to ${size}, ${state}`,
    figure: ratio(nameOf(size, state), nameOf(10, state)),
    most,
  })
  const besideEmpty = ratios(nameOf(100, 'awake'), EMPTY)
  const figures = contestants.flatMap(({ name, times }) => [
    [`${name}: median ms`, rounded(median(times), 10)],
    [`${name}: p95 ms`, rounded(quantile(times, 0.95), 10)],
  ])
  const incumbent = INCUMBENT
    ? INCUMBENT_SIZES.map((size) => ({
        name: `against the incumbent at ${size}`,
        figure: ratio(nameOf(size, 'awake'), `incumbent, ${size}`),
        most: INCUMBENT_GOALS[size] ?? NaN,
      }))
    : []
  return {
    figures: {
      ...Object.fromEntries(figures),
      'against the empty page: lower quartile': rounded(quantile(besideEmpty, 0.25), 100),
      'against the empty page: upper quartile': rounded(quantile(besideEmpty, 0.75), 100),
      'scrolling: frames': scrolled.ours.frames,
      'scrolling: later than 16.7 ms': scrolled.ours.late,
      'scrolling: frames dropped, per cent': scrolled.ours.dropped,
      'scrolling a bare list: frames dropped, per cent': scrolled.bare.dropped,
    },
    goals: [
      ...incumbent,
      {
        name: 'against the empty page at 100, awake',
        figure: ratio(nameOf(100, 'awake'), EMPTY),
        most: 1.7,
      },
      ...(['awake', 'asleep'] as const).flatMap((state) => [grows(1_000, state, 1.3), grows(10_000, state, 2)]),
      {
        name: 'frames dropped while 10,000 scroll, per cent more than of a bare list',
        figure: rounded(Math.max(0, scrolled.ours.dropped - scrolled.bare.dropped), 10),
        most: 1,
      },
    ],
  }
}

function rounded(figure: number, parts: number): number {
  return Math.round(figure * parts) / parts
}
