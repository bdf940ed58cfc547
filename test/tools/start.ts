import { parseArgs } from 'node:util'
import { build } from 'vite'
import { startEmulator } from '../emulator/listen'
import { launch } from '../e2e/browsers'
import { tour } from '../tour/tour'
import { type BrowserName } from './find-browser'

const { values: wishes } = parseArgs({
  options: {
    tour: { type: 'boolean', default: false },
    browser: { type: 'string', default: 'chromium' },
    port: { type: 'string' },
  },
})
const browserName = readBrowserName(wishes.browser)

try {
  await buildFor(browserName)
  if (wishes.tour || !hasDisplay()) process.exit((await tour(browserName)) ? 0 : 1)
  await tryOut(browserName)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

function readBrowserName(name: string): BrowserName {
  if (name === 'chromium' || name === 'chrome') return 'chromium'
  if (name === 'firefox') return 'firefox'
  console.error(`--browser takes chromium or firefox, not ${name}`)
  process.exit(1)
}

async function buildFor(name: BrowserName): Promise<void> {
  console.log('Building the extension …')
  await build({ mode: name === 'chromium' ? 'chrome' : 'firefox', logLevel: 'warn' })
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** Opens a browser with the extension on the demo site and leaves it to the person in front of it. */
async function tryOut(name: BrowserName): Promise<void> {
  const emulator = await startEmulator({ port: Number(wishes.port ?? 0) })
  const stage = await launch(name, { headless: false })
  const page = await stage.openWeb(emulator.url)
  console.log(whatToTry(emulator.url))
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
    stage.browser.once('disconnected', resolve)
  })
  await page.bringToFront()
  await ended
  await stage.close().catch(() => undefined)
  await emulator.close()
}

function whatToTry(url: string): string {
  return [
    '',
    `The demo site is at ${url}, and Latchkey is in the toolbar (behind the puzzle piece; pin it).`,
    '',
    '  1. Click Latchkey and choose a passphrase.',
    `  2. Open ${url}/guard?app=demo-app-mfa&lang=en-US and sign in as bob with bob-Passw0rd.`,
    '  3. When the page shows a QR code: Latchkey, Add account, Scan this tab, Add.',
    '  4. Press Fill code. The page takes it and shows a recovery code: Latchkey, Keep recovery code.',
    '  5. Sign out and in again: Latchkey has the account on top. Fill code.',
    `  6. Latchkey, Options, Servers: add ${url} with application demo-app, sign in as dave with dave-Passw0rd, Bind.`,
    '',
    'Ctrl-C ends everything; nothing is left behind.',
  ].join('\n')
}
