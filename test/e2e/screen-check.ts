import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type axe from 'axe-core'
import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import { comparePicture, pictures, writePicture } from './picture'

/** Where `SCREENS=<folder>` asks for pictures of everything that is checked. */
const FOLDER = process.env['SCREENS']

/** It goes into every page, so it had better be small. */
const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

/** What must hold of every screen: nothing that axe objects to, nothing cut off, nothing wider than it may be. */
export async function expectWellMade(page: Page, name: string, { narrow }: { narrow: boolean }): Promise<void> {
  await settled(page)
  if (FOLDER) await takePicture(page, join(FOLDER, name))
  if (pictures === 'write') return writePicture(page, name)
  expect.soft(await violations(page), `${name}: axe`).toEqual([])
  expect.soft(await page.evaluate(misfits, narrow ? 360 : null), `${name}: fit`).toEqual([])
  if (pictures === 'compare') await comparePicture(page, name)
}

/** Two frames: what was asked for is on the screen. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // A tab behind another one paints nothing.
        const timer = setTimeout(resolve, 300)
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            clearTimeout(timer)
            resolve()
          }),
        )
      }),
  )
}

async function takePicture(page: Page, path: string): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true })
  await page.screenshot({ path: `${path}.png` })
}

async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe: loaded } = globalThis as unknown as { axe: typeof axe }
    const found = await loaded.run(document, { resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 200) ?? ''}`),
    )
  })
}

/** Runs in the page: texts that are cut off, and what reaches beyond the edge. */
function misfits(widest: number | null): string[] {
  const problems: string[] = []
  const width = widest ?? document.documentElement.clientWidth
  // A window may be wider than a popup, which then stands at its side where reading begins.
  const left = widest === null ? 0 : document.body.getBoundingClientRect().left
  if (document.documentElement.scrollWidth > width) problems.push(`the page is ${document.documentElement.scrollWidth}`)
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    const box = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    const unseen =
      box.width <= 1 || style.visibility === 'hidden' || element.closest('.sr-only, [hidden], svg') !== null
    if (unseen) continue
    const named = `${element.tagName} ${element.className} “${(element.textContent ?? '').slice(0, 60)}”`
    if (box.right > left + width + 0.5 || box.left < left - 0.5) problems.push(`beyond the edge: ${named}`)
    const scrolls = /auto|scroll/.test(style.overflowX)
    // Names alone may be shortened, by dots that say so; their whole is on the account's own screen.
    const shortened = style.textOverflow === 'ellipsis'
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
    if (
      hasText &&
      !scrolls &&
      !shortened &&
      style.display !== 'inline' &&
      element.scrollWidth > element.clientWidth + 1
    ) {
      problems.push(`cut off: ${named} ${element.scrollWidth} > ${element.clientWidth}`)
    }
    const clips = /hidden|clip/.test(style.overflowY)
    if (clips && hasText && element.scrollHeight > element.clientHeight + 1) problems.push(`cut off below: ${named}`)
  }
  return problems.slice(0, 8)
}
