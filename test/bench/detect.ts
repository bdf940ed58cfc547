import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'

import { COLLECTIONS } from '../autofill/form-page'
import type { FormFacts } from '../autofill/form-page'
import { ensureBrowser } from '../tools/find-browser'
import { quantile, type Findings } from './bench'
import { bundled } from './bundled'

/** What the bundle of `in-page.ts` offers inside the browser's page. */
interface InPage {
  /** The fields that were found, by their index. */
  found(facts: FormFacts): number[]
  /** Milliseconds of each look at a page of so many nodes. */
  times(kind: PageKind, nodes: number, runs: number): number[]
  /** Milliseconds to put a heavy page together, with the script for the hint or without. */
  load(hinted: boolean): number
  /** Milliseconds of a round of that page's own work. */
  churn(): number
}

type PageKind = 'nodes' | 'labelled inputs' | 'shadow roots'

declare global {
  var latchkeyBench: InPage
}

interface Tally {
  readonly of: number
  readonly right: number
  readonly fired: number
}

const RUNS = 60
const KIB = 1_024
const SCRIPTS = ['main', 'recovery-main', 'texts-main', 'pick-main', 'submit-main', 'hint-main'] as const
/** The first turn warms up, and is not counted. */
const HINT_TURNS = 17
const HINT_ROUNDS = 10
/** What else the machine does only ever adds; the quiet tenth of the turns says most of the page itself. */
const QUIET = 0.1

/** Precision and recall over the collected forms, the time of a look in a real browser, the size of the script. */
export async function benchDetect(): Promise<Findings> {
  const browser = await puppeteer.launch({ executablePath: await ensureBrowser('chromium'), args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.evaluate(await bundled('test/bench/in-page.ts'))
    const tallies = await score(page)
    console.table(tallies)
    const times = await timesOf(page)
    console.table(times)
    const sizes = await sizesOf()
    console.table(sizes)
    const hint = await costOfHint(browser)
    console.table(hint)
    return findings(tallies, times, sizes, hint)
  } finally {
    await browser.close()
  }
}

async function score(page: Page): Promise<Record<string, Tally>> {
  const tallies: Record<string, Tally> = {}
  for (const facts of COLLECTIONS.flatMap(casesOf)) {
    const found = await page.evaluate((form) => globalThis.latchkeyBench.found(form), facts)
    const { of, right, fired } = tallies[facts.kind] ?? { of: 0, right: 0, fired: 0 }
    tallies[facts.kind] = {
      of: of + 1,
      right: right + Number(found.join() === facts.target.join()),
      fired: fired + Number(found.length > 0),
    }
  }
  return tallies
}

function casesOf(file: string): FormFacts[] {
  const { cases: all } = JSON.parse(readFileSync(`test/fixtures/pages/${file}`, 'utf8')) as { cases: FormFacts[] }
  return all.filter(({ contested }) => contested !== true)
}

type Times = Record<string, { median: number; p99: number }>

async function timesOf(page: Page): Promise<Times> {
  const kinds: readonly [PageKind, number][] = [
    ['nodes', 5_000],
    ['nodes', 100_000],
    ['nodes', 1_000_000],
    ['labelled inputs', 2_000],
    ['shadow roots', 20_000],
  ]
  const times: Times = {}
  for (const [kind, count] of kinds) {
    const looks = await page.evaluate((...given) => globalThis.latchkeyBench.times(...given), kind, count, RUNS)
    times[`${count} ${kind}`] = { median: micros(quantile(looks, 0.5)), p99: micros(quantile(looks, 0.99)) }
  }
  return times
}

type Sizes = Record<(typeof SCRIPTS)[number], { bytes: number; gzipped: number }>

async function sizesOf(): Promise<Sizes> {
  const sizes = SCRIPTS.map(async (name) => {
    const script = await bundled(`src/autofill/${name}.ts`)
    return [name, { bytes: Buffer.byteLength(script), gzipped: gzipSync(script).length }] as const
  })
  return Object.fromEntries(await Promise.all(sizes)) as Sizes
}

interface HintCost {
  readonly load: number
  readonly churn: number
}

/** What the hint costs a heavy page, as ratios of two pages that take turns: one with it, one without. */
async function costOfHint(browser: Browser): Promise<HintCost> {
  const [plain, hinted] = [await browser.newPage(), await browser.newPage()]
  const script = await bundled('test/bench/in-page.ts')
  const took = { load: [[], []] as [number[], number[]], churn: [[], []] as [number[], number[]] }
  for (let turn = 0; turn < HINT_TURNS; turn += 1) {
    for (const at of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const page = at === 0 ? plain : hinted
      await page.bringToFront()
      await page.goto('about:blank')
      await page.evaluate(script)
      const load = await page.evaluate((on) => globalThis.latchkeyBench.load(on), at === 1)
      if (turn === 0) continue
      took.load[at].push(load)
      for (let round = 0; round < HINT_ROUNDS; round += 1) {
        took.churn[at].push(await page.evaluate(() => globalThis.latchkeyBench.churn()))
      }
    }
  }
  const ratio = ([without, withHint]: [number[], number[]]): number =>
    Math.round((quantile(withHint, QUIET) / quantile(without, QUIET)) * 1_000) / 1_000
  return { load: ratio(took.load), churn: ratio(took.churn) }
}

function findings(tallies: Record<string, Tally>, times: Times, sizes: Sizes, hint: HintCost): Findings {
  const share = (kind: string, what: 'right' | 'fired'): number =>
    Math.round(((tallies[kind]?.[what] ?? 0) / (tallies[kind]?.of ?? 1)) * 1_000) / 1_000
  const slowest = Math.max(...Object.values(times).map(({ p99 }) => p99)) / 1_000
  const kib = (bytes: number): number => Math.round((bytes / KIB) * 10) / 10
  return {
    figures: {
      ...Object.fromEntries(SCRIPTS.map((name) => [`${name}, KiB`, kib(sizes[name].bytes)])),
      'main gzipped, KiB': kib(sizes.main.gzipped),
      ...Object.fromEntries(Object.entries(times).map(([name, { median }]) => [`µs, ${name}`, median])),
    },
    goals: [
      { name: 'single fields right', figure: share('totp-single', 'right'), least: 0.95 },
      { name: 'split fields right', figure: share('totp-split', 'right'), least: 0.95 },
      { name: 'fires on ordinary forms', figure: share('none', 'fired'), most: 0.02 },
      { name: 'fires on recovery pages', figure: share('recovery', 'fired'), most: 0 },
      { name: 'fires on SMS and e-mail pages', figure: share('sms-or-email-code', 'fired'), most: 0.15 },
      { name: 'slowest look, ms (FIL-10)', figure: Math.round(slowest * 10) / 10, most: 100 },
      {
        name: 'injected script, KiB (EXT-7)',
        figure: kib(Math.max(...SCRIPTS.map((name) => sizes[name].bytes))),
        most: 15,
      },
      { name: 'hint script gzipped, KiB', figure: kib(sizes['hint-main'].gzipped), most: 2 },
      { name: 'loading a heavy page with the hint, ratio', figure: hint.load, most: 1.05 },
      { name: 'its own work with the hint, ratio', figure: hint.churn, most: 1.3 },
    ],
  }
}

function micros(milliseconds: number): number {
  return Math.round(milliseconds * 1_000)
}
