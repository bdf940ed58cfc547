import type { ElementHandle, Page } from 'puppeteer-core'

/** What a person does with a page: finds things by role and name, presses, types, reads. */

const WAIT_MS = 15_000
const MOST_SHOWN = 1_000

/** Selects by what assistive technology is told. */
export function by(role: string, name: string): string {
  return `::-p-aria([name=${JSON.stringify(name)}][role="${role}"])`
}

/** Waits until it is there and visible. Password fields have no role of their own: a labelled one counts as a textbox. */
export async function see(page: Page, role: string, name: string, timeout = WAIT_MS): Promise<ElementHandle> {
  const search = new AbortController()
  const limits = { timeout, signal: search.signal }
  const tries = [page.waitForSelector(by(role, name), { visible: true, ...limits })]
  if (role === 'textbox') tries.push(labelledPassword(page, name, limits))
  const found = await Promise.any(tries).catch(() => null)
  // A search that goes on in the page slows it down for whoever looks next.
  search.abort()
  if (!found) throw new Error(`there is no ${role} “${name}” on ${page.url()}`)
  for (const one of tries)
    void one.then(
      (other) => (other === found ? undefined : letGo(other)),
      () => undefined,
    )
  return found
}

/** What is in our hand cannot leave the page's memory; a page that is gone has let go already. */
export async function letGo(found: ElementHandle | null): Promise<void> {
  await found?.dispose().catch(() => undefined)
}

async function labelledPassword(
  page: Page,
  name: string,
  limits: { timeout: number; signal: AbortSignal },
): Promise<ElementHandle | null> {
  const found = await page.waitForFunction(
    (text) =>
      [...document.querySelectorAll<HTMLInputElement>('input[type="password"]')].find(({ labels }) =>
        [...(labels ?? [])].some((label) => label.textContent.trim() === text),
      ),
    limits,
    name,
  )
  return found.asElement() as ElementHandle | null
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
  const [source, flags] = typeof text === 'string' ? [escapeRegExp(text), ''] : [text.source, text.flags]
  const found = page.waitForFunction(
    (pattern, how) => new RegExp(pattern, how).test(document.body.innerText),
    { timeout },
    source,
    flags,
  )
  const seen = await found.then(Boolean, () => false)
  const all = await page.evaluate(() => document.body.innerText)
  if (!seen) throw new Error(`there is no “${String(text)}” on ${page.url()}, but: ${all.slice(0, MOST_SHOWN)}`)
  return all
}

/** Whether something of this role and name is there now. */
export async function isThere(page: Page, role: string, name: string): Promise<boolean> {
  return (await page.$(by(role, name))) !== null
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
