import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import preact from '@preact/preset-vite'
import type { Browser, Page } from 'puppeteer-core'
import { build } from 'vite'
import type { CarriedEntry } from '../../../src/rpc/transfer-calls'

/** Where the page with nothing but six digits lies in each copy. */
export const EMPTY_PAGE = 'empty.html'
/** Where a list as bare as can be lies there, to be scrolled beside ours. */
export const BARE_LIST = 'bare-list.html'

const PASSPHRASE = 'seven quiet herons at dusk'
const CREATE_MS = 60_000

/** An extension that holds so many accounts, unlocked. */
export interface Copy {
  readonly accounts: number
  readonly id: string
  readonly popup: string
}

/** A folder of its own for every copy, which is what its id goes by; to be removed afterwards. */
export function newFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Builds the pages to compare with by the bundler that builds the popup. */
export async function buildEmptyPage(outDir: string): Promise<void> {
  const root = resolve('test/bench/popup')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [preact()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: false,
      assetsDir: 'empty',
      rollupOptions: { input: [join(root, EMPTY_PAGE), join(root, BARE_LIST)] },
    },
  })
}

/** Installs the built extension once more, with the empty page beside its own, and has it keep so many accounts. */
export async function installCopy(
  browser: Browser,
  folder: string,
  emptyPage: string,
  accounts: number,
): Promise<Copy> {
  const path = join(folder, `with-${accounts}`)
  const popup = copyOf('dist/chrome', path)
  cpSync(emptyPage, path, { recursive: true })
  const id = await browser.installExtension(path)
  const page = await browser.newPage()
  await page.goto(`chrome-extension://${id}/src/ui/options/index.html`)
  await ask(page, 'createVault', PASSPHRASE)
  await ask(
    page,
    'importEntries',
    Array.from({ length: accounts }, (_, index) => account(index)),
  )
  await page.close()
  return { accounts, id, popup: `chrome-extension://${id}/${popup}` }
}

/** Installs Authenticator Extension from `source` and has it keep so many accounts, as it stores them without a password. */
export async function installIncumbent(
  browser: Browser,
  folder: string,
  source: string,
  accounts: number,
): Promise<Copy> {
  const path = join(folder, `incumbent-with-${accounts}`)
  const popup = copyOf(source, path)
  const id = await browser.installExtension(path)
  const page = await browser.newPage()
  await page.goto(`chrome-extension://${id}/${popup}`)
  await page.evaluate(
    (items) => chrome.storage.local.set(items),
    Object.fromEntries([
      ['UserSettings', { storageLocation: 'local' }],
      ...Array.from({ length: accounts }, (_, index) => incumbentItem(account(index), index)),
    ]),
  )
  await page.close()
  return { accounts, id, popup: `chrome-extension://${id}/${popup}` }
}

/** Copies an extension without the key that would give all copies one id; the path of its popup. */
function copyOf(source: string, path: string): string {
  cpSync(source, path, { recursive: true })
  const file = join(path, 'manifest.json')
  const { key: _key, ...manifest } = JSON.parse(readFileSync(file, 'utf8')) as {
    key?: string
    action: { default_popup: string }
  }
  writeFileSync(file, JSON.stringify(manifest))
  return manifest.action.default_popup.replace(/^\//, '')
}

async function ask(page: Page, call: string, ...args: readonly unknown[]): Promise<void> {
  page.setDefaultTimeout(CREATE_MS)
  const answer = (await page.evaluate((message) => chrome.runtime.sendMessage(message), { call, args })) as {
    ok?: boolean
    code?: string
  }
  if (!answer.ok) throw new Error(`${call}: ${answer.code ?? 'no answer'}`)
}

/** Names without digits, so that none is taken for a code; every tenth account belongs to a site. */
function account(index: number): CarriedEntry {
  const name = [...String(index)].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('')
  return {
    type: 'totp',
    issuer: `Issuer ${name.slice(-2)}`,
    label: `${name}@example.com`,
    secret: `JBSWY3DPEHPK3PXPJBSWY3DPEH${base32Of(index)}`,
    algorithm: 'SHA1',
    digits: 6,
    periodSeconds: 30,
    sites: index % 10 === 0 ? [`https://${name}.example`] : [],
  }
}

function base32Of(index: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return Array.from({ length: 6 }, (_, place) => letters.charAt((index >> (5 * place)) & 31)).join('')
}

function incumbentItem({ issuer, label, secret }: CarriedEntry, index: number): [string, object] {
  const hash = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  return [hash, { dataType: 'OTPStorage', encrypted: false, hash, index, type: 'totp', secret, issuer, account: label }]
}
