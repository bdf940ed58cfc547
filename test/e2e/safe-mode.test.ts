import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, launch, launchChromium } from './browsers'
import { press, see, seeText } from './hands'
import { OPTIONS, POPUP, createVault } from './own-page'

describe.each(['chromium', 'firefox'] as const)('a background that is stopped in %s', (name) => {
  let stage: Stage

  beforeAll(async () => {
    stage = await launch(name)
    const own = await createVault(stage)
    await own.page.close()
  })

  afterAll(() => stage?.close())

  it('is started again by the popup (REL-1)', async () => {
    await stage.stopBackground()
    const page = await stage.openOwn(POPUP)
    await see(page, 'button', 'Options')
    await page.close()
  })

  it('while it answers costs no popup (REL-1, REL-2)', { timeout: 180_000 }, async () => {
    for (let i = 0; i < 10; i++) {
      const path = i % 2 === 0 ? POPUP : OPTIONS
      const [page] = await Promise.all([stage.openOwn(path), stage.stopBackground()])
      const words = await seeText(page, /\S/, 14_000)
      if (/could not start/.test(words)) await press(page, 'Try again')
      await seeText(page, /Add account|Vault health|Passphrase/)
      await page.close()
    }
  })
})

describe('in chromium, where our pages can be made to see it', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await launchChromium()
    const own = await createVault(stage)
    await own.ask.lock()
  })

  afterAll(() => stage?.close())

  it('a background that never answers is waited for ten seconds; then there is help (REL-1, REL-2)', async () => {
    const page = await stage.browser.newPage()
    await page.evaluateOnNewDocument(() => {
      browser.runtime.sendMessage = () => new Promise(() => undefined)
    })
    const began = Date.now()
    await page.goto(stage.pageUrl(POPUP))
    await seeText(page, 'could not start')
    expect(Date.now() - began).toBeLessThan(14_000)
    for (const help of ['Try again', 'Repair in the options', 'Restart Latchkey']) await see(page, 'button', help)
    await seeText(page, 'Save the vault as it is')
    await page.close()
  })

  it('storage that hangs keeps no popup from asking for the passphrase (REL-1)', async () => {
    const page = await stage.browser.newPage()
    await page.evaluateOnNewDocument(() => {
      for (const area of [browser.storage.local, browser.storage.session]) area.get = () => new Promise(() => undefined)
    })
    await page.goto(stage.pageUrl(POPUP))
    await see(page, 'button', 'Unlock')
    await page.close()
  })
})
