import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import type { Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import { writeExport } from '../../src/formats/index'
import { qrDataUrl } from '../emulator/qr'
import { type Stage, launch } from './browsers'
import { by, press, see, seeText, type, valueOf } from './hands'
import { type OwnPage, POPUP, createVault, store, webTabId } from './own-page'
import { type TestSite, startTestSite } from './test-site'

const HERON = 'otpauth://totp/Heronbank:wader?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Heronbank'
const CURLEW = 'otpauth://totp/Curlewmail:marsh?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Curlewmail'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-scan-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['chromium', 'firefox'] as const)('scanning in %s', (name) => {
  let stage: Stage
  let site: TestSite
  let own: OwnPage

  beforeAll(async () => {
    site = await startTestSite()
    stage = await launch(name)
    own = await createVault(stage)
  })

  afterAll(async () => {
    await stage?.close()
    await site?.close()
  })

  /** Shows QR codes of these texts on a page, and scans the tab. */
  async function scan(...texts: string[]): Promise<Page> {
    const images = await Promise.all(texts.map(qrDataUrl))
    const shown = images.map((source) => `<img src="${source}" alt="" style="margin:40px">`).join('')
    site.pages.set('/', `<!doctype html><title>Set up</title><p>Set up two-step sign-in</p>${shown}`)
    const popup = await stage.openPopup(await stage.openWeb(site.url))
    await press(popup, 'Add account')
    await press(popup, 'Scan this tab', 'menuitem')
    return popup
  }

  // What a test that failed left open would be in the way of the next.
  afterEach(async () => {
    for (const page of await stage.browser.pages()) {
      const ours = page.url().startsWith(stage.pageUrl('')) || page.url().startsWith(site.url)
      if (page !== own.page && ours) await page.close()
    }
  })

  it('says that there is no code, and what to do', async () => {
    const popup = await scan()
    await seeText(popup, 'No QR code was found. Make it fully visible and larger, then scan again.')
  })

  it.each([
    ['a web address', 'https://example.com/app', /no authenticator account|web address/],
    ['a network', 'WIFI:T:WPA;S:guests;P:secret;;', /no authenticator account|network/],
    [
      'a broken transfer',
      'otpauth-migration://offline?data=CjEKCkhlbGxv',
      /damaged or incomplete|no account in it can be imported/,
    ],
    ['a broken account', 'otpauth://totp/x?secret=01890', /content is broken|characters that do not belong/],
  ])('says so of a code that is %s, and stores nothing (INP-7)', async (_what, text, says) => {
    const popup = await scan(text)
    await seeText(popup, says)
    expect(await own.ask.entries()).toEqual([])
  })

  it('lets the user choose among several, and stores only what was agreed to (INP-7)', async () => {
    const popup = await scan(HERON, CURLEW)
    const dialog = await see(popup, 'dialog', 'Several accounts found')
    expect(await own.ask.entries()).toEqual([])
    const boxes = await dialog.$$('input[type="checkbox"]')
    expect(boxes).toHaveLength(2)
    for (const box of boxes) {
      const label = await box.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent)
      if (!label?.includes('Curlewmail')) continue
      await box.focus()
      await popup.keyboard.press(' ')
    }
    await press(popup, 'Continue')
    await see(popup, 'dialog', 'Add account')
    expect(await valueOf(popup, 'Issuer')).toBe('Heronbank')
    expect(await valueOf(popup, 'Site')).toBe(site.url)
    await press(popup, 'Add')
    await seeText(popup, 'Heronbank')
    expect((await own.ask.entries()).map(({ issuer }) => issuer)).toEqual(['Heronbank'])
  })

  it('finds a code further down when the whole page is scanned, and leaves the page where it was', async () => {
    const source = await qrDataUrl(HERON)
    const filler = '<p>Terms and conditions</p>'.repeat(150)
    // As a background, it is in no picture's own pixels.
    site.pages.set(
      '/',
      `<!doctype html><title>Set up</title>${filler}<div style="width:300px;height:300px;background:url(${source}) no-repeat"></div>${filler}`,
    )
    const web = await stage.openWeb(site.url)
    await web.evaluate(() => scrollTo(0, 77))
    const popup = await stage.openPopup(web)
    await press(popup, 'Add account')
    await press(popup, 'Scan this tab', 'menuitem')
    await press(popup, 'Scan the whole page')
    await see(popup, 'dialog', 'Add account', 40_000)
    expect(await valueOf(popup, 'Issuer')).toBe('Heronbank')
    expect(await valueOf(popup, 'Site')).toBe(site.url)
    expect(await web.evaluate(() => scrollY)).toBe(77)
  })

  it('reads the own pixels of a picture that is drawn larger than the window', async () => {
    const source = await qrDataUrl(CURLEW)
    site.pages.set(
      '/',
      `<!doctype html><title>Set up</title><img src="${source}" alt="" style="width:6000px;height:6000px;image-rendering:pixelated">`,
    )
    const popup = await stage.openPopup(await stage.openWeb(site.url))
    await press(popup, 'Add account')
    await press(popup, 'Scan this tab', 'menuitem')
    await press(popup, 'Scan the whole page')
    await see(popup, 'dialog', 'Add account', 20_000)
    expect(await valueOf(popup, 'Issuer')).toBe('Curlewmail')
  })

  it('stops scanning a long page when it is told to', async () => {
    site.pages.set('/', `<!doctype html><title>Long</title>${'<p>Terms and conditions</p>'.repeat(800)}`)
    const web = await stage.openWeb(site.url)
    const popup = await stage.openPopup(web)
    await press(popup, 'Add account')
    await press(popup, 'Scan this tab', 'menuitem')
    await press(popup, 'Scan the whole page')
    await seeText(popup, /Looking at view \d+ of \d+/)
    // A key would come too late where the machine is slow and the scan has come to its end.
    await (await see(popup, 'button', 'Stop')).evaluate((stop) => (stop as HTMLElement).click())
    await see(popup, 'button', 'Add account', 60_000)
    expect(await web.evaluate(() => scrollY)).toBe(0)
  })

  it('reads several pictures at once, parts of a transfer in any order among them', async () => {
    const parts = (await transferOf(23)).toReversed()
    expect(parts).toHaveLength(3)
    const files = await Promise.all(
      [CURLEW, ...parts].map(async (text, index) => {
        const file = join(folder, `part-${index}.png`)
        writeFileSync(file, Buffer.from((await qrDataUrl(text)).split(',')[1] ?? '', 'base64'))
        return file
      }),
    )
    const popup = await stage.openOwn(POPUP)
    await press(popup, 'Add account')
    await press(popup, 'Choose an image', 'menuitem')
    const input = (await popup.waitForSelector('input[type="file"]')) as unknown as {
      uploadFile(...paths: string[]): Promise<void>
    }
    await input.uploadFile(files[1] ?? '', files[2] ?? '')
    await seeText(popup, '2 of 3 QR codes of this transfer are read. Missing: 1.')
    await input.uploadFile(files[3] ?? '')
    const dialog = await see(popup, 'dialog', 'Several accounts found')
    expect(await dialog.$$('input[type="checkbox"]')).toHaveLength(23)
    await popup.close()
  })

  it.each([
    ['of the page itself', (source: string) => source, HERON, 'Heronbank'],
    // Its pixels are kept from scripts, so what the tab shows is looked at.
    ['from another site', () => `${site.otherUrl}/code.svg`, CURLEW, 'Curlewmail'],
  ])('reads a picture %s whose context menu was used', async (_what, addressOf, text, issuer) => {
    const source = await qrDataUrl(text)
    site.pages.set(
      '/code.svg',
      `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><image href="${source}" width="300" height="300"/></svg>`,
    )
    const address = addressOf(source)
    site.pages.set('/', `<!doctype html><title>Set up</title><img src="${address}" alt="">`)
    const web = await stage.openWeb(site.url)
    // No test can press an entry of the browser's own menu: the popup gives the same leave, the handler has its own test.
    const popup = await stage.openPopup(web)
    await see(popup, 'button', 'Add account')
    await store(own, 'session', { pickedPicture: { tabId: await webTabId(own), frameId: 0, address } })
    const page = await stage.openOwn(`${POPUP}?screen=image`)
    await see(page, 'dialog', 'Add account', 20_000)
    expect(await valueOf(page, 'Issuer')).toBe(issuer)
    expect(await valueOf(page, 'Site')).toBe(site.url)
    await page.close()
  })

  it('reads a picture that was chosen', async () => {
    const file = join(folder, 'code.png')
    writeFileSync(file, Buffer.from((await qrDataUrl(CURLEW)).split(',')[1] ?? '', 'base64'))
    const popup = await stage.openOwn(POPUP)
    await press(popup, 'Add account')
    await press(popup, 'Choose an image', 'menuitem')
    const input = await popup.waitForSelector('input[type="file"]')
    await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file)
    await see(popup, 'dialog', 'Add account')
    expect(await valueOf(popup, 'Issuer')).toBe('Curlewmail')
    await (await (await see(popup, 'dialog', 'Add account')).waitForSelector(by('button', 'Cancel')))?.focus()
    await popup.keyboard.press('Enter')
    expect(await own.ask.entries()).toHaveLength(1)
    await popup.close()
  })

  it('says that a file is no picture, and takes another one', async () => {
    const file = join(folder, 'notes.png')
    writeFileSync(file, 'these are notes')
    const popup = await stage.openOwn(POPUP)
    await press(popup, 'Add account')
    await press(popup, 'Choose an image', 'menuitem')
    const input = await popup.waitForSelector('input[type="file"]')
    await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file)
    await seeText(popup, 'This file could not be read as a picture. Choose a PNG or JPEG.')
    await see(popup, 'button', 'Choose an image')
    await popup.close()
  })

  it('reads an address that was pasted, and keeps one that it cannot read', async () => {
    const popup = await stage.openOwn(POPUP)
    await press(popup, 'Add account')
    await press(popup, 'Paste', 'menuitem')
    await type(popup, 'Address', 'otpauth://totp/x?secret=')
    await press(popup, 'Read')
    await popup.waitForSelector('[role="alert"]')
    expect(await valueOf(popup, 'Address')).toBe('otpauth://totp/x?secret=')
    await type(popup, 'Address', CURLEW)
    await press(popup, 'Read')
    await see(popup, 'dialog', 'Add account')
    expect(await valueOf(popup, 'Account')).toBe('marsh')
    await press(popup, 'Add')
    await seeText(popup, 'Curlewmail')
    await popup.close()
  })
})

describe('the camera in chromium', () => {
  let stage: Stage

  afterAll(() => stage?.close())

  it('reads a code that is held in front of it', async () => {
    const cameraFile = join(folder, 'camera.y4m')
    writeFileSync(cameraFile, videoOf(Buffer.from((await qrDataUrl(HERON)).split(',')[1] ?? '', 'base64')))
    stage = await launch('chromium', { cameraFile })
    const own = await createVault(stage)
    const popup = await stage.openOwn(POPUP)
    await press(popup, 'Add account')
    await press(popup, 'Use the camera', 'menuitem')
    await see(popup, 'dialog', 'Add account', 30_000)
    expect(await valueOf(popup, 'Issuer')).toBe('Heronbank')
    expect(await own.ask.entries()).toEqual([])
    await press(popup, 'Add')
    await seeText(popup, 'Heronbank')
  })
})

/** The addresses of a transfer of so many accounts, as the other app shows them. */
async function transferOf(count: number): Promise<string[]> {
  const entries = Array.from({ length: count }, (_, index) => parseOtpauthUri(HERON.replace('wader', `wader${index}`)))
  const { bytes } = await writeExport('google', entries)
  return new TextDecoder().decode(bytes).trim().split('\n')
}

/** A film of two frames, both of the picture in the middle of a grey wall. */
function videoOf(png: Buffer): Buffer {
  const [width, height] = [640, 480]
  const picture = PNG.sync.read(png)
  const grey = Buffer.alloc(width * height, 160)
  const [left, top] = [(width - picture.width) >> 1, (height - picture.height) >> 1]
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      grey[(top + y) * width + left + x] = picture.data[(y * picture.width + x) * 4] ?? 0
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), frame, frame])
}
