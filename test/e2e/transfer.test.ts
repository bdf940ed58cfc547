import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeExport } from '../../src/formats/index'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import { type Stage, launch } from './browsers'
import { by, isThere, press, see, seeText, type } from './hands'
import { type OwnPage, PASSPHRASE, POPUP, createVault } from './own-page'
import { qrDataUrl } from '../emulator/qr'

const LIST = [
  'otpauth://totp/Heronbank:wader?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Heronbank',
  'otpauth://totp/Curlewmail:marsh?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Curlewmail&algorithm=SHA256&digits=8&period=60',
  'otpauth://steam/Steam:reed?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Steam',
]
const NAMES = ['Heronbank wader', 'Curlewmail marsh', 'Steam reed']
const FILE_PASSWORD = 'reedwind'

describe.each(['chromium', 'firefox'] as const)('import and export in %s', (name) => {
  let stage: Stage
  let own: OwnPage
  let folder = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-transfer-'))
    writeFileSync(join(folder, 'list.txt'), LIST.join('\n'))
    stage = await launch(name, { downloads: folder })
    own = await createVault(stage)
    await see(own.page, 'heading', 'Import and export')
  })

  afterAll(async () => {
    await stage?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Presses the button and chooses these files; Firefox reports no file chooser, so there its field takes them. */
  async function choose(...files: string[]): Promise<void> {
    const paths = files.map((file) => join(folder, file))
    if (name === 'chromium') {
      const [chooser] = await Promise.all([own.page.waitForFileChooser(), press(own.page, 'Import')])
      return chooser.accept(paths)
    }
    const field = (await own.page.waitForSelector('input[type="file"]')) as ElementHandle<HTMLInputElement>
    await field.uploadFile(...paths)
  }

  async function agree(): Promise<void> {
    await pressIn(own.page, 'Import', 'Import')
    await own.page.waitForFunction(() => !document.querySelector('dialog'))
  }

  async function inUse(): Promise<string[]> {
    const entries = await own.ask.entries()
    return entries.filter(({ trashedAt }) => trashedAt === null).map(({ issuer, label }) => `${issuer} ${label}`)
  }

  async function emptyVault(): Promise<void> {
    for (const { id, trashedAt } of await own.ask.entries()) {
      if (trashedAt === null) await own.ask.trashEntry(id)
      await own.ask.deleteEntry(id)
    }
  }

  /** The one file that was saved since `before`, once it is whole. */
  function saved(before: readonly string[]): Promise<string> {
    return vi.waitFor(
      () => {
        const files = readdirSync(folder)
        const fresh = files.find((file) => file.startsWith('latchkey-') && !before.includes(file))
        if (!fresh || files.some((file) => /\.(crdownload|part)$/.test(file))) throw new Error('nothing was saved')
        if (statSync(join(folder, fresh)).size === 0) throw new Error('an empty file was saved')
        return fresh
      },
      { timeout: 30_000, interval: 50 },
    )
  }

  async function exportAs(format: string, password: string | null): Promise<string> {
    const before = readdirSync(folder)
    await press(own.page, 'Export')
    const choice = (await see(own.page, 'combobox', 'Format')) as ElementHandle<HTMLSelectElement>
    await choice.select(format)
    if (password !== null) {
      await type(own.page, 'File password', password)
      await type(own.page, 'Repeat file password', password)
    }
    await type(own.page, 'Passphrase', PASSPHRASE)
    await own.page.keyboard.press('Enter')
    await seeText(own.page, /You find it among your downloads/)
    await press(own.page, 'Close')
    await own.page.waitForFunction(() => !document.querySelector('dialog'))
    return saved(before)
  }

  it('imports a list after a look at it, and takes that back (INP-10)', async () => {
    await choose('list.txt')
    await seeText(own.page, '3 of 3 chosen')
    expect(await own.ask.entries()).toEqual([])
    await agree()
    expect(await inUse()).toEqual(NAMES)
    await press(own.page, 'Undo')
    await seeText(own.page, 'Moved to the trash: 3')
    expect(await inUse()).toEqual([])
    await choose('list.txt')
    await seeText(own.page, 'in the trash: comes back')
    await agree()
    expect(await inUse()).toEqual(NAMES)
  })

  it('finds nothing to add in a file whose accounts are all here (BND-8)', async () => {
    await choose('list.txt')
    await seeText(own.page, '0 of 3 chosen')
    await pressIn(own.page, 'Import', 'Cancel')
    expect(await isThere(own.page, 'dialog', 'Import')).toBe(false)
  })

  it.each(['latchkey', 'keepass'])('exports to %s with a password, and imports that again (VLT-14)', async (format) => {
    const before = await own.ask.codes()
    const file = await exportAs(format, FILE_PASSWORD)
    await emptyVault()
    await choose(file)
    if (format === 'latchkey') {
      await type(own.page, 'File password', 'not this')
      await own.page.keyboard.press('Enter')
      await seeText(own.page, 'That is not the password of this file.', 30_000)
    }
    await type(own.page, 'File password', FILE_PASSWORD)
    await own.page.keyboard.press('Enter')
    await seeText(own.page, '3 of 3 chosen', 30_000)
    await agree()
    expect(await inUse()).toEqual(NAMES)
    const codes = await own.ask.codes()
    if (codes[0]?.validFrom === before[0]?.validFrom) {
      expect(codes.map(({ code }) => code)).toEqual(before.map(({ code }) => code))
    }
  })

  it('exports a plain list only with the passphrase, and shows when the last backup was', async () => {
    const file = await exportAs('otpauth', null)
    const addresses = readFileSync(join(folder, file), 'utf8').trim().split('\n')
    expect(addresses.map(parseOtpauthUri)).toEqual(LIST.map(parseOtpauthUri))
    await seeText(own.page, /Last backup: [A-Z][a-z]{2} \d/)
  })

  it('reads the parts of a transfer from several pictures', async () => {
    await emptyVault()
    const many = Array.from({ length: 12 }, (_, i) => ({
      ...parseOtpauthUri(LIST[0] ?? ''),
      label: `wader ${i}`,
      secret: new Uint8Array(20).fill(i + 1),
    }))
    const { bytes } = await writeExport('google', many)
    const parts = new TextDecoder().decode(bytes).trim().split('\n')
    expect(parts).toHaveLength(2)
    for (const [i, part] of parts.entries()) {
      writeFileSync(join(folder, `part-${i}.png`), Buffer.from((await qrDataUrl(part)).split(',')[1] ?? '', 'base64'))
    }
    await choose('part-1.png', 'part-0.png')
    await seeText(own.page, '12 of 12 chosen')
    await agree()
    expect((await inUse()).toSorted()).toEqual(many.map(({ label }) => `Heronbank ${label}`).toSorted())
  })

  it("shows an account's QR code after the passphrase, in the popup", async () => {
    const popup = await stage.openOwn(POPUP)
    const [row] = await popup.$$(by('button', 'Edit'))
    await (row ?? (await see(popup, 'button', 'Edit'))).focus()
    await popup.keyboard.press('Enter')
    await press(popup, 'Show QR code')
    await type(popup, 'Passphrase', PASSPHRASE)
    await popup.keyboard.press('Enter')
    await popup.waitForSelector('svg.qr path')
    expect(await popup.$eval('svg.qr', (drawn) => drawn.getAttribute('aria-label'))).toBe('QR code')
    await popup.close()
  })
})

/** Presses a button of a dialog; the page behind has one of the same name. */
async function pressIn(page: Page, dialog: string, button: string): Promise<void> {
  const found = await (await see(page, 'dialog', dialog)).waitForSelector(by('button', button))
  await found?.focus()
  await page.keyboard.press('Enter')
}
