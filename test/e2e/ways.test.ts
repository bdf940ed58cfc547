import type { CDPSession, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, launch } from './browsers'
import { isThere, press, see, seeText, type } from './hands'
import {
  type OwnPage,
  OPTIONS,
  PASSPHRASE,
  POPUP,
  addAccount,
  createVault,
  openOwnPage,
  store,
  stored,
} from './own-page'
import { expectWellMade } from './screen-check'

const NEXT = 'eleven small herons at dawn'
const WEEK_MS = 7 * 86_400_000

describe.each(['chromium', 'firefox'] as const)('a recovery sheet in %s', (name) => {
  let stage: Stage
  let own: OwnPage
  let code = ''

  beforeAll(async () => {
    stage = await launch(name)
    own = await createVault(stage)
    await addAccount(own, { issuer: 'Heronbank', label: 'wader' })
  })

  afterAll(() => stage?.close())

  it('is offered on the list by one card', async () => {
    const { page } = await openOwnPage(stage, POPUP)
    await see(page, 'button', 'Make recovery sheet')
    expect(await page.$$('.note, .card')).toHaveLength(1)
    await page.close()
  })

  it('needs no passphrase of who has just chosen it, is shown once, printed alone, and counts when its last group was read from it', async () => {
    const { page } = own
    await page.bringToFront()
    await press(page, 'Make recovery sheet')
    await see(page, 'heading', 'Latchkey recovery sheet')
    code = await page.$$eval('.sheet-code span', (groups) => groups.map((group) => group.textContent).join('-'))
    expect(code).toMatch(/^([A-Z2-7]{4}-){7}[A-Z2-7]{4}$/)
    for (const [language, theme] of [
      ['en', 'light'],
      ['zh_CN', 'dark'],
    ] as const) {
      await store(own, 'local', { language, theme })
      await page.waitForSelector(`html[data-theme="${theme}"][lang^="${language.slice(0, 2)}"]`)
      await expectWellMade(page, `${name}/80-sheet-${language}`, { narrow: false })
    }
    await store(own, 'local', { language: 'en', theme: 'auto' })
    await see(page, 'button', 'I have it on paper')
    if (name === 'chromium') {
      await page.emulateMediaType('print')
      expect(await page.evaluate(() => document.body.innerText)).not.toContain('I have it on paper')
      await page.emulateMediaType()
    }
    await type(page, 'Last group on the paper', code.slice(-4).toLowerCase())
    await press(page, 'I have it on paper')
    await seeText(page, /Sheet [0-9A-F]{6} is on paper/)
    expect(await page.content()).not.toContain(code.slice(-4))
    // Nothing of it is stored but that it is there (MEM-2).
    expect(JSON.stringify(await stored(own, 'local'))).not.toContain(code.replaceAll('-', ''))
  })

  it('opens the vault after a restart, and has a new passphrase set (KEY-10)', async () => {
    stage = await stage.restart()
    const { page } = await openOwnPage(stage, POPUP)
    await press(page, 'Forgotten? Other ways in')
    await type(page, 'Code on the sheet', code.toLowerCase().replaceAll('-', ' '))
    await press(page, 'Use recovery sheet')
    await see(page, 'heading', 'Choose a new passphrase')
    await page.setViewport({ width: 360, height: 560 })
    await expectWellMade(page, `${name}/81-set-passphrase`, { narrow: true })
    await type(page, 'New passphrase', NEXT)
    await type(page, 'Repeat new passphrase', NEXT)
    await press(page, 'Set passphrase')
    await see(page, 'listitem', 'Heronbank wader', 30_000)
    own = await openOwnPage(stage)
    await own.ask.lock()
    await expect(own.ask.unlock(PASSPHRASE)).rejects.toThrow('vault/wrong-passphrase')
    await own.ask.unlock(NEXT)
    await page.close()
  })

  it('opens nothing any more once the vault key was changed', async () => {
    await own.ask.changeKey(NEXT, PASSPHRASE)
    expect((await own.ask.entries()).map(({ issuer }) => issuer)).toEqual(['Heronbank'])
    await own.ask.lock()
    await expect(own.ask.unlockWith({ sheet: code })).rejects.toThrow('vault/wrong-sheet-code')
    await own.ask.unlock(PASSPHRASE)
  })
})

describe('a passkey in chromium (KEY-9)', () => {
  let stage: Stage
  let own: OwnPage
  let device: CDPSession
  let authenticatorId = ''

  beforeAll(async () => {
    stage = await launch('chromium')
    own = await createVault(stage)
    await addAccount(own, { issuer: 'Heronbank', label: 'wader' })
    device = await own.page.createCDPSession()
    await device.send('WebAuthn.enable')
    ;({ authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        hasPrf: true,
      },
    }))
  })

  afterAll(() => stage?.close())

  it('is added, and a second one by the same device is not', async () => {
    const { page } = own
    await page.bringToFront()
    for (const outcome of [/The passkey opens your vault from now on/, /already holds a passkey/]) {
      await press(page, 'Add passkey')
      await typeInto(page, 'passkeys', PASSPHRASE)
      await seeText(page, outcome)
    }
    expect((await own.ask.ways()).passkeys).toHaveLength(1)
  })

  it('opens the vault in place of the passphrase', async () => {
    const { page } = own
    await own.ask.lock()
    await see(page, 'button', 'Unlock with passkey')
    await press(page, 'Unlock with passkey')
    await see(page, 'heading', 'Passkeys')
    expect(await own.ask.vaultStatus()).toBe('unlocked')
  })

  it('gives way to the passphrase after a week, and comes back once that was typed (KEY-10)', async () => {
    const { page } = own
    await own.ask.lock()
    await store(own, 'local', { passphraseUsedAt: Date.now() - WEEK_MS })
    const again = await openOwnPage(stage)
    await seeText(again.page, /have not typed your passphrase for a week/)
    expect(await isThere(again.page, 'button', 'Unlock with passkey')).toBe(false)
    await again.ask.unlock(PASSPHRASE)
    await again.ask.lock()
    await again.page.close()
    const { page: later } = await openOwnPage(stage)
    await see(later, 'button', 'Unlock with passkey')
    await later.close()
    await page.bringToFront()
  })

  it('asks in a tab of its own when the popup is asked, for the prompt would close it', async () => {
    const web = await stage.openWeb('about:blank')
    const popup = await stage.openPopup(web)
    const target = stage.browser.waitForTarget((one) => one.url().endsWith('?screen=passkey'))
    // The popup closes beneath the finger.
    await press(popup, 'Unlock with passkey').catch(() => undefined)
    const tab = await (await target).asPage()
    await see(tab, 'button', 'Waiting for the passkey…')
    await tab.close()
    await web.close()
  })

  it('that is lost loses nothing: the passphrase opens the vault, and the passkey can be removed', async () => {
    const { page } = own
    await page.bringToFront()
    await device.send('WebAuthn.clearCredentials', { authenticatorId })
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await own.ask.unlock(PASSPHRASE)
    await see(page, 'heading', 'Passkeys')
    const [passkey] = (await own.ask.ways()).passkeys
    await own.ask.removeWay(PASSPHRASE, passkey?.id ?? '')
    await page.waitForFunction(() => !document.body.innerText.includes('Passkey '))
    expect((await own.ask.entries()).map(({ issuer }) => issuer)).toEqual(['Heronbank'])
  })
})

describe('passkeys in firefox', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await launch('firefox')
  })

  afterAll(() => stage?.close())

  it('are said not to be possible, and nothing is asked', async () => {
    const { page } = await createVault(stage)
    await seeText(page, 'This browser does not let extensions use passkeys.')
    expect(await isThere(page, 'button', 'Add passkey')).toBe(false)
  })
})

describe('the first passphrase in chromium', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await launch('chromium')
  })

  afterAll(() => stage?.close())

  it('may be made by us: five words, in both fields (KEY-4)', async () => {
    const page = await stage.openOwn(POPUP)
    await type(page, 'Passphrase', 'password1234')
    await seeText(page, /Too easy to guess/)
    await press(page, 'Create vault')
    expect(await page.$eval('[aria-invalid="true"]', (field) => field === document.activeElement)).toBe(true)
    await press(page, 'Make one for me')
    const words = await page.waitForSelector('.made-words').then((box) => box?.evaluate((one) => one.textContent))
    await page.setViewport({ width: 360, height: 560 })
    await expectWellMade(page, 'chromium/05-made', { narrow: true })
    await press(page, 'Create vault')
    await see(page, 'button', 'Add account', 30_000)
    const { ask } = await openOwnPage(stage, OPTIONS)
    await ask.lock()
    await ask.unlock(words ?? '')
  })
})

/** Types into the one password field of a region and sends it. */
async function typeInto(page: Page, region: string, passphrase: string): Promise<void> {
  const field = await page.waitForSelector(`[aria-labelledby="${region}"] input[type="password"]`)
  await field?.type(passphrase)
  await page.keyboard.press('Enter')
}
