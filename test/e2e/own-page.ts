import type { Page } from 'puppeteer-core'
import { expect } from 'vitest'
import type { EntryDraft, EntryView } from '../../src/rpc/account-calls'
import type { PageCalls } from '../../src/rpc/calls'
import type { Answer, Stub } from '../../src/rpc/wire'
import type { Stage } from './browsers'

export const OPTIONS = 'src/ui/options/index.html'
export const POPUP = 'src/ui/popup/index.html'
export const PASSPHRASE = 'seven quiet herons at dusk'

/** A page of ours, with what its screens may use. */
export interface OwnPage {
  readonly page: Page
  /** Asks the background as the screens do; throws an error whose message is the code of the refusal. */
  readonly ask: Stub<PageCalls>
}

/** Opens a page of ours in a tab, from which the background can be asked. */
export async function openOwnPage(stage: Stage, path = OPTIONS): Promise<OwnPage> {
  const page = await stage.openOwn(path)
  return { page, ask: askFrom(page) }
}

/** The background, asked from an open page of ours. */
export function askFrom(page: Page): Stub<PageCalls> {
  const call = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const answer = (await page.evaluate((message) => browser.runtime.sendMessage(message), {
      call: name,
      args,
    })) as Answer | undefined
    if (!answer) throw new Error('no answer')
    if (!answer.ok) throw new Error(answer.code)
    return answer.value
  }
  return new Proxy({} as Stub<PageCalls>, {
    get: (_target, name) =>
      typeof name === 'string' && name !== 'then' ? (...args: unknown[]) => call(name, args) : undefined,
  })
}

/** A new vault, open. */
export async function createVault(stage: Stage): Promise<OwnPage> {
  const own = await openOwnPage(stage)
  await own.ask.createVault(PASSPHRASE)
  return own
}

/** An account of a site, made without the screens that are tested elsewhere. */
export function addAccount({ ask }: OwnPage, parts: Partial<EntryDraft>): Promise<EntryView> {
  return ask.addEntry({
    type: 'totp',
    issuer: 'Example',
    label: 'alice',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    site: '',
    ...parts,
  })
}

/** The same account anew, with no code that was used; a second one of the same secret would be refused. */
export async function renewAccount(own: OwnPage, entryId: string, parts: Partial<EntryDraft>): Promise<EntryView> {
  await own.ask.trashEntry(entryId)
  await own.ask.deleteEntry(entryId)
  return addAccount(own, parts)
}

/** What an area of the extension's storage holds. */
export function stored({ page }: OwnPage, area: 'local' | 'session'): Promise<Record<string, unknown>> {
  return page.evaluate((name) => browser.storage[name].get(), area)
}

/** Puts values into an area of the extension's storage. */
export function store({ page }: OwnPage, area: 'local' | 'session', values: Record<string, unknown>): Promise<void> {
  return page.evaluate((name, items) => browser.storage[name].set(items), area, values)
}

/** Moves the moment at which the vault locks; nobody could wait for it. */
export async function setLockMoment(own: OwnPage, lockAt: number): Promise<void> {
  expect(await stored(own, 'session')).toHaveProperty('lockAt')
  await store(own, 'session', { lockAt })
}

/** The user agrees that the extension may reach an origin, so that our own checks alone stand in the way. */
export async function allowOrigin(stage: Stage, { page }: OwnPage, origin: string): Promise<void> {
  await stage.grant(origin)
  const { protocol, hostname } = new URL(origin)
  await page.bringToFront()
  await page.evaluate((pattern) => {
    const button = document.createElement('button')
    button.id = 'allow'
    button.addEventListener('click', async () => {
      button.dataset['granted'] = String(await browser.permissions.request({ origins: [pattern] }))
    })
    document.body.append(button)
    button.focus()
  }, `${protocol}//${hostname}/*`)
  await page.keyboard.press('Enter')
  await page.waitForSelector('#allow[data-granted="true"]')
  await page.$eval('#allow', (button) => button.remove())
}

/** The number of the tab in which a web page is; it must have been in front last before ours. */
export async function webTabId({ page }: OwnPage): Promise<number> {
  return page.evaluate(async () => {
    const own = location.origin
    const tabs = (await browser.tabs.query({})).filter(({ url }) => !url?.startsWith(own))
    const [last] = tabs.sort((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))
    if (last?.id === undefined) throw new Error('no web page is open')
    return last.id
  })
}
