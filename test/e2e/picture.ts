import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { PNG } from 'pngjs'
import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { differingShare, smallPng } from '../support/small-png'

/** The languages that are kept in pictures: Latin, Chinese, and one that is read from right to left. */
export const PICTURED = ['en', 'zh_CN', 'ar'] as const

/** What `PICTURES` asks of the walk through all screens: to write their pictures, or to compare with those written. */
export const pictures = process.env['PICTURES'] as 'write' | 'compare' | undefined

const FOLDER = 'test/pictures/screens'
const MADE_WITH = join(FOLDER, 'made-with.json')
/** Some digits of a date or a port: nothing that moves a line, and no button. */
const TOLERATED = 0.002
/** From here on a code would show its last seconds. */
const LATE_MS = 24_000
const STEP_MS = 30_000

/** Writes the picture of a screen in Chromium, under the name of the screen, its language and its theme. */
export async function writePicture(page: Page, name: string): Promise<void> {
  const path = fileOf(name)
  if (path === null) return
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(MADE_WITH, `${JSON.stringify(await madeWith(page), null, 2)}\n`)
  writeFileSync(path, smallPng(await taken(page)))
}

/** Compares a screen with its picture. Other fonts or another browser draw otherwise: there it is said, and left. */
export async function comparePicture(page: Page, name: string): Promise<void> {
  const path = fileOf(name)
  if (path === null || !(await isDrawnAlike(page))) return
  expect.soft(existsSync(path), `${name}: no picture yet; run npm run pictures`).toBe(true)
  if (!existsSync(path)) return
  const png = await taken(page)
  const share = differingShare(PNG.sync.read(readFileSync(path)), png)
  if (share <= TOLERATED) return
  const looksNow = join(tmpdir(), 'latchkey-pictures', basename(path))
  mkdirSync(dirname(looksNow), { recursive: true })
  writeFileSync(looksNow, smallPng(png))
  expect
    .soft(share, `${path} and ${looksNow} differ; if they should, run npm run pictures`)
    .toBeLessThanOrEqual(TOLERATED)
}

/** `chromium/30-list-zh_CN-dark` has a picture; Firefox and the other languages have none. */
function fileOf(name: string): string | null {
  const pictured = new RegExp(`^chromium/(.+)-(${PICTURED.join('|')})-(light|dark)$`).exec(name)
  return pictured ? join(FOLDER, `${pictured[1]}-${pictured[2]}-${pictured[3]}.png`) : null
}

async function taken(page: Page): Promise<PNG> {
  if (await page.$('.ring')) await notLate()
  await page.evaluate(calm)
  const png = PNG.sync.read(Buffer.from(await page.screenshot()))
  await page.evaluate(() => void (document.adoptedStyleSheets = []))
  return png
}

async function notLate(): Promise<void> {
  const into = Date.now() % STEP_MS
  if (into > LATE_MS) await new Promise((resolve) => setTimeout(resolve, STEP_MS - into + 500))
}

/** Runs in the page: what differs from run to run is drawn the same, and what moves stands still. */
function calm(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    * { animation: none !important; transition: none !important; caret-color: transparent !important }
    .made-words, .sheet-code, input[type="password"] { color: transparent !important }
    .ring-left { stroke-dashoffset: 14 !important }
    .toast-place { display: none !important }`)
  document.adoptedStyleSheets = [sheet]
  const put = (selector: string, change: (text: string) => string) => {
    for (const { firstChild } of document.querySelectorAll(selector)) {
      if (firstChild instanceof Text) firstChild.data = change(firstChild.data)
    }
  }
  put('.code span', (code) => '123456789'.slice(0, code.length))
  put('[role="timer"]', (left) => left.replace(/\d+/, '20'))
  // What came late above it may have moved it.
  document.querySelector('[data-in-sight]')?.scrollIntoView({ block: 'center', behavior: 'instant' })
}

interface Means {
  browser: string
  /** How wide one text is in the system's font: other fonts, other widths. */
  width: number
}

async function madeWith(page: Page): Promise<Means> {
  const width = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')
    if (!context) return 0
    context.font = '16px system-ui'
    return context.measureText('Latchkey 验证码 Код الرمز 123 456').width
  })
  return { browser: await page.browser().version(), width: Math.round(width * 100) / 100 }
}

const said = { once: false }

async function isDrawnAlike(page: Page): Promise<boolean> {
  const here = await madeWith(page)
  const there = existsSync(MADE_WITH) ? (JSON.parse(readFileSync(MADE_WITH, 'utf8')) as Means) : null
  const alike = there?.browser === here.browser && there.width === here.width
  if (!said.once) {
    said.once = true
    const verdict = alike ? 'screens are compared with them' : 'too different to compare'
    console.log(`Pictures made with ${JSON.stringify(there)}, here ${JSON.stringify(here)}: ${verdict}.`)
  }
  return alike
}
