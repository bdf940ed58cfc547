import type { ElementHandle, Page } from 'puppeteer-core'
import { until } from './until'

/** Elements that may have a role without naming it; whether they do is for the browser's accessibility tree to say. */
const NATIVE: Readonly<Record<string, string>> = {
  button: 'button, summary',
  checkbox: 'input[type="checkbox"]',
  combobox: 'select',
  dialog: 'dialog',
  heading: 'h1, h2, h3, h4',
  list: 'ul, ol',
  listitem: 'li',
  radio: 'input[type="radio"]',
  region: 'section',
  searchbox: 'input[type="search"]',
  textbox: 'input, textarea',
}
const LOOK_EVERY_MS = 50
/** So long the likely element may take to come, before the whole tree is searched. */
const PATIENCE_MS = 2_000

/** Selects by what assistive technology is told. */
export function by(role: string, name: string): string {
  return `::-p-aria(${attributes(role, name)})`
}

/**
 * Waits until it is there and visible. To search the whole accessibility tree takes Firefox half a second, in which the page
 * stands still: the tree is asked about the likely element, and about all of them only where that is not the one.
 */
export async function find(page: Page, role: string, name: string, timeout: number): Promise<ElementHandle | null> {
  const end = Date.now() + timeout
  let searchAt = Date.now() + Math.min(PATIENCE_MS, timeout / 2)
  for (;;) {
    const found = await likely(page, role, name).catch(() => null)
    if (found) return found
    if (Date.now() > searchAt) {
      const other = await anywhere(page, role, name).catch(() => null)
      if (other || Date.now() > end) return other
      searchAt = Date.now() + PATIENCE_MS
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/**
 * Waits until something that this selects is on the page. One short question at a time: the driver's own way puts a helper
 * into each page and asks ten times.
 */
export async function appear(page: Page, selector: string, timeout = 30_000): Promise<void> {
  const found = await until(() => page.evaluate(isPresent, selector).catch(() => false), timeout).then(
    () => true,
    () => false,
  )
  if (!found) throw new Error(`there is no ${selector} on ${page.url()}`)
}

/** What is in our hand cannot leave the page's memory; a page that is gone has let go already. */
export async function letGo(found: ElementHandle | null): Promise<void> {
  await found?.dispose().catch(() => undefined)
}

async function likely(page: Page, role: string, name: string): Promise<ElementHandle | null> {
  const native = NATIVE[role]
  const selector = `[role="${role}"]${native ? `, ${native}` : ''}`
  const found = (await page.evaluateHandle(likelyElement, selector, name)).asElement() as ElementHandle | null
  if (!found) return null
  const told = await found.$(`aria/${attributes(role, name)}`)
  // Password fields have no role of their own: a labelled one counts as a textbox.
  if (!told && role === 'textbox' && (await found.evaluate(isLabelledPassword, name))) return found
  await letGo(found)
  return told
}

async function anywhere(page: Page, role: string, name: string): Promise<ElementHandle | null> {
  const found = await page.$(by(role, name))
  if (!found || (await found.isVisible())) return found
  await letGo(found)
  return null
}

function attributes(role: string, name: string): string {
  return `[name=${JSON.stringify(name)}][role="${role}"]`
}

/**
 * Runs in the page: the visible element that seems to have this name, else one that seems to have it among others. An open
 * dialog hides the rest.
 */
function likelyElement(selector: string, name: string): Element | null {
  const squeezed = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
  const textsOf = (ids: string | null) => (ids ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent)
  const namesOf = (element: Element) => {
    const { labels, placeholder, title } = element as HTMLInputElement
    const labelled = [...(labels ?? [])].map((label) => label.textContent)
    const said = [element.getAttribute('aria-label'), textsOf(element.getAttribute('aria-labelledby')).join(' ')]
    return [...said, ...labelled, element.textContent, placeholder, title].map(squeezed)
  }
  const modal = document.querySelector('dialog:modal') !== null
  const isSeen = (element: Element) =>
    element.closest(modal ? 'dialog:modal' : 'html') !== null &&
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 0
  const seen = [...document.querySelectorAll(selector)]
    .filter(isSeen)
    .map((element) => ({ element, names: namesOf(element) }))
  const wanted = squeezed(name)
  const found =
    seen.find(({ names }) => names.includes(wanted)) ??
    seen.find(({ names }) => names.some((one) => one.includes(wanted)))
  return found?.element ?? null
}

/** Runs in the page. */
function isPresent(selector: string): boolean {
  return document.querySelector(selector) !== null
}

/** Runs in the page. */
function isLabelledPassword(element: Element, name: string): boolean {
  const { type, labels } = element as HTMLInputElement
  return type === 'password' && [...(labels ?? [])].some((label) => label.textContent.trim() === name)
}
