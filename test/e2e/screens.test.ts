import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMfaAdmin } from '../../src/mfa/admin'
import { parseOtpauthUri } from '../../src/core/otpauth-uri'
import { languageNames } from '../../src/i18n/choose'
import type { Catalogue, Language, TextKey } from '../../src/i18n/text'
import { writeExport } from '../../src/formats/index'
import { type RunningEmulator, startEmulator } from '../emulator/listen'
import { type Stage, launch } from './browsers'
import { damage } from './damaging'
import { appear } from './finding'
import { press, see, seeText, type } from './hands'
import {
  OPTIONS,
  type OwnPage,
  PASSPHRASE,
  POPUP,
  addAccount,
  allowOrigin,
  openOwnPage,
  store,
  webTabId,
} from './own-page'
import { PICTURED, pictures } from './picture'
import { expectWellMade } from './screen-check'
import { CODE_FIELD, type TestSite, signInPage, startTestSite } from './test-site'

const ADMIN = 'src/ui/admin/index.html'
/** The soak looks at every language there is. */
const LANGUAGES: readonly Language[] = pictures === 'write' ? PICTURED : chosenLanguages()
const THEMES = ['light', 'dark'] as const

/** A test gets to many screens, in the long runs in each of twelve languages. */
vi.setConfig({ testTimeout: LANGUAGES.length > 3 ? 3_600_000 : 240_000 })

/** A language, and the themes in which what is reached in it is looked at. */
type Walk = readonly [language: Language, themes: readonly (typeof THEMES)[number][]]

const WALKS: readonly Walk[] = LANGUAGES.map((language) => [language, THEMES])
/** Each of them in one theme alone. */
const SHORT_WALKS: readonly Walk[] = LANGUAGES.flatMap((language) => THEMES.map((theme): Walk => [language, [theme]]))

const ADDRESS = 'otpauth://totp/Nestbox:owl%40nest.example?secret=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U&issuer=Nestbox'
const SECRETS = ['GEZDGNBVGY3TQOJQ', 'KRSXG5CTMVRXEZLU', 'ORSXG5BAORSXG5BA', 'NBSWY3DPEB3W64TM'] as const
const RECOVERY = 'a7d2-9fca-03bc-81eb-d05c-44fe'

function chosenLanguages(): readonly Language[] {
  return process.env['SOAK'] === undefined ? ['en', 'zh_CN', 'ar'] : (Object.keys(languageNames) as Language[])
}

/** How a page of ours gets to a screen. */
interface Screen {
  name: string
  path?: string
  query?: string
  go?: (page: Page) => Promise<unknown>
}

/** The language in which a screen is reached. */
const spoken: { language: Language } = { language: 'en' }

/** The text of a key in that language; what stands for a placeholder must not be asked for. */
function t(key: TextKey): string {
  return catalogueOf(spoken.language)[key].message
}

function catalogueOf(language: Language): Required<Catalogue> {
  return JSON.parse(readFileSync(`src/i18n/_locales/${language}/messages.json`, 'utf8')) as Required<Catalogue>
}

describe.each(['chromium', 'firefox'] as const)('the screens in %s', (browserName) => {
  let stage: Stage
  let own: OwnPage
  let site: TestSite
  let emulator: RunningEmulator

  beforeAll(async () => {
    emulator = await startEmulator()
    site = await startTestSite()
    site.pages.set('/code', signInPage('code', CODE_FIELD))
    site.pages.set('/bound', `<!doctype html><title>Done</title><p>Your recovery code: <code>${RECOVERY}</code></p>`)
    stage = await launch(browserName)
    own = await openOwnPage(stage)
  })

  afterAll(async () => {
    await stage?.close()
    await site?.close()
    await emulator?.close()
  })

  /** Firefox draws the same pages: there every screen is looked at once, each otherwise than the one before. */
  const everything = browserName === 'chromium'
  const walksTo = (at: number) => (everything ? WALKS : SHORT_WALKS.slice(at % SHORT_WALKS.length).slice(0, 1))

  /** Gets to each screen in each language, and checks it in each theme. */
  async function check(...screens: readonly Screen[]): Promise<void> {
    for (const [at, screen] of screens.entries()) {
      for (const walk of walksTo(at)) await look(screen, walk)
    }
  }

  async function look({ name, path = POPUP, query = '', go }: Screen, walk: Walk): Promise<void> {
    spoken.language = walk[0]
    await store(own, 'local', { language: spoken.language })
    const page = await stage.openOwn(path + query)
    await page.setViewport(path === POPUP ? { width: 360, height: 560 } : { width: 1100, height: 900 })
    await appear(page, 'h1, h2')
    await go?.(page)
    await inThemes(page, name, { narrow: path === POPUP, walk })
    await page.close()
  }

  async function inThemes(page: Page, name: string, { narrow, walk }: { narrow: boolean; walk: Walk }): Promise<void> {
    const [language, themes] = walk
    for (const theme of themes) {
      await store(own, 'local', { language, theme })
      await appear(page, `html[lang="${language.replace('_', '-')}"][data-theme="${theme}"]`)
      await expectWellMade(page, `${browserName}/${name}-${language}-${theme}`, { narrow })
    }
    spoken.language = 'en'
    await store(own, 'local', { language: 'en', theme: 'auto' })
  }

  it('of the first start are well made', async () => {
    await check(
      { name: '01-create' },
      {
        name: '02-create-problems',
        go: async (page) => {
          await type(page, t('passphrase'), 'short')
          await press(page, t('create_vault'))
          await seeText(page, t('passphrase_too_short'))
        },
      },
      {
        name: '02-create-made',
        go: async (page) => {
          await press(page, t('make_passphrase'))
          await page.waitForSelector('.made-words')
        },
      },
      { name: '03-options-first-start', path: OPTIONS },
      // In Firefox nothing can be put into our own pages before they start.
      ...(everything ? [{ name: '04-not-started', go: notStarted }] : []),
    )
  })

  it('of an empty vault are well made', async () => {
    await own.ask.createVault(PASSPHRASE)
    await check(
      { name: '10-empty' },
      { name: '11-empty-menu', go: (page) => press(page, t('add_account')) },
      { name: '12-options-empty', path: OPTIONS },
    )
    await store(own, 'local', { firstSteps: [] })
    await own.ask.startDemo('mail')
    await store(own, 'session', { tourStep: 1 })
    await check({ name: '14-tour-code', query: '?screen=tour', go: (page) => page.waitForSelector('.card-code') })
    await store(own, 'session', { tourStep: 2 })
    await check(
      { name: '13-first-steps', go: (page) => page.waitForSelector('.first-step') },
      { name: '14-tour', query: '?screen=tour', go: (page) => page.waitForSelector('.demo-site') },
    )
    await own.ask.endDemo()
    await check({ name: '15-tour-choose', query: '?screen=tour', go: (page) => page.waitForSelector('.demo-choice') })
    await store(own, 'local', { firstSteps: null })
  })

  it('of adding are well made', async () => {
    await fillVault(own)
    await store(own, 'local', { firstSteps: [] })
    const folded = '.first-steps-toggle[aria-expanded="false"]'
    await check({ name: '16-first-steps-folded', go: (page) => page.waitForSelector(folded) })
    await store(own, 'local', { firstSteps: null })
    await check(
      { name: '20-add-menu', go: (page) => press(page, t('add_account')) },
      { name: '21-by-hand', go: (page) => choose(page, 'enter_by_hand', 'by_hand_title') },
      {
        name: '22-by-hand-problems',
        go: async (page) => {
          await choose(page, 'enter_by_hand', 'by_hand_title')
          await press(page, t('save'))
          await seeText(page, t('name_missing'))
        },
      },
      { name: '23-paste', go: (page) => choose(page, 'paste', 'paste_title') },
      { name: '24-paste-web-address', go: (page) => paste(page, 'https://example.com/app') },
      { name: '25-image', query: '?screen=image' },
      { name: '26-proposal', go: (page) => proposal(page, ADDRESS) },
      { name: '27-proposal-already', go: (page) => proposal(page, present()) },
      { name: '28-several', query: '?screen=image', go: chooseSeveral },
      { name: '29-part-of-a-transfer', go: pastePart },
    )
    await store(own, 'session', { transferParts: null })
  })

  it('of the list and an account are well made', async () => {
    await check(
      { name: '30-list' },
      { name: '30-list-menu', go: (page) => press(page, t('more')) },
      {
        name: '30-list-selecting',
        go: async (page) => {
          await chooseMore(page, 'select_accounts')
          await page.click('.tick input')
          await see(page, 'button', t('tag'))
        },
      },
      {
        name: '30-list-tagging',
        go: async (page) => {
          await chooseMore(page, 'select_accounts')
          await page.click('.tick input')
          await press(page, t('tag'))
          await see(page, 'dialog', t('tag_title'))
        },
      },
      {
        name: '30-list-next-codes',
        go: async (page) => {
          await chooseMore(page, 'next_codes_show')
          await page.waitForSelector('.next-code')
        },
      },
      {
        name: '30-shortcuts',
        go: async (page) => {
          await chooseMore(page, 'shortcuts')
          await see(page, 'dialog', t('shortcuts'))
        },
      },
      { name: '31-nothing-found', go: (page) => search(page, 'nobody at all') },
      { name: '32-edit', go: (page) => edit(page) },
      {
        name: '33-delete-question',
        go: async (page) => {
          await edit(page)
          await press(page, t('delete'))
          await see(page, 'alertdialog', t('delete_title'))
        },
      },
      {
        name: '34-trash',
        go: async (page) => {
          await press(page, t('trash'))
          await see(page, 'heading', t('trash'))
        },
      },
      {
        name: '35-failure',
        go: async (page) => {
          await press(page, t('add_account'))
          await press(page, t('scan_this_tab'), 'menuitem')
          await page.waitForSelector('[role="alert"]')
        },
      },
    )
  })

  it('on a page that wants a code are well made', async () => {
    await allowOrigin(stage, own, site.url)
    const web = await stage.openWeb(`${site.url}/code`)
    await check(
      { name: '40-no-account-here', go: (page) => see(page, 'button', t('use_account_here')) },
      {
        name: '41-use-here',
        go: async (page) => {
          await press(page, t('use_account_here'))
          await see(page, 'dialog', t('use_account_here'))
        },
      },
      { name: '41-why-nothing', go: (page) => why(page, 'why_short') },
    )
    const [first] = await own.ask.entries()
    if (!first) throw new Error('the vault is empty')
    await own.ask.changeEntry(first.id, { issuer: first.issuer, label: first.label, sites: [site.url] })
    const tab = await webTabId(own)
    await check(
      {
        name: '42-site-card',
        go: async (page) => {
          await own.ask.cancelFill()
          await see(page, 'button', t('fill_code'))
        },
      },
      { name: '42-why', go: (page) => why(page, 'why_title') },
      {
        name: '43-waiting-fill',
        go: async (page) => {
          const empty = () => web.$eval('#otp', (field) => ((field as HTMLInputElement).value = ''))
          const spendAndAsk = async () => {
            await empty()
            await own.ask.fill(tab, first.id)
            await own.ask.cancelFill()
            await empty()
            await press(page, t('fill_code'))
            return page.waitForSelector('.card [role="status"]', { timeout: 5_000 })
          }
          // Between the two a time step may end; its code is then simply filled.
          await spendAndAsk().catch(spendAndAsk)
        },
      },
    )
    await own.ask.cancelFill()
    await web.goto(`${site.url}/bound`)
    await check({
      name: '44-keep-recovery',
      go: async (page) => {
        await press(page, t('keep_recovery_code'))
        await page.waitForFunction(
          (code) => [...document.querySelectorAll('input')].some(({ value }) => value === code),
          {},
          RECOVERY,
        )
      },
    })
    if (everything) await checkPart(web)
    await web.close()
  })

  /** The picture of a page is there for whoever pressed our button on it. */
  async function checkPart(web: Page): Promise<void> {
    await (await stage.openPopup(web)).close()
    await check({ name: '45-part', query: '?screen=part', go: (page) => page.waitForSelector('.part-picture') })
  }

  it('with names that would deceive are well made, and show them as they are (INP-8)', async () => {
    const hostile = { issuer: 'Bank\u202Eknab\u200B', label: `line\nbreak ${'W'.repeat(900)}` }
    const entry = await addAccount(own, { ...hostile, secret: SECRETS[3] })
    await check(
      {
        name: '50-hostile-names',
        go: async (page) => {
          await search(page, 'bank')
          await see(page, 'listitem', `Bank\uFFFDknab\uFFFD line break ${'W'.repeat(69)}…`)
        },
      },
      {
        name: '51-hostile-edit',
        go: async (page) => {
          await search(page, 'knab')
          await press(page, t('edit'))
          await seeText(page, 'Bank\uFFFDknab\uFFFD')
        },
      },
    )
    await own.ask.trashEntry(entry.id)
    await check({ name: '52-hostile-trash', path: OPTIONS, go: (page) => bringInSight(page, '.trash-row') })
    await own.ask.deleteEntry(entry.id)
  })

  it('of the options and of the servers are well made', async () => {
    await allowOrigin(stage, own, emulator.url)
    const waiting = await own.ask.addServer({ appHost: emulator.url, appId: 'demo-app-factors' })
    const bound = await own.ask.addServer({ appHost: emulator.url, appId: 'demo-app' })
    await own.ask.signIn(bound.id, 'alice', 'alice-Passw0rd')
    const options = await stage.openOwn(OPTIONS)
    await options.setViewport({ width: 1100, height: 2600 })
    await press(options, 'Bind')
    await press(options, 'Confirm')
    await seeText(options, 'I have written it down', 45_000)
    await own.ask.signIn(waiting.id, 'dave', 'dave-Passw0rd')
    await see(options, 'textbox', 'Country code')
    // An account that the server has let go of, and a clock that is off.
    const admin = { host: emulator.url, userPoolId: 'demo-pool', secret: 'demo-pool-secret' }
    await createMfaAdmin({ ...admin, fetch }).unassociate('alice', 'OTP')
    await skew(700)
    await press(options, 'Refresh')
    await see(options, 'button', 'Keep as a plain account')
    await see(options, 'heading', t('new_recovery_code'))
    await bringInSight(options, '#section-factors')
    for (const walk of walksTo(0)) await inThemes(options, '60-options', { narrow: false, walk })
    await options.close()
    await own.ask.bind(bound.id)
    await check({ name: '64-unfinished', go: (page) => see(page, 'button', t('go_on')) })
    await skew(0)
    await check({ name: '61-administrator-off', path: ADMIN })
    await store(own, 'local', { adminPage: true })
    await check(
      { name: '62-administrator', path: ADMIN },
      { name: '63-administrator-on', path: ADMIN, go: (page) => administer(page, emulator.url) },
    )
  })

  async function skew(skewSeconds: number): Promise<void> {
    const body = JSON.stringify({ skewSeconds })
    await fetch(`${emulator.url}/__emulator/clock`, { method: 'POST', body })
  }

  it('of imports and exports are well made', async () => {
    await check(
      { name: '56-import-several-files', path: OPTIONS, go: chooseTwoFiles },
      { name: '57-export-chosen', path: OPTIONS, go: chooseForExport },
    )
  })

  it('of a locked vault are well made', async () => {
    await own.ask.addSheet(PASSPHRASE)
    await own.ask.lock()
    await check(
      { name: '73-other-ways', go: byOtherWays },
      {
        name: '74-sheet-mistyped',
        go: async (page) => {
          await byOtherWays(page)
          await type(page, t('sheet_code'), 'ABCD')
          await press(page, t('use_sheet'))
          await page.waitForSelector('[role="alert"]')
        },
      },
      { name: '70-locked' },
      {
        name: '71-wrong-passphrase',
        go: async (page) => {
          await type(page, t('passphrase'), 'not this one')
          await press(page, t('unlock'))
          await page.waitForSelector('[role="alert"]')
        },
      },
      { name: '72-options-locked', path: OPTIONS },
    )
    await own.ask.unlock(PASSPHRASE)
  })

  it('of a damaged vault are well made', async () => {
    await own.ask.takeSnapshot()
    const found = { database: 'missing', mirror: 'intact' }
    await store(own, 'local', { copiesReport: { at: 1_700_000_000_000, found, healed: ['database'], read: false } })
    await store(own, 'local', { lastProof: { at: 1_700_000_000_000, takenAt: 1, opened: false } })
    const [lost] = await own.ask.entries()
    await damage(own.page, { record: lost?.id ?? '' })
    await check(
      { name: '80-health-cards', go: seeAllCards },
      { name: '81-health', path: OPTIONS, go: (page) => bringInSight(page, '.snapshot-row') },
      { name: '82-lost', path: OPTIONS, go: (page) => bringInSight(page, '.lost-names') },
    )
    await own.ask.lock()
    await damage(own.page, 'manifest')
    await check(
      { name: '83-damaged', go: meetDamage },
      { name: '84-salvaged', go: lookForRemains },
      { name: '85-damaged-options', path: OPTIONS, go: meetDamage },
    )
  })
})

describe.each(['chromium', 'firefox'] as const)('the keyboard alone in %s', (browserName) => {
  let stage: Stage

  beforeAll(async () => {
    stage = await launch(browserName)
  })

  afterAll(() => stage?.close())

  it('creates, adds, copies, edits, deletes, takes back, locks and unlocks', async () => {
    const page = await stage.openOwn(POPUP)
    await page.bringToFront()
    const { keyboard } = page
    await see(page, 'button', 'Create vault')
    await keyboard.type(PASSPHRASE)
    await keyboard.press('Tab')
    await keyboard.type(PASSPHRASE)
    await keyboard.press('Enter')
    await see(page, 'button', 'Add account', 30_000)

    await tabTo(page, 'Add account')
    await keyboard.press('Enter')
    await see(page, 'menuitem', 'Enter by hand')
    await keyboard.press('ArrowUp')
    await keyboard.press('Enter')
    await see(page, 'textbox', 'Issuer')
    await keyboard.type('Heronbank')
    await keyboard.press('Tab')
    await keyboard.type('wader')
    await keyboard.press('Tab')
    await keyboard.type('gezd gnbv gy3t qojq')
    await keyboard.press('Enter')
    await see(page, 'listitem', 'Heronbank wader')

    await keyboard.press('ArrowDown')
    expect(await focusedName(page)).toMatch(/^Copy code \d{6}$/)
    await keyboard.press('Enter')
    await seeText(page, 'Copied. Cleared in 30 s.')

    await keyboard.press('h')
    expect(await page.$eval('input[type="search"]', ({ value }) => value)).toBe('h')
    await keyboard.press('Escape')
    await keyboard.press('ArrowDown')
    await backTo(page, 'Edit')
    await keyboard.press('Enter')
    await see(page, 'heading', 'Edit account')
    await keyboard.press('End')
    await keyboard.type(' AG')
    await keyboard.press('Enter')
    await see(page, 'listitem', 'Heronbank AG wader')

    await vi.waitFor(async () => expect(await focusedName(page)).toMatch(/^Copy code \d{6}$/), 5_000)
    await backTo(page, 'Edit')
    await keyboard.press('Enter')
    await see(page, 'heading', 'Edit account')
    await tabTo(page, 'Delete')
    await keyboard.press('Enter')
    await see(page, 'alertdialog', 'Delete this account?')
    await tabTo(page, 'Delete')
    await keyboard.press('Enter')
    await see(page, 'button', 'Undo')
    await tabTo(page, 'Undo')
    await keyboard.press('Enter')
    await see(page, 'listitem', 'Heronbank AG wader')

    await tabTo(page, 'Lock')
    await keyboard.press('Enter')
    await see(page, 'button', 'Unlock')
    await keyboard.type(PASSPHRASE)
    await keyboard.press('Enter')
    await see(page, 'listitem', 'Heronbank AG wader', 30_000)
  })
})

/** Walks by the tabulator until what is named has the focus, as long as a person would. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if ((await focusedName(page)) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the tabulator does not reach “${name}”`)
}

/** One step back, to what stands before it. */
async function backTo(page: Page, name: string): Promise<void> {
  await page.keyboard.down('Shift')
  await page.keyboard.press('Tab')
  await page.keyboard.up('Shift')
  expect(await focusedName(page)).toBe(name)
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
}

/** The background does not answer: the page is told so by a message that fails. */
async function notStarted(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const { runtime } = browser
    runtime.sendMessage = () => Promise.reject(new Error('no background'))
  })
  await page.reload()
  await page.waitForSelector('.note.failure')
}

async function fillVault(own: OwnPage): Promise<void> {
  await addAccount(own, { issuer: 'GitHub', label: 'bob-builds', secret: SECRETS[0] })
  await addAccount(own, { issuer: 'Mastodon', label: '@bob@social.example', secret: SECRETS[1] })
  await addAccount(own, { type: 'hotp', issuer: 'Heronbank', label: 'wader', secret: SECRETS[2] })
  await addAccount(own, { type: 'steam', issuer: 'Steam', label: 'bob', digits: 5, secret: 'MFRGGZDFMZTWQ2LK' })
  const [, second] = await own.ask.entries()
  const gone = await addAccount(own, { issuer: 'Old Forum', label: 'bob', secret: 'IFBEGRCFIZDUQSKK' })
  await own.ask.trashEntry(gone.id)
  if (second) await own.ask.keepRecoveryCode(second.id, RECOVERY)
}

const present = () => `otpauth://totp/GitHub:bob-builds?secret=${SECRETS[0]}&issuer=GitHub`

async function byOtherWays(page: Page): Promise<void> {
  await press(page, t('other_ways'))
  await see(page, 'textbox', t('sheet_code'))
}

async function choose(page: Page, way: TextKey, title: TextKey): Promise<void> {
  await press(page, t('add_account'))
  await press(page, t(way), 'menuitem')
  await see(page, 'heading', t(title))
}

async function chooseMore(page: Page, what: TextKey): Promise<void> {
  await press(page, t('more'))
  await press(page, t(what), 'menuitem')
}

async function paste(page: Page, text: string): Promise<void> {
  await choose(page, 'paste', 'paste_title')
  await type(page, t('paste_field'), text)
  await press(page, t('paste_read'))
  await page.waitForSelector('[role="alert"], dialog')
}

async function pastePart(page: Page): Promise<void> {
  const entries = Array.from({ length: 15 }, (_, index) => parseOtpauthUri(ADDRESS.replace('owl', `owl${index}`)))
  // The number that the parts share is random, and can be read in the picture.
  const random = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => array)
  const { bytes } = await writeExport('google', entries)
  random.mockRestore()
  await choose(page, 'paste', 'paste_title')
  await type(page, t('paste_field'), new TextDecoder().decode(bytes).split('\n')[1] ?? '')
  await press(page, t('paste_read'))
  await see(page, 'button', t('transfer_go_on'))
}

async function proposal(page: Page, address: string): Promise<void> {
  await paste(page, address)
  await see(page, 'dialog', t('add_account'))
}

async function chooseSeveral(page: Page): Promise<void> {
  const input = await page.waitForSelector('input[type="file"]')
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(
    'test/fixtures/qr/several-codes.png',
  )
  await see(page, 'dialog', t('proposal_choose_title'), 30_000)
}

/** One file has lost what the other still has. */
async function chooseTwoFiles(page: Page): Promise<void> {
  await page.waitForSelector('input[type="file"]')
  await page.$eval(
    'input[type="file"]',
    (input, address) => {
      const chosen = new DataTransfer()
      chosen.items.add(new File([address], 'old.txt'))
      chosen.items.add(new File([`${address}&algorithm=SHA256&digits=8&period=60`], 'phone.txt'))
      ;(input as HTMLInputElement).files = chosen.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    },
    ADDRESS.replace('MFRGGZDF', 'MFRGGZDG'),
  )
  await see(page, 'dialog', t('import'), 30_000)
  await seeText(page, 'phone.txt')
}

async function chooseForExport(page: Page): Promise<void> {
  await press(page, t('export'))
  await page.waitForSelector('dialog summary')
  await page.$eval('dialog summary', (summary) => (summary as HTMLElement).click())
  await press(page, t('choose_none'))
  await page.waitForSelector('dialog .import-rows input')
}

/** On a long page: what is looked at stands in the middle. */
async function bringInSight(page: Page, selector: string): Promise<void> {
  const found = await page.waitForSelector(selector)
  await found?.evaluate((element) => {
    element.setAttribute('data-in-sight', '')
    element.scrollIntoView({ block: 'center' })
  })
}

async function search(page: Page, words: string): Promise<void> {
  await type(page, t('search'), words, 'searchbox')
}

async function why(page: Page, key: TextKey): Promise<void> {
  await press(page, t(key))
  await see(page, 'button', t('why_copy'))
}

/** The cards behind the first one come at a press. */
async function seeAllCards(page: Page): Promise<void> {
  await (await page.waitForSelector('.cards-more'))?.click()
  await seeText(page, t('proof_failed'))
}

async function meetDamage(page: Page): Promise<void> {
  await type(page, t('passphrase'), PASSPHRASE)
  await press(page, t('unlock'))
  await see(page, 'heading', t('damaged_title'))
}

async function lookForRemains(page: Page): Promise<void> {
  await meetDamage(page)
  await page.$eval('.rescue summary', (summary) => (summary as HTMLElement).click())
  await type(page, t('passphrase'), PASSPHRASE)
  await press(page, t('rescue_look'))
  await see(page, 'button', t('rebuild'))
}

async function edit(page: Page): Promise<void> {
  await press(page, t('edit'))
  await see(page, 'heading', t('edit_title'))
}

async function administer(page: Page, host: string): Promise<void> {
  await type(page, t('server_address'), host)
  await type(page, t('user_pool_id'), 'demo-pool')
  await type(page, t('pool_secret'), 'demo-pool-secret')
  await press(page, t('admin_use'))
  await see(page, 'heading', t('admin_status_title'))
  await page.setViewport({ width: 1100, height: 1500 })
}
