import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SCRIPTED_QUIET_MS } from '../../src/autofill/submit'
import { type Stage, launch } from './browsers'
import { press, see, seeText } from './hands'
import {
  type OwnPage,
  PASSPHRASE,
  POPUP,
  addAccount,
  allowOrigin,
  createVault,
  renewAccount,
  webTabId,
} from './own-page'
import { type TestSite, startTestSite } from './test-site'
import { until } from './until'

const STEP_MS = 40_000
/** Longer than a page is given to send a full field by itself. */
const QUIET_MS = SCRIPTED_QUIET_MS + 1_500

/** Nobody could tell that this field takes a code. */
const STRANGE = '<h1>Welcome</h1><p><label>Gift card <input name="gift"></label></p>'

describe.each(['chromium', 'firefox'] as const)('what the user teaches about a site in %s', (name) => {
  let stage: Stage
  let site: TestSite
  let own: OwnPage
  let web: Page | null = null

  beforeAll(async () => {
    site = await startTestSite()
    site.pages.set('/strange', webPage(STRANGE))
    site.pages.set('/form', webPage(form('')))
    site.pages.set('/form-by-itself', webPage(form('if (field.value.length === 6) field.form.requestSubmit()')))
    site.pages.set(
      '/form-asks',
      webPage(form(`if (field.value.length === 6) fetch('/told', { method: 'POST', body: 'asked' })`)),
    )
    site.pages.set(
      '/who',
      webPage(`<h1>Two-factor authentication</h1><p>Signed in as <b>bob</b></p><label>Code <input name="otp"></label>`),
    )
    stage = await launch(name)
    own = await createVault(stage)
    await addAccount(own, { site: site.url })
  })

  afterAll(async () => {
    await stage?.close()
    await site?.close()
  })

  afterEach(async () => {
    await web?.close()
    web = null
    site.told.length = 0
  })

  /** Opens a page, and the popup over it once, so that the extension may see it. */
  async function openSeen(path: string): Promise<{ page: Page; tabId: number }> {
    web = await stage.openWeb(site.url + path)
    const popup = await stage.openPopup(web)
    await seeText(popup, 'alice')
    const tabId = await webTabId(own)
    if (!popup.isClosed()) await popup.close()
    await web.bringToFront()
    return { page: web, tabId }
  }

  const decided = async (tabId: number): Promise<string> => {
    const { field } = await own.ask.explainPage(tabId)
    return `${field.state} ${field.reasons[0]?.about ?? ''}`
  }

  it('leaves a field alone that looks like something else, and says why', async () => {
    const { tabId } = await openSeen('/strange')
    expect(await decided(tabId)).toBe('unlikely unrelated')
    await expect(own.ask.fill(tabId, (await entryIds())[0] ?? '')).rejects.toThrow('fill/no-field')
  })

  it('takes no click that the page makes for the user pointing, and nothing after Escape', async () => {
    const { page, tabId } = await openSeen('/strange')
    await own.ask.pickField(tabId)
    await page.bringToFront()
    await page.evaluate(() => {
      const field = document.querySelector('input')
      field?.click()
      field?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))
    })
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.documentElement.lastElementChild?.localName === 'body')
    await page.click('input')
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('input')
    expect(await decided(tabId)).toBe('unlikely unrelated')
  })

  it('fills the field at which the user pointed, now and after a reload', { timeout: 120_000 }, async () => {
    const { page, tabId } = await openSeen('/strange')
    await own.ask.pickField(tabId)
    await page.bringToFront()
    await page.waitForFunction(() => document.documentElement.lastElementChild?.localName === 'div')
    await page.click('input')
    await until(async () => (await decided(tabId)) === 'found taught')
    expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('input')
    if (name === 'chromium') await closeOwnPopup()
    await page.reload()
    const popup = await stage.openPopup(page)
    await press(popup, 'Fill code')
    await page.waitForFunction(() => document.querySelector('input')?.value.length === 6, { timeout: STEP_MS })
    if (!popup.isClosed()) await popup.close()
    await own.ask.forgetSite(site.url)
    expect(await decided(tabId)).toBe('unlikely unrelated')
  })

  it('shows the reasons in the popup', async () => {
    web = await stage.openWeb(`${site.url}/strange`)
    const popup = await stage.openPopup(web)
    await press(popup, 'Why did it (not) fill here?')
    await see(popup, 'dialog', 'Why did it (not) fill here?')
    await seeText(popup, 'Another kind of number or code is named (in the name of the field)')
    await seeText(popup, 'Example alice belongs to this site.')
    if (!popup.isClosed()) await popup.close()
  })

  it.each<[string, string, boolean, readonly string[]]>([
    ['sends no form by default', '/form', false, []],
    ['sends it once where the user turned that on', '/form', true, ['sent']],
    ['never sends it twice where the page does', '/form-by-itself', true, ['sent']],
    ['sends nothing where the page asks its server', '/form-asks', true, ['asked']],
  ])('%s', { timeout: 120_000 }, async (_what, path, submits, told) => {
    const { id } = await renewAccount(own, (await entryIds())[0] ?? '', { site: site.url })
    await own.ask.setAutoSubmit(site.url, submits)
    const { page, tabId } = await openSeen(path)
    await own.ask.fill(tabId, id)
    await page.waitForFunction(() => document.querySelector('input')?.value.length === 6, { timeout: STEP_MS })
    await until(() => site.told.length >= told.length)
    // What must not happen, nobody can wait for; what it would come of is over by then.
    await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), QUIET_MS)
    expect(site.told).toEqual(told)
  })

  it('puts the account on top that the page names', async () => {
    const bob = await addAccount(own, { label: 'bob', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', site: site.url })
    const { tabId } = await openSeen('/who')
    const { matches } = await own.ask.lookAtPage(tabId)
    expect(matches).toHaveLength(2)
    expect(matches[0]).toBe(bob.id)
  })

  it('shows a hint that takes no clicks, and a number, where the user asked for both (FIL-7)', async () => {
    await expect(own.ask.setHint(site.url, true)).rejects.toThrow('fill/site-not-granted')
    await allowOrigin(stage, own, site.url)
    await own.ask.setHint(site.url, true)
    web = await stage.openWeb(`${site.url}/form`)
    const tabId = await webTabId(own)
    const all = String((await entryIds()).length)
    await until(async () => (await badge(tabId)) === all)
    expect(await web.evaluate(hintBelow)).toBe('no hint')
    await web.focus('input')
    // It is brought to the page when the page is there, by the background.
    await until(async () => (await web?.evaluate(hintBelow)) !== 'no hint')
    expect(await web.evaluate(hintBelow)).toBe('lets clicks through, shows nothing to the page')
    await web.focus('button')
    expect(await web.evaluate(hintBelow)).toBe('no hint')
    expect(await web.evaluate(() => document.querySelector('input')?.value)).toBe('')
    await own.ask.lock()
    await until(async () => (await badge(tabId)) === '')
    await own.ask.unlock(PASSPHRASE)
    await own.ask.forgetSite(site.url)
    await web.reload()
    await web.focus('input')
    expect(await web.evaluate(hintBelow)).toBe('no hint')
  })

  it('shows no hint any more in an open page once the grant was taken back in the browser’s settings (FIL-7)', async () => {
    await allowOrigin(stage, own, site.url)
    await own.ask.setHint(site.url, true)
    web = await stage.openWeb(`${site.url}/form`)
    await web.focus('input')
    await until(async () => (await web?.evaluate(hintBelow)) !== 'no hint')
    await stage.takeBack(site.url)
    await until(async () => (await web?.evaluate(hintBelow)) === 'no hint')
    await web.bringToFront()
    await web.focus('button')
    await web.focus('input')
    expect(await web.evaluate(hintBelow)).toBe('no hint')
  })

  function badge(tabId: number): Promise<string> {
    return own.page.evaluate((id) => browser.action.getBadgeText({ tabId: id }), tabId)
  }

  /** Once the user has pointed, the popup comes back by itself, where the browser lets it. */
  async function closeOwnPopup(): Promise<void> {
    const target = await stage.browser.waitForTarget((one) => one.url() === stage.pageUrl(POPUP), { timeout: 30_000 })
    await (await target.asPage()).close()
  }

  async function entryIds(): Promise<readonly string[]> {
    return (await own.ask.entries()).map(({ id }) => id)
  }
})

/** Runs in the page: what it can learn of a hint. */
function hintBelow(): string {
  const host = document.documentElement.lastElementChild
  if (!(host instanceof HTMLDivElement)) return 'no hint'
  const { left, top } = host.getBoundingClientRect()
  const hit = document.elementFromPoint(left + 2, top + 2)
  const opaque = hit === host || host.shadowRoot !== null || host.textContent !== ''
  return opaque ? 'can be clicked or read' : 'lets clicks through, shows nothing to the page'
}

function webPage(body: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Page</title><body>${body}</body>`
}

/** A form that tells when it is sent, and does `typed` with each change of its field. */
function form(typed: string): string {
  return `<h1>Two-factor authentication</h1><form><label>Authenticator code <input name="otp" maxlength="6"></label>
    <button>Verify</button></form><script>
      const field = document.querySelector('input')
      field.addEventListener('input', () => { ${typed} })
      field.form.addEventListener('submit', (event) => {
        event.preventDefault()
        fetch('/told', { method: 'POST', body: 'sent' })
      })
    </script>`
}
