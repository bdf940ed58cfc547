import type { Page } from 'puppeteer-core'
import { until } from './until'

/** Making a key takes long where the machine is shared. */
const WAIT_MS = 40_000

/*
 * Hands for who looks into memory afterwards: they reach a thing in one turn inside the page, keep no handle of it and read
 * nothing back. What other hands hold stays in the page's memory, with all that was typed into it.
 */

/** Presses the button or menu item of this name; where a dialog is open, in it. */
export async function pressLightly(page: Page, name: string): Promise<void> {
  await reach(page, name, 'button, [role="menuitem"]')
  await page.keyboard.press('Enter')
}

/** Types into the field of this label, key by key. */
export async function typeLightly(page: Page, name: string, text: string): Promise<void> {
  await reach(page, name, 'label')
  await page.keyboard.type(text)
}

/** Waits until so many of these can be seen. */
export async function seeCount(page: Page, selector: string, count: number): Promise<void> {
  await until(async () => (await page.evaluate(countVisible, selector)) === count, WAIT_MS)
}

/** Chooses a file for the one field that takes files. */
export async function chooseLightly(page: Page, path: string): Promise<void> {
  await until(() => page.evaluate(() => document.querySelector('input[type="file"]') !== null))
  const session = await page.createCDPSession()
  const { root } = await session.send('DOM.getDocument')
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'input[type="file"]' })
  await session.send('DOM.setFileInputFiles', { nodeId, files: [path] })
  await session.detach()
}

async function reach(page: Page, name: string, among: string): Promise<void> {
  await page.bringToFront()
  await until(() => page.evaluate(focusNamed, name, among), WAIT_MS)
}

/** Runs in the page. */
function countVisible(selector: string): number {
  return [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).length
}

/** Runs in the page. True once the thing has kept the focus from one look to the next: what is still being drawn loses it. */
function focusNamed(name: string, among: string): boolean {
  const within = document.querySelector('dialog[open]') ?? document
  const named = [...within.querySelectorAll<HTMLElement>(among)].find(
    (one) => one.checkVisibility() && (one.getAttribute('aria-label') ?? one.textContent).trim() === name,
  )
  const found = named instanceof HTMLLabelElement ? named.control : named
  if (found && document.activeElement === found) return true
  found?.focus()
  return false
}
