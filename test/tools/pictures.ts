import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import type { EntryDraft } from '../../src/rpc/account-calls'
import { type Stage, launchChromium } from '../e2e/browsers'
import { press, see, seeText, type } from '../e2e/hands'
import { startEmulator } from '../emulator/listen'

/**
 * Takes the README's pictures from the built extension, with made-up accounts, then one of every screen in both themes and
 * three languages, as the walk of the end-to-end tests comes by. The soak holds the screens against them.
 */

const FOLDER = 'test/pictures'
const PASSPHRASE = 'seven quiet herons at dusk'
const POPUP = 'src/ui/popup/index.html'

const accounts: readonly [issuer: string, label: string, secret: string][] = [
  ['GitHub', 'bob-builds', 'JBSWY3DPEHPK3PXP'],
  ['Mastodon', '@bob@social.example', 'KRSXG5CTMVRXEZLU'],
  ['Proxmox', 'root@pam', 'GEZDGNBVGY3TQOJQ'],
  ['Webmail', 'bob@acme.example', 'MFRGGZDFMZTWQ2LK'],
]

mkdirSync(FOLDER, { recursive: true })
const emulator = await startEmulator({ port: 0 })
const stage = await launchChromium()
try {
  await story(stage, emulator.url)
} finally {
  await stage.close()
  await emulator.close()
}
process.exit(ofEveryScreen())

function ofEveryScreen(): number {
  const walk = [
    'run',
    '--config',
    'test/e2e/vitest.config.ts',
    'test/e2e/screens.test.ts',
    '-t',
    'the screens in chromium',
  ]
  const { status } = spawnSync(join('node_modules', '.bin', 'vitest'), walk, {
    stdio: 'inherit',
    env: { ...process.env, PICTURES: 'write' },
    shell: process.platform === 'win32',
  })
  return status ?? 1
}

async function story({ openWeb, openPopup, openOwn }: Stage, site: string): Promise<void> {
  const web = await openWeb(`${site}/boxes?app=demo-app-mfa`)
  await type(web, 'Account', 'bob')
  await type(web, 'Password', 'bob-Passw0rd')
  await press(web, 'Sign in')
  await web.waitForSelector('img[src^="data:"]')

  const first = await openPopup(web)
  await see(first, 'button', 'Create vault')
  await shoot(first, 'story-create')
  await type(first, 'Passphrase', PASSPHRASE)
  await type(first, 'Repeat passphrase', PASSPHRASE)
  await press(first, 'Create vault')
  await see(first, 'button', 'Add account')
  for (const [issuer, label, secret] of accounts) await add(first, { issuer, label, secret })

  const scanning = await openPopup(web)
  await press(scanning, 'Add account')
  await press(scanning, 'Scan this tab', 'menuitem')
  await see(scanning, 'dialog', 'Add account')
  await shoot(scanning, 'story-scan')
  await press(scanning, 'Add')
  await see(scanning, 'button', 'Fill code')
  await shoot(scanning, 'story-fill')
  const ready = await openPopup(web)
  await see(ready, 'button', 'Fill code')
  await shoot(ready, 'popup')
  await shootIn(await openOwn(`${POPUP}?lang=zh_CN`), 'dark', 'popup-dark-zh')
  await shootIn(await openOwn(`${POPUP}?lang=ar`), 'light', 'popup-ar')

  const filling = await openPopup(web)
  await press(filling, 'Fill code')
  await web.waitForSelector('[data-step="keep"]:not([hidden])', { timeout: 45_000 })
  const keeping = await openPopup(web)
  await press(keeping, 'Keep recovery code')
  await see(keeping, 'button', 'Keep')
  await shoot(keeping, 'story-recovery')

  await bindFromOptions(stage, site)
  const locking = await openPopup(web)
  await press(locking, 'Lock')
  await see(locking, 'button', 'Unlock')
  await shoot(locking, 'story-locked')
}

async function bindFromOptions({ openOwn, grant }: Stage, site: string): Promise<void> {
  await grant(site)
  const options = await openOwn('src/ui/options/index.html')
  await type(options, 'Server address', site)
  await type(options, 'Application ID', 'demo-app')
  await press(options, 'Add server')
  await type(options, 'Account', 'alice')
  await type(options, 'Password', 'alice-Passw0rd')
  await press(options, 'Sign in')
  await press(options, 'Bind')
  await press(options, 'Confirm')
  await seeText(options, 'It is kept in your vault.', 45_000)
  await options.setViewport({ width: 720, height: 640 })
  await (await see(options, 'heading', 'Second factors')).evaluate((heading) => heading.scrollIntoView())
  await shoot(options, 'story-bind')
  await options.close()
}

/** As the form would, without the typing. */
async function add(page: Page, names: Pick<EntryDraft, 'issuer' | 'label' | 'secret'>): Promise<void> {
  const draft: EntryDraft = { type: 'totp', algorithm: 'SHA1', digits: 6, periodSeconds: 30, site: '', ...names }
  await page.evaluate((args) => chrome.runtime.sendMessage({ call: 'addEntry', args }), [draft])
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`) as `${string}.png` })
}

async function shootIn(page: Page, theme: 'light' | 'dark', name: string): Promise<void> {
  await page.setViewport({ width: 360, height: 560 })
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
  await page.waitForSelector('[role="listitem"], li')
  await shoot(page, name)
  await page.close()
}
