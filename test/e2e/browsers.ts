import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import puppeteer, { type Browser, type Extension, type Page } from 'puppeteer-core'
import manifest from '../../manifest.json' with { type: 'json' }
import { type BrowserName, ensureBrowser } from '../tools/find-browser'
import { appear } from './finding'

/** A real browser with the built extension in it, and what the tests need of both kinds. */
export interface Stage {
  readonly name: BrowserName
  readonly browser: Browser
  readonly profile: string
  /** Address of one of our own pages. */
  pageUrl(path: string): string
  /** Opens a web page in a tab of its own, in front. */
  openWeb(url: string): Promise<Page>
  /** The user clicks the toolbar button over `page`: the popup opens, and the browser lets us see that tab. */
  openPopup(page: Page, query?: string): Promise<Page>
  /** Opens one of our own pages in a tab. */
  openOwn(path: string): Promise<Page>
  /** The user agrees when the extension asks for this origin. */
  grant(origin: string): Promise<void>
  /** The user takes that back in the browser's own settings. */
  takeBack(origin: string): Promise<void>
  /** Stops the background, as the browser does after a while. */
  stopBackground(): Promise<void>
  /** Ends the browser and starts it again with the same profile. */
  restart(): Promise<Stage>
  close(): Promise<void>
}

export interface StageOptions {
  profile?: string
  headless?: boolean
  /** A file whose frames the camera shows (Chromium). */
  cameraFile?: string
  /** Where every request of the browser goes, those to this machine among them: `127.0.0.1:<port>`. */
  proxy?: string
  /** Where the built extension lies, instead of `dist` (Chromium). */
  extension?: string
  /** The folder into which files are saved, without a question. */
  downloads?: string
}

const POPUP = manifest.action.default_popup
const quiet = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

/** Starts `name` with a fresh profile, or with the one given. */
export function launch(name: BrowserName, options: StageOptions = {}): Promise<Stage> {
  return name === 'chromium' ? launchChromium(options) : launchFirefox(options)
}

/** Starts Chromium with `dist/chrome`. */
export async function launchChromium(options: StageOptions = {}): Promise<Stage> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'latchkey-chromium-'))
  allowDeveloperMode(profile)
  const browser = await puppeteer.launch({
    executablePath: await ensureBrowser('chromium'),
    headless: options.headless ?? true,
    pipe: true,
    enableExtensions: true,
    userDataDir: profile,
    defaultViewport: null,
    ...(options.downloads ? { downloadBehavior: { policy: 'allow', downloadPath: options.downloads } } : {}),
    args: [
      ...quiet,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--window-size=1280,900',
      '--screen-info={1600x1200}',
      ...cameraArgs(options),
      ...(options.proxy ? [`--proxy-server=http://${options.proxy}`, '--proxy-bypass-list=<-loopback>'] : []),
    ],
  })
  const id = await browser.installExtension(resolve(options.extension ?? 'dist/chrome'))
  const extension = async (): Promise<Extension> => {
    const found = (await browser.extensions()).get(id)
    if (!found) throw new Error('the extension is not installed')
    return found
  }
  const pageUrl = (path: string) => `chrome-extension://${id}/${path}`
  const inSettings = async (change: string, origin: string) => {
    const page = await browser.newPage()
    await page.goto('chrome://extensions')
    await page.evaluate(changeInChromium, change, id, originPattern(origin))
    await page.close()
  }
  const stage: Stage = {
    name: 'chromium',
    browser,
    profile,
    pageUrl,
    openWeb: async (url) => {
      const page = await browser.newPage()
      await page.goto(url)
      return page
    },
    async openPopup(page) {
      await page.bringToFront()
      const known = new Set(browser.targets())
      await (await extension()).triggerAction(page)
      const target = await browser.waitForTarget((one) => !known.has(one) && one.url().startsWith(pageUrl(POPUP)), {
        timeout: 30_000,
      })
      return target.asPage()
    },
    openOwn: async (path) => {
      const page = await browser.newPage()
      await page.goto(pageUrl(path))
      return page
    },
    grant: (origin) => inSettings('addHostPermission', origin),
    takeBack: (origin) => inSettings('removeHostPermission', origin),
    async stopBackground() {
      for (const worker of await (await extension()).workers()) await worker.close().catch(unlessEnded)
    },
    async restart() {
      await browser.close()
      return launchChromium({ ...options, profile })
    },
    async close() {
      await browser.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return stage
}

/** A worker that has ended by itself meanwhile is as good as closed. */
function unlessEnded(error: unknown): void {
  if (!/No session|No target|Target closed/.test(String(error))) throw error
}

function allowDeveloperMode(profile: string): void {
  const folder = join(profile, 'Default')
  const file = join(folder, 'Preferences')
  mkdirSync(folder, { recursive: true })
  try {
    readFileSync(file)
  } catch {
    writeFileSync(file, JSON.stringify({ extensions: { ui: { developer_mode: true } } }))
  }
}

function cameraArgs({ cameraFile }: StageOptions): string[] {
  if (!cameraFile) return []
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${cameraFile}`,
  ]
}

/** Runs in chrome://extensions: the same switch a user finds there. */
async function changeInChromium(change: string, id: string, pattern: string): Promise<void> {
  const { developerPrivate } = (
    globalThis as unknown as { chrome: { developerPrivate: Record<string, (...args: unknown[]) => Promise<void>> } }
  ).chrome
  await developerPrivate[change]?.(id, pattern)
}

/** The match pattern of an origin; patterns carry no port. */
export function originPattern(origin: string): string {
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}/*`
}

const GECKO_ID = manifest.browser_specific_settings.gecko.id
const GECKO_UUID = '5f1d7d0e-6a3e-4d0a-9a55-3f0c5b1a7c11'

/** Starts Firefox with `dist/firefox`. Its popup is opened in a tab, after the browser was told of a toolbar click. */
export async function launchFirefox(options: StageOptions = {}): Promise<Stage> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'latchkey-firefox-'))
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: await ensureBrowser('firefox'),
    headless: options.headless ?? true,
    userDataDir: profile,
    defaultViewport: null,
    args: ['--remote-allow-system-access', '--width=1280', '--height=900'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: GECKO_UUID }),
      'extensions.webextOptionalPermissionPrompts': false,
      // A temporary add-on's data is otherwise removed with it when the browser ends.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      ...proxyPrefs(options),
      ...downloadPrefs(options),
    },
  })
  await browser.installExtension(resolve('dist/firefox'))
  const pageUrl = (path: string) => `moz-extension://${GECKO_UUID}/${path}`
  const openOwn = async (path: string) => {
    const page = await browser.newPage()
    // The load event of our own pages is never reported here; what is on them is.
    await page.goto(pageUrl(path), { waitUntil: [] })
    await appear(page, '#app > *')
    return page
  }
  const stage: Stage = {
    name: 'firefox',
    browser,
    profile,
    pageUrl,
    openWeb: async (url) => {
      const page = await browser.newPage()
      await page.goto(url)
      return page
    },
    async openPopup(page, query = '') {
      await page.bringToFront()
      await inChromeOfFirefox(browser, clickToolbar(GECKO_ID))
      return openOwn(POPUP + query)
    },
    openOwn,
    grant: async () => undefined,
    takeBack: (origin) => inChromeOfFirefox(browser, removeInFirefox(GECKO_ID, originPattern(origin))),
    stopBackground: () => inChromeOfFirefox(browser, stopEventPage(GECKO_ID)),
    async restart() {
      await browser.close()
      return launchFirefox({ ...options, profile })
    },
    async close() {
      await browser.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return stage
}

function downloadPrefs({ downloads }: StageOptions): Record<string, unknown> {
  if (!downloads) return {}
  return {
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    // Its panel would take the keyboard.
    'browser.download.alwaysOpenPanel': false,
  }
}

function proxyPrefs({ proxy }: StageOptions): Record<string, unknown> {
  if (!proxy) return {}
  const [host, port] = proxy.split(':')
  const through = { host, port: Number(port) }
  return {
    'network.proxy.type': 1,
    'network.proxy.http': through.host,
    'network.proxy.http_port': through.port,
    'network.proxy.ssl': through.host,
    'network.proxy.ssl_port': through.port,
    'network.proxy.allow_hijacking_localhost': true,
  }
}

const clickToolbar = (id: string) => `
  WebExtensionPolicy.getByID(${JSON.stringify(id)}).extension.tabManager.addActiveTabPermission(gBrowser.selectedTab)`

const stopEventPage = (id: string) => `
  await WebExtensionPolicy.getByID(${JSON.stringify(id)}).extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true })`

const removeInFirefox = (id: string, pattern: string) => `
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
  const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(id)})
  await ExtensionPermissions.remove(${JSON.stringify(id)}, { permissions: [], origins: [${JSON.stringify(pattern)}] }, extension)`

/** Runs a script in the browser's own window, which alone may press its buttons. */
async function inChromeOfFirefox(browser: Browser, script: string): Promise<void> {
  const { connection } = browser as unknown as { connection: Bidi }
  const { result: tree } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const context = tree['contexts']?.[0]?.context
  const { result } = await connection.send('script.evaluate', {
    expression: `(async () => {${script}})()`,
    target: { context },
    awaitPromise: true,
  })
  if (result['type'] === 'exception')
    throw new Error(`the browser's window refused: ${JSON.stringify(result['exceptionDetails'])}`)
}

interface Bidi {
  send(method: string, params: object): Promise<{ result: Record<string, { context: string }[]> & { type?: string } }>
}
