import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decryptVault, fromMirror } from '../vault/decrypt.mjs'
import { type Stage, launch } from './browsers'
import { damage, traces } from './damaging'
import { isThere, press, see, seeText, type } from './hands'
import { OPTIONS, type OwnPage, PASSPHRASE, POPUP, addAccount, createVault, openOwnPage } from './own-page'
import { until } from './until'

const SECRETS = [
  'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U',
]
const NAMES = [
  ['Heronbank', 'wader'],
  ['Curlewmail', 'marsh'],
  ['Sparrowcloud', 'reed'],
] as const

describe.each(['chromium', 'firefox'] as const)('a damaged vault in %s', (name) => {
  let stage: Stage
  let own: OwnPage
  let folder = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-damage-'))
    stage = await launch(name, { downloads: folder })
    own = await createVault(stage)
    for (const [i, [issuer, label]] of NAMES.entries()) await addAccount(own, { issuer, label, secret: SECRETS[i]! })
    await own.ask.takeSnapshot()
  })

  afterAll(async () => {
    await stage?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function inUse(): Promise<string[]> {
    const entries = await own.ask.entries()
    return entries.filter(({ trashedAt }) => trashedAt === null).map(({ issuer, label }) => `${issuer} ${label}`)
  }

  /** The file that was saved last, once it is whole. */
  async function savedFile(start: string): Promise<string> {
    const whole = () => readdirSync(folder).find((file) => file.startsWith(start) && file.endsWith('.json'))
    await until(() => whole() !== undefined && readFileSync(join(folder, whole()!), 'utf8').trimEnd().endsWith('}'))
    const text = readFileSync(join(folder, whole()!), 'utf8')
    rmSync(join(folder, whole()!))
    return text
  }

  async function openDamaged(path: string): Promise<Page> {
    const { page } = await openOwnPage(stage, path)
    if (!(await isSeen(page, 'The vault cannot be opened'))) {
      await type(page, 'Passphrase', PASSPHRASE)
      await press(page, 'Unlock')
    }
    await seeText(page, 'The vault cannot be opened')
    return page
  }

  it('names one damaged record and brings it back from a snapshot (VLT-2)', async () => {
    const [first] = await own.ask.entries()
    await damage(own.page, { record: first!.id })
    const popup = await stage.openOwn(POPUP)
    await seeText(popup, 'Damaged records: 1.')
    await see(popup, 'button', 'See which')
    await popup.close()
    const { page } = await openOwnPage(stage)
    await seeText(page, 'Heronbank · wader')
    await press(page, 'Bring back from a snapshot: 1')
    await seeText(page, 'Brought back: 1')
    expect((await inUse()).toSorted()).toEqual(NAMES.map((names) => names.join(' ')).toSorted())
    await page.close()
  })

  it('goes back to a snapshot, and here again', async () => {
    const [first] = await own.ask.entries()
    await own.ask.changeEntry(first!.id, { issuer: 'Renamed', label: 'wader', sites: [] } as never)
    const { page } = await openOwnPage(stage)
    await seeText(page, 'on request · accounts: 3')
    const rows = await page.$$('.snapshot-row')
    for (const row of rows) {
      if (!(await row.evaluate((one) => one.textContent)).includes('on request')) continue
      await (await row.$('button'))?.focus()
      break
    }
    await page.keyboard.press('Enter')
    await see(page, 'alertdialog', 'Go back to this snapshot?')
    await pressInDialog(page, 'Go back to this')
    await seeText(page, /Back at /)
    expect(await inUse()).toContain('Heronbank wader')
    await press(page, 'Undo')
    await until(async () => (await inUse()).includes('Renamed wader'))
    await own.ask.changeEntry(first!.id, { issuer: 'Heronbank', label: 'wader', sites: [] } as never)
    await page.close()
  })

  it('offers everything and writes nothing, then rebuilds (VLT-3, VLT-4, VLT-14)', { timeout: 240_000 }, async () => {
    const [, second] = await own.ask.entries()
    await own.ask.lock()
    await damage(own.page, 'manifest')
    await damage(own.page, { record: second!.id })
    const before = await traces(own.page)
    const popup = await openDamaged(POPUP)
    await see(popup, 'button', 'Try again')
    await popup.close()

    const page = await openDamaged(OPTIONS)
    await open(page, 'Save the vault as it is')
    await press(page, 'Save file')
    const raw = JSON.parse(await savedFile('latchkey-vault-as-it-is')) as { type: string; mirror: object }
    expect(raw.type).toBe('latchkey-raw')
    expect(Object.keys(raw.mirror)).toContain('row 0')

    await open(page, 'See what still opens')
    await type(page, 'Passphrase', PASSPHRASE)
    await press(page, 'Look')
    await seeText(page, 'Accounts that open: 2 of 3')
    await seeText(page, 'Curlewmail · marsh')
    await open(page, 'Save what opens as a backup')
    await type(page, 'File password', 'reedwind-over-water')
    await type(page, 'Repeat file password', 'reedwind-over-water')
    await press(page, 'Save what opens as a backup')
    expect(JSON.parse(await savedFile('latchkey-backup'))).toMatchObject({ kind: 'latchkey-backup' })
    expect(await traces(own.page)).toBe(before)

    await press(page, 'Rebuild the vault')
    await see(page, 'heading', 'Vault health')
    expect((await inUse()).toSorted()).toEqual(NAMES.map((names) => names.join(' ')).toSorted())
    await seeText(page, 'Vaults put aside')
    await page.close()
    const list = await stage.openOwn(POPUP)
    for (const [issuer, label] of NAMES) await see(list, 'listitem', `${issuer} ${label}`)
    await list.close()
  })

  it('starts anew beside the old vault, which can still be opened (KEY-10)', { timeout: 240_000 }, async () => {
    await own.ask.lock()
    const { page } = await openOwnPage(stage)
    await open(page, 'Start anew')
    await press(page, 'Start anew')
    await seeText(page, 'Type “start anew” to go on.')
    expect(await own.ask.vaultStatus()).toBe('locked')
    await type(page, 'Type “start anew” to confirm', 'start anew')
    await press(page, 'Start anew')
    await see(page, 'button', 'Create vault')
    await own.ask.createVault('another fine passphrase of ours')
    const times = await own.ask.vaultsAside()
    await seeText(page, 'Vaults put aside')
    const aside = JSON.parse(await own.ask.exportAside(times.at(-1)!)) as { mirror: Record<string, string> }
    const { entries } = decryptVault(fromMirror(aside.mirror), PASSPHRASE)
    expect(entries.map(({ label }) => label).toSorted()).toEqual(['marsh', 'reed', 'wader'])
    await page.close()
  })
})

/** Whether a text comes up within a second. */
async function isSeen(page: Page, text: string): Promise<boolean> {
  return seeText(page, text, 1_000).then(Boolean, () => false)
}

/** Opens a part of the page that is folded away. */
async function open(page: Page, title: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const found = [...document.querySelectorAll('summary')].find(({ textContent }) => textContent.trim() === wanted)
      if (!found) return false
      if (!(found.parentElement as HTMLDetailsElement).open) found.click()
      return true
    },
    {},
    title,
  )
}

async function pressInDialog(page: Page, name: string): Promise<void> {
  expect(await isThere(page, 'button', name)).toBe(true)
  await page.evaluate((wanted) => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('dialog button')]
    buttons.find(({ textContent }) => textContent.trim() === wanted)?.focus()
  }, name)
  await page.keyboard.press('Enter')
}
