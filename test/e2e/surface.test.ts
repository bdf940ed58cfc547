import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../manifest.json' with { type: 'json' }
import { type BrowserName, ensureBrowser } from '../tools/find-browser'
import { type Stage, launch } from './browsers'
import { type OwnPage, POPUP, addAccount, createVault, webTabId } from './own-page'
import { type TestSite, signInPage, startTestSite } from './test-site'
import { until } from './until'

const MESSAGES = 200

describe.each(['chromium', 'firefox'] as const)('the surface in %s', (name) => {
  let stage: Stage
  let site: TestSite
  let own: OwnPage
  let web: Page

  beforeAll(async () => {
    site = await startTestSite()
    site.pages.set('/', signInPage('plain'))
    site.pages.set('/framed', '<script>parent.postMessage("framed", "*")</script>')
    site.pages.set('/script.js', '1')
    site.pages.set('/style.css', 'p {}')
    site.pages.set('/image.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    stage = await launch(name)
    own = await createVault(stage)
    await addAccount(own, { site: site.url })
    web = await stage.openWeb(site.url)
  })

  afterAll(async () => {
    await stage?.close()
    await site?.close()
  })

  it('cannot be seen by a web page before the user acts (EXT-5)', async () => {
    const bare = await launchBare(name)
    try {
      const page = await bare.newPage()
      await page.goto(site.url)
      expect(await traces(web)).toEqual(await traces(page))
    } finally {
      await bare.close()
    }
  })

  it('runs nothing in our pages that is not in the package (EXT-1)', async () => {
    const popup = await stage.openOwn(POPUP)
    const [here, there] = [await tryToRun(popup, site.url), await tryToRun(web, site.url)]
    // The same attempts on a page without a policy: those that fail there, too, would prove nothing.
    expect(there).toEqual(everyWay(there, 'ran'))
    expect(here).toEqual(everyWay(there, 'blocked'))
    await popup.close()
  })

  it('lets no web page load any of our files (EXT-5)', async () => {
    const files = readdirSync(`dist/${name === 'chromium' ? 'chrome' : 'firefox'}`, {
      recursive: true,
      encoding: 'utf8',
    })
    const urls = files.filter((file) => /\.\w+$/.test(file)).map((file) => stage.pageUrl(file.replaceAll('\\', '/')))
    expect(urls.length).toBeGreaterThan(20)
    expect(await loadable(own.page, urls.slice(0, 5))).toHaveLength(5)
    expect(await loadable(web, urls)).toEqual([])
  })

  it(`gives another extension no answer to ${MESSAGES} messages and ports (EXT-3)`, async () => {
    const before = await own.ask.entries()
    const folder = strangerExtension(stage, site.url)
    await stage.browser.installExtension(folder)
    await until(() => site.told.some((told) => told.startsWith('stranger')))
    rmSync(folder, { recursive: true })
    expect(site.told.find((told) => told.startsWith('stranger'))).toBe(
      `stranger: 0 answers, ${MESSAGES} refusals, 0 port messages, ${MESSAGES} ports closed, 0 files`,
    )
    expect(await own.ask.entries()).toEqual(before)
  })

  it('refuses every call from a script in a web page, and shows it no session (EXT-4, KEY-5)', async () => {
    await web.bringToFront()
    const popup = await stage.openPopup(web)
    const tabId = await webTabId(own)
    const before = await own.ask.entries()
    const calls = callNames()
    expect(calls).toContain('codes')
    const answers = await inIsolatedWorld(own, tabId, calls)
    expect(answers).toEqual(Object.fromEntries(calls.map((call) => [call, 'rpc/refused'])))
    expect(await sessionSeenFrom(own, tabId)).toBe('closed')
    expect(await own.ask.vaultStatus()).toBe('unlocked')
    expect(await own.ask.entries()).toEqual(before)
    if (!popup.isClosed()) await popup.close()
  })
})

function everyWay(ways: Readonly<Record<string, string>>, outcome: string): Record<string, string> {
  return Object.fromEntries(Object.keys(ways).map((way) => [way, outcome]))
}

/** Every call there is, read off the lists. */
function callNames(): readonly string[] {
  const lists = readdirSync('src/rpc').filter((name) => name.endsWith('-calls.ts'))
  return lists.flatMap((name) => {
    const text = readFileSync(join('src/rpc', name), 'utf8')
    const [, body = ''] = /export interface \w+Calls \{([\s\S]*?)\n\}/.exec(text) ?? []
    return [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, call = '']) => call)
  })
}

const INTRUSIONS = readFileSync('test/fixtures/pages/intrusions.js', 'utf8')

/** Tries in the page what an injected text could: `ran` or `blocked` for each way. */
async function tryToRun(page: Page, remote: string): Promise<Record<string, string>> {
  const script = INTRUSIONS.slice(INTRUSIONS.indexOf('async function'))
  return (await page.evaluate(`(${script})(${JSON.stringify(remote)})`)) as Record<string, string>
}

/** Those of the addresses that a page can load in any way. */
function loadable(page: Page, urls: readonly string[]): Promise<string[]> {
  return page.evaluate(async (all) => {
    const asElement = (tag: 'img' | 'script', url: string) =>
      new Promise<boolean>((done) => {
        const element = document.createElement(tag)
        element.addEventListener('load', () => done(true))
        element.addEventListener('error', () => done(false))
        try {
          element.src = url
        } catch {
          done(false)
        }
        document.body.append(element)
      })
    const found: string[] = []
    for (const url of all) {
      const fetched = await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
      if (fetched || (/\.(?:png|svg)$/.test(url) && (await asElement('img', url)))) found.push(url)
      else if (url.endsWith('.js') && (await asElement('script', url))) found.push(url)
    }
    return found
  }, urls)
}

/** All that a page can see of its own world. */
function traces(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const chrome = (globalThis as unknown as { chrome?: object }).chrome
    return {
      globals: Object.getOwnPropertyNames(globalThis)
        .filter((name) => !/^\$|^cdc_|puppeteer/.test(name))
        .toSorted(),
      chrome: chrome ? Object.keys(chrome).toSorted() : null,
      markup: document.documentElement.outerHTML,
      sheets: document.styleSheets.length,
    }
  })
}

async function launchBare(name: BrowserName) {
  const executablePath = await ensureBrowser(name)
  const args = name === 'chromium' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return puppeteer.launch({ browser: name === 'chromium' ? 'chrome' : 'firefox', executablePath, headless: true, args })
}

/** An extension of somebody else's that tries to talk to ours, and tells the site what came of it. */
function strangerExtension(stage: Stage, siteUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'stranger-'))
  const id = stage.name === 'chromium' ? new URL(stage.pageUrl('')).host : manifest.browser_specific_settings.gecko.id
  const background = stage.name === 'chromium' ? { service_worker: 'stranger.js' } : { scripts: ['stranger.js'] }
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Stranger',
      version: '1',
      background,
      browser_specific_settings: { gecko: { id: 'stranger@latchkey.example' } },
    }),
  )
  const script = `
    const api = globalThis.browser ?? chrome
    const [id, file, site] = ${JSON.stringify([id, stage.pageUrl('manifest.json'), siteUrl])}
    const calls = ['vaultStatus', 'entries', 'codes', 'lock', 'servers']
    const count = { answers: 0, refusals: 0, heard: 0, closed: 0, files: 0 }
    const sent = Array.from({ length: ${MESSAGES} }, (_, i) =>
      api.runtime.sendMessage(id, { call: calls[i % calls.length], args: [] }).then(
        (answer) => { answer === undefined ? count.refusals++ : count.answers++ },
        () => { count.refusals++ },
      ))
    const ports = Array.from({ length: ${MESSAGES} }, () => new Promise((done) => {
      const port = api.runtime.connect(id)
      port.onMessage.addListener(() => { count.heard++ })
      port.onDisconnect.addListener(() => { void api.runtime.lastError; count.closed++; done() })
      try { port.postMessage({ call: 'codes', args: [] }) } catch {}
    }))
    const probe = fetch(file).then(() => { count.files++ }, () => undefined)
    void Promise.all([...sent, ...ports, probe]).then(() => fetch(site + '/told', {
      method: 'POST', mode: 'no-cors',
      body: \`stranger: \${count.answers} answers, \${count.refusals} refusals, \${count.heard} port messages, \${count.closed} ports closed, \${count.files} files\`,
    }))`
  writeFileSync(join(folder, 'stranger.js'), script)
  return folder
}

/** What each call answers to a script that runs beside a web page, as a hostile page would if it broke into it. */
function inIsolatedWorld({ page }: OwnPage, tabId: number, calls: readonly string[]): Promise<Record<string, unknown>> {
  return page.evaluate(
    async (tab, names) => {
      const [outcome] = await browser.scripting.executeScript({
        target: { tabId: tab },
        args: [names],
        func: async (all: string[]) => {
          const api = (globalThis as unknown as { browser?: unknown; chrome: unknown }).browser ?? globalThis.chrome
          const { runtime } = api as {
            runtime: { sendMessage(message: unknown): Promise<{ code?: string } | undefined> }
          }
          const answers: Record<string, unknown> = {}
          for (const call of all) {
            const answer = await runtime.sendMessage({ call, args: ['x', 'y', 'z'] })
            answers[call] = answer?.code ?? answer
          }
          return answers
        },
      })
      return outcome?.result as Record<string, unknown>
    },
    tabId,
    [...calls],
  )
}

/** `closed` where a script in a web page can read neither the session area nor be told of its changes. */
function sessionSeenFrom({ page }: OwnPage, tabId: number): Promise<unknown> {
  return page.evaluate(async (tab) => {
    const [outcome] = await browser.scripting.executeScript({
      target: { tabId: tab },
      func: async () => {
        const api = (globalThis as unknown as { browser?: unknown }).browser ?? globalThis.chrome
        const { session } = (api as { storage: { session?: { get(): Promise<object> } } }).storage
        if (!session) return 'closed'
        return session.get().then(
          (items) => Object.keys(items),
          () => 'closed',
        )
      },
    })
    return outcome?.result
  }, tabId)
}
