import type { ElementHandle, Page } from 'puppeteer-core'
import { by, find, letGo } from './finding'

export { by, letGo }

/** What a person does with a page: finds things by role and name, presses, types, reads. */

/** A machine that is shared may starve a browser for seconds; only what never comes takes so long. */
const WAIT_MS = 30_000
const LOOK_EVERY_MS = 50
const MOST_SHOWN = 1_000

/** Waits until it is there and visible. */
export async function see(page: Page, role: string, name: string, timeout = WAIT_MS): Promise<ElementHandle> {
  const found = await find(page, role, name, timeout)
  if (!found) throw new Error(`there is no ${role} “${name}” on ${page.url()}`)
  return found
}

/** Presses a button or menu item with the keyboard, which our own windows never ignore. */
export async function press(page: Page, name: string, role = 'button'): Promise<void> {
  const found = await see(page, role, name)
  await found.focus()
  await page.keyboard.press('Enter')
  await letGo(found)
}

/** Types into a field, in place of what is in it. */
export async function type(page: Page, name: string, text: string, role = 'textbox'): Promise<void> {
  const field = await see(page, role, name)
  await field.evaluate((element) => {
    ;(element as HTMLInputElement).focus()
    ;(element as HTMLInputElement).select()
  })
  await letGo(field)
  await page.keyboard.press('Backspace')
  await page.keyboard.type(text)
}

/** What a field holds. */
export async function valueOf(page: Page, name: string): Promise<string> {
  return (await see(page, 'textbox', name)).evaluate((element) => (element as HTMLInputElement).value)
}

/** Waits until a text is on the page; answers all of its text. */
export async function seeText(page: Page, text: string | RegExp, timeout = WAIT_MS): Promise<string> {
  const pattern = typeof text === 'string' ? new RegExp(escapeRegExp(text)) : text
  const end = Date.now() + timeout
  for (;;) {
    // A page that is about to become another one has no text to tell.
    const all = await page.evaluate(() => document.body.innerText).catch(() => '')
    if (pattern.test(all)) return all
    if (Date.now() > end)
      throw new Error(`there is no “${String(text)}” on ${page.url()}, but: ${all.slice(0, MOST_SHOWN)}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** Whether something of this role and name is there now. */
export async function isThere(page: Page, role: string, name: string): Promise<boolean> {
  return (await page.$(by(role, name))) !== null
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
