import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningEmulator, startEmulator } from '../emulator/listen'
import { seeded } from '../support/seeded'
import { type Stage, launch } from './browsers'
import { isThere, press, see, seeText } from './hands'
import { type OwnPage, addAccount, allowOrigin, createVault, renewAccount, stored, webTabId } from './own-page'
import { CODE_FIELD, type TestSite, signInPage, startTestSite } from './test-site'
import { until } from './until'

/** In the gate a sample; `npm run test:soak` runs the figure of FIL-3. */
const RACES = process.env['FAULTS'] === 'full' ? 500 : 20
const MS_PER_RACE = 6_000
const STEP_MS = 40_000
/** A code is used, and asked for again, before its step ends. */
const SOON_SECONDS = 15

describe.each(['chromium', 'firefox'] as const)('filling in %s', (name) => {
  let stage: Stage
  let site: TestSite
  let own: OwnPage
  let entryId = ''
  let web: Page | null = null

  beforeAll(async () => {
    site = await startTestSite()
    site.pages.set('/sign-in', signInPage('sign-in'))
    stage = await launch(name)
    own = await createVault(stage)
    entryId = (await addAccount(own, { site: site.url })).id
  })

  afterAll(async () => {
    await stage?.close()
    await site?.close()
  })

  beforeEach(async () => {
    site.told.length = 0
    await forgetUse()
  })

  afterEach(async () => {
    await web?.close()
    web = null
  })

  async function openWeb(path: string, origin = site.url): Promise<Page> {
    web = await stage.openWeb(origin + path)
    return web
  }

  async function forgetUse(periodSeconds = 30): Promise<void> {
    await own.ask.cancelFill()
    entryId = (await renewAccount(own, entryId, { site: site.url, periodSeconds })).id
  }

  const code = async (): Promise<string> => (await own.ask.codes([entryId]))[0]?.code ?? ''

  it('offers and fills on the very origin', async () => {
    const page = await openWeb('/sign-in')
    const popup = await stage.openPopup(page)
    await press(popup, 'Fill code')
    await page.waitForFunction(() => document.querySelector('input')?.value.length === 6, { timeout: STEP_MS })
    expect(await valueIn(page)).toBe(await code())
    await closed(popup)
  })

  it('neither offers nor fills on another origin of the same machine (FIL-2)', async () => {
    const page = await openWeb('/sign-in', site.otherUrl)
    const popup = await stage.openPopup(page)
    await see(popup, 'list', 'Accounts')
    await seeText(popup, 'alice')
    expect(await isThere(popup, 'button', 'Fill code')).toBe(false)
    const tabId = await webTabId(own)
    expect(await own.ask.lookAtPage(tabId)).toMatchObject({ origin: site.otherUrl, hasCodeField: true, matches: [] })
    await expect(own.ask.fill(tabId, entryId)).rejects.toThrow('fill/site-differs')
    expect(await valueIn(page)).toBe('')
    await closed(popup)
  })

  it('leaves a page alone on which it was not asked for (EXT-2)', async () => {
    const page = await openWeb('/sign-in')
    await expect(own.ask.fill(await webTabId(own), entryId)).rejects.toThrow('fill/page-protected')
    expect(await valueIn(page)).toBe('')
  })

  it('says why a hidden field is not filled, and keeps the code for later (FIL-5)', async () => {
    site.pages.set('/hidden', signInPage('hidden', `<div style="opacity:0">${CODE_FIELD}</div>`))
    const page = await openWeb('/hidden')
    const popup = await stage.openPopup(page)
    await press(popup, 'Fill code')
    await seeText(popup, 'The code field is not clearly visible, so nothing was filled.', STEP_MS)
    expect(await valueIn(page)).toBe('')
    await closed(popup)
  })

  it('fills a frame of the same origin (FIL-4)', async () => {
    site.pages.set('/frames', signInPage('frames', `<iframe src="/sign-in" width="600" height="300"></iframe>`))
    const page = await openWeb('/frames')
    const popup = await stage.openPopup(page)
    await press(popup, 'Fill code')
    await until(() => site.told.some((told) => /^sign-in \d{6}$/.test(told)), STEP_MS)
    await closed(popup)
  })

  it('never fills a frame of another origin, even one that the user granted (FIL-4)', async () => {
    site.pages.set(
      '/around',
      signInPage('around', `<iframe src="${site.otherUrl}/sign-in" width="600" height="300"></iframe>`),
    )
    await allowOrigin(stage, own, site.otherUrl)
    await allowOrigin(stage, own, site.url)
    await own.ask.changeEntry(entryId, { issuer: 'Example', label: 'alice', sites: [site.url, site.otherUrl] })
    const page = await openWeb('/around')
    const popup = await stage.openPopup(page)
    await seeText(popup, 'alice')
    const tabId = await webTabId(own)
    await expect(own.ask.fill(tabId, entryId)).rejects.toThrow(/^fill\/(?:no-field|frame-not-allowed)$/)
    expect(site.told).toEqual([])
    await closed(popup)
  })

  it.each([0, 1])(
    `puts no code into a document the user did not choose, ${RACES / 2} navigations (FIL-3) %#`,
    { timeout: RACES * MS_PER_RACE },
    async (round) => {
      site.pages.set('/next', signInPage('next'))
      const random = seeded(round + 1)
      const page = await openWeb('/sign-in')
      await closed(await stage.openPopup(page))
      const tabId = await webTabId(own)
      const outcomes: string[] = []
      for (let turn = 0; turn < RACES / 2; turn += 1) {
        await forgetUse()
        await page.goto(`${site.url}/sign-in`)
        // Half of them stay within the site, where only the document tells the pages apart.
        const next = (turn % 2 === 0 ? site.url : site.otherUrl) + '/next'
        await page.evaluate(leaveAfter, next, random(300))
        outcomes.push(
          await own.ask.fill(tabId, entryId).then(
            ({ kind }) => kind,
            (error: Error) => error.message,
          ),
        )
        await until(() => page.url().startsWith(next))
        if (outcomes.at(-1) === 'waiting') await own.ask.cancelFill()
        expect(await valueIn(page)).toBe('')
      }
      expect(site.told.filter((told) => told.startsWith('next'))).toEqual([])
      expect(outcomes.every((outcome) => /^(?:filled|waiting|fill\/[a-z-]+)$/.test(outcome))).toBe(true)
    },
  )

  it('refuses a fill that waited while the page became another one (FIL-3, FIL-11)', { timeout: 120_000 }, async () => {
    site.pages.set('/next', signInPage('next'))
    const page = await openWeb('/sign-in')
    await forgetUse(periodThatEndsSoon())
    await fillOnce(page)
    const tabId = await webTabId(own)
    expect(await own.ask.fill(tabId, entryId)).toMatchObject({ kind: 'waiting' })
    await page.goto(`${site.url}/next`)
    await until(async () => (await own.ask.pendingFill()) === null, STEP_MS)
    expect(await valueIn(page)).toBe('')
    expect(site.told.filter((told) => told.startsWith('next'))).toEqual([])
  })

  it(
    'fills the next code though the popup closed and the background stopped meanwhile (BND-10)',
    { timeout: 150_000 },
    async () => {
      const page = await openWeb('/sign-in')
      await forgetUse(periodThatEndsSoon())
      await fillOnce(page)
      const used = await valueIn(page)
      const popup = await stage.openPopup(page)
      await press(popup, 'Fill code')
      await seeText(popup, /The next one is filled in \d+ s/)
      await closed(popup)
      await stage.stopBackground()
      await until(async () => (await valueIn(page)) !== used, 100_000)
      expect(await valueIn(page)).toMatch(/^\d{6}$/)
      expect(await own.ask.pendingFill()).toBeNull()
    },
  )

  it('drops a fill that waits when the vault is locked (KEY-8)', async () => {
    const page = await openWeb('/sign-in')
    await fillOnce(page)
    expect(await own.ask.fill(await webTabId(own), entryId)).toMatchObject({ kind: 'waiting' })
    await own.ask.lock()
    expect(await stored(own, 'session')).not.toHaveProperty('waitingFill')
    await own.ask.unlock('seven quiet herons at dusk')
  })

  it('never fills on anything that a page does (FIL-1)', async () => {
    site.pages.set('/hostile', signInPage('hostile') + HOSTILE)
    const page = await openWeb('/hostile')
    await until(() => site.told.includes('hostile: tried everything'))
    expect(await valueIn(page)).toBe('')
    expect(site.told.filter((told) => /\d{6}/.test(told))).toEqual([])
    expect(await own.ask.pendingFill()).toBeNull()
  })

  /** Opens the popup over the page, so that the extension may see it, and has the code filled now. */
  async function fillOnce(page: Page): Promise<void> {
    await closed(await stage.openPopup(page))
    const tabId = await webTabId(own)
    await until(async () => (await own.ask.codes([entryId]))[0]?.validUntil !== null)
    const { kind } = await own.ask.fill(tabId, entryId)
    if (kind === 'waiting') await until(async () => (await own.ask.pendingFill()) === null, STEP_MS)
    expect(await valueIn(page)).toMatch(/^\d{6}$/)
  }
})

describe.each(['chromium', 'firefox'] as const)("the widget's other steps in %s", (name) => {
  let stage: Stage
  let emulator: RunningEmulator
  let own: OwnPage
  let entryId = ''

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 })
    stage = await launch(name)
    own = await createVault(stage)
    entryId = (await addAccount(own, { site: emulator.url })).id
  })

  afterAll(async () => {
    await stage?.close()
    await emulator?.close()
  })

  it('gives no TOTP to the field of a text message', async () => {
    const page = await signInOnWidget(stage, emulator, 'demo-app-factors', 'dave')
    await page.waitForSelector('input[autocomplete="one-time-code"][maxlength="4"]')
    await isLeftAlone(page)
  })

  it('gives no TOTP to the field of a recovery code', async () => {
    const page = await signInOnWidget(stage, emulator, 'demo-app', 'carol')
    const link = await page.waitForSelector('.authing-g2-mfa-totp-recoveryCode button')
    await link?.evaluate((button) => (button as HTMLElement).click())
    await page.waitForSelector('#recoveryCode')
    await isLeftAlone(page)
  })

  async function isLeftAlone(page: Page): Promise<void> {
    const popup = await stage.openPopup(page)
    await seeText(popup, 'alice')
    const tabId = await webTabId(own)
    expect(await own.ask.lookAtPage(tabId)).toMatchObject({ hasCodeField: false, matches: [entryId] })
    expect(await isThere(popup, 'button', 'Fill code')).toBe(false)
    await expect(own.ask.fill(tabId, entryId)).rejects.toThrow('fill/no-field')
    await closed(popup)
    await page.close()
  }
})

/** What a page may try to have its field filled: every event there is, the keyboard command among them. */
const HOSTILE = `<script>
  const field = document.querySelector('input')
  const keys = { key: 'F', code: 'KeyF', altKey: true, shiftKey: true, bubbles: true }
  const tries = [
    () => field.focus(), () => field.blur(), () => field.click(), () => field.select(),
    () => field.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, button: 2 })),
    () => field.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    () => field.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })),
    () => ['keydown', 'keypress', 'keyup'].forEach((type) => field.dispatchEvent(new KeyboardEvent(type, keys))),
    () => field.dispatchEvent(new InputEvent('beforeinput', { bubbles: true, inputType: 'insertText', data: '1' })),
    () => postMessage({ call: 'fill', args: [1, 'x'] }, '*'),
    () => globalThis.chrome?.runtime?.sendMessage?.({ call: 'fill', args: [1, 'x'] }),
    () => { field.autocomplete = 'one-time-code' }, () => field.form?.requestSubmit(),
    () => dispatchEvent(new CustomEvent('latchkey')), () => history.pushState({}, '', '#' + Math.random()),
  ]
  let left = 200
  const timer = setInterval(() => {
    for (const one of tries) try { one() } catch {}
    if (--left > 0) return
    clearInterval(timer)
    tell('hostile: tried everything')
  }, 10)
</script>`

/** The period whose step ends when what is to happen in it has happened, and not much later: nobody could wait for it. */
function periodThatEndsSoon(): number {
  const now = Date.now() / 1000
  const untilEnd = (seconds: number) => seconds - (now % seconds)
  const periods = Array.from({ length: 120 }, (_, index) => index + SOON_SECONDS)
  const [best = 30] = periods.toSorted(
    (one, other) => Math.abs(untilEnd(one) - SOON_SECONDS) - Math.abs(untilEnd(other) - SOON_SECONDS),
  )
  return best
}

/** Runs in the page. */
function leaveAfter(url: string, ms: number): void {
  setTimeout(() => location.assign(url), ms)
}

function valueIn(page: Page): Promise<string> {
  return page.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value).join(''))
}

async function closed(popup: Page): Promise<void> {
  if (!popup.isClosed()) await popup.close()
}

async function signInOnWidget(stage: Stage, emulator: RunningEmulator, app: string, user: string): Promise<Page> {
  const page = await stage.openWeb(`${emulator.url}/guard?app=${app}&lang=en-US`)
  await page.waitForSelector('#passworLogin_account')
  await page.type('#passworLogin_account', user)
  await page.type('#passworLogin_password', `${user}-Passw0rd`)
  await page.keyboard.press('Enter')
  return page
}
