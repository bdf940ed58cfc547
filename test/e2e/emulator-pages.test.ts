import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { startEmulator, type RunningEmulator } from '../emulator/listen'
import { totp } from '../emulator/one-time-code'
import { type BrowserName, ensureBrowser } from '../tools/find-browser'

const TIMEOUT_MS = 60_000
const CODE_FIELD = 'input[autocomplete="one-time-code"]'

let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

describe.each(['chromium', 'firefox'] as const)('the demo site in %s', (name) => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launchBare(name)
  }, TIMEOUT_MS)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    await control('reset')
    page = await (await browser.createBrowserContext()).newPage()
  })
  afterEach(() => page.browserContext().close())

  it.each(['', 'v2'])(
    'signs carol in with a code on the widget, protocol “%s”',
    async (protocol) => {
      await signInOnWidget(page, 'demo-app', 'carol', protocol)
      await page.waitForSelector('.g2-view-mfa')
      await fillWidget(page, await codeOf('carol'))
      expect(await signedInName(page)).toBe('carol')
    },
    TIMEOUT_MS,
  )

  it(
    'tells of a wrong code and takes the right one after it',
    async () => {
      await signInOnWidget(page, 'demo-app', 'carol')
      await page.waitForSelector('.g2-view-mfa')
      await fillWidget(page, '000000')
      await page.waitForSelector('.authing-ant-message-error')
      await fillWidget(page, await codeOf('carol'))
      expect(await signedInName(page)).toBe('carol')
    },
    TIMEOUT_MS,
  )

  it.each(['', 'v2'])(
    'binds bob on the widget by its QR code, protocol “%s”',
    async (protocol) => {
      await signInOnWidget(page, 'demo-app-mfa', 'bob', protocol)
      await page.waitForSelector('button.bind-totp')
      await page.click('button.bind-totp')
      const secret = await secretInQr(page, '.g2-mfa-bindTotp-qrcode img')
      await fillWidget(page, totp(secret, Date.now()))
      const shown = await page.waitForSelector('.g2-mfa-bindTotp-copySecret .authing-ant-typography')
      const recoveryCode = await shown?.evaluate((element) => element.textContent)
      await page.click('#remember')
      await page.click('.g2-mfa-content button[type=submit]')
      expect(await signedInName(page)).toBe('bob')
      expect(await keyOf('bob')).toMatchObject({ state: 'bound', secret, recoveryCode })
    },
    TIMEOUT_MS,
  )

  it(
    'lets carol in with her recovery code on the widget and shows the new one',
    async () => {
      const before = await keyOf('carol')
      await signInOnWidget(page, 'demo-app', 'carol')
      await page.waitForSelector('.authing-g2-mfa-totp-recoveryCode button')
      await page.click('.authing-g2-mfa-totp-recoveryCode button')
      await page.waitForSelector('#recoveryCode')
      await page.type('#recoveryCode', before.recoveryCode)
      await page.click('.g2-mfa-recovery-code button[type=submit]')
      await page.waitForSelector('#remember')
      await page.click('#remember')
      await page.click('.g2-mfa-content button[type=submit]')
      expect(await signedInName(page)).toBe('carol')
      expect((await keyOf('carol')).recoveryCode).not.toBe(before.recoveryCode)
    },
    TIMEOUT_MS,
  )

  it(
    'asks dave for an SMS code on the widget',
    async () => {
      await signInOnWidget(page, 'demo-app-factors', 'dave')
      await page.waitForSelector(`${CODE_FIELD}[maxlength="4"]`)
      const sent = await until(async () => (await state()).outbox.at(-1))
      expect(sent.to).toBe('13800000004')
      await fillWidget(page, sent.code)
      expect(await signedInName(page)).toBe('dave')
    },
    TIMEOUT_MS,
  )

  it(
    'signs out and asks again',
    async () => {
      await signInOnWidget(page, 'demo-app', 'alice')
      expect(await signedInName(page)).toBe('alice')
      await page.click('#sign-out')
      await page.waitForSelector('#passworLogin_account')
    },
    TIMEOUT_MS,
  )

  it(
    'binds, verifies and recovers bob on the page with six boxes',
    async () => {
      await signInOnBoxes(page, 'demo-app-mfa', 'bob')
      const secret = await secretInQr(page, 'img[data-qr]')
      const used = totp(secret, Date.now())
      await typeIntoBoxes(page, 'bind', used)
      await page.waitForSelector('[data-step=keep]:not([hidden])')
      const recoveryCode = await page.$eval('#recovery-code', (element) => element.textContent ?? '')
      await page.click('[data-step=keep] button')
      expect(await boxesName(page)).toBe('bob')

      await page.click('#sign-out')
      await signInOnBoxes(page, 'demo-app-mfa', 'bob')
      await typeIntoBoxes(page, 'verify', used)
      await page.waitForFunction(() => document.querySelector('#failure')?.textContent !== '')
      await typeIntoBoxes(page, 'verify', totp(secret, Date.now() + 30_000))
      expect(await boxesName(page)).toBe('bob')

      await page.click('#sign-out')
      await signInOnBoxes(page, 'demo-app-mfa', 'bob')
      await page.waitForSelector('[data-step=verify]:not([hidden])')
      await page.click('[data-go=recover]')
      await page.type('[name=recoveryCode]', recoveryCode)
      await page.click('[data-step=recover] button')
      await page.waitForSelector('[data-step=keep]:not([hidden])')
      expect(await page.$eval('#recovery-code', (element) => element.textContent)).toBe(
        (await keyOf('bob')).recoveryCode,
      )
    },
    TIMEOUT_MS,
  )
})

async function launchBare(name: BrowserName): Promise<Browser> {
  const executablePath = await ensureBrowser(name)
  if (name === 'firefox') return puppeteer.launch({ browser: 'firefox', executablePath, headless: true })
  const args = [
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
  return puppeteer.launch({ executablePath, headless: true, args })
}

async function signInOnWidget(page: Page, app: string, user: string, protocol = ''): Promise<void> {
  await page.goto(`${emulator.url}/guard?app=${app}&lang=en-US&protocol=${protocol}`)
  await page.waitForSelector('#passworLogin_account')
  await page.type('#passworLogin_account', user)
  await page.type('#passworLogin_password', `${user}-Passw0rd`)
  await page.keyboard.press('Enter')
}

async function signInOnBoxes(page: Page, app: string, user: string): Promise<void> {
  await page.goto(`${emulator.url}/boxes?app=${app}`)
  await page.waitForSelector('[data-step=sign-in]:not([hidden])')
  await page.type('[name=account]', user)
  await page.type('[name=password]', `${user}-Passw0rd`)
  await page.click('[data-step=sign-in] button')
}

/** The recipe that the widget's field wants: clear, set, one bubbling `input` each. */
async function fillWidget(page: Page, code: string): Promise<void> {
  await page.waitForSelector(CODE_FIELD)
  await page.$eval(
    CODE_FIELD,
    (field, value) => {
      const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      for (const text of field.value ? ['', value] : [value]) {
        setter?.call(field, text)
        field.dispatchEvent(new Event('input', { bubbles: true }))
      }
    },
    code,
  )
}

async function typeIntoBoxes(page: Page, step: string, code: string): Promise<void> {
  const first = await page.waitForSelector(`[data-step=${step}]:not([hidden]) .boxes input`)
  await first?.focus()
  await page.keyboard.type(code)
}

async function signedInName(page: Page): Promise<string | null> {
  await page.waitForSelector('#signed-in:not([hidden])')
  return page.$eval('#user', (element) => element.textContent)
}

async function boxesName(page: Page): Promise<string | null> {
  await page.waitForSelector('[data-step=signed-in]:not([hidden])')
  return page.$eval('#user', (element) => element.textContent)
}

async function secretInQr(page: Page, selector: string): Promise<string> {
  await page.waitForSelector(`${selector}[src^="data:image/png"]`)
  const source = await page.$eval(selector, (image) => (image as HTMLImageElement).src)
  const { data, width, height } = PNG.sync.read(Buffer.from(source.split(',')[1] ?? '', 'base64'))
  const uri = jsqr(new Uint8ClampedArray(data), width, height)?.data ?? ''
  return new URL(uri).searchParams.get('secret') ?? ''
}

interface State {
  readonly users: readonly { id: string; totp: { state: string; secret: string; recoveryCode: string } | null }[]
  readonly outbox: readonly { to: string; code: string }[]
}

async function state(): Promise<State> {
  return (await fetch(`${emulator.url}/__emulator/state`)).json() as Promise<State>
}

async function keyOf(user: string): Promise<{ state: string; secret: string; recoveryCode: string }> {
  const key = (await state()).users.find(({ id }) => id === user)?.totp
  if (!key) throw new Error(`${user} has no key`)
  return key
}

async function codeOf(user: string): Promise<string> {
  return totp((await keyOf(user)).secret, Date.now())
}

async function control(name: string): Promise<void> {
  await fetch(`${emulator.url}/__emulator/${name}`, { method: 'POST' })
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const found = await look()
  if (found !== undefined) return found
  await new Promise((resolve) => setTimeout(resolve, 100))
  return until(look)
}
