import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import {
  Browser,
  computeExecutablePath,
  detectBrowserPlatform,
  getDownloadUrl,
  getInstalledBrowsers,
  install,
  resolveBuildId,
} from '@puppeteer/browsers'

/** The browsers the extension is built for. */
export type BrowserName = 'chromium' | 'firefox'

const commands: Record<BrowserName, readonly string[]> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'],
  firefox: ['firefox-esr', 'firefox', 'firefox.exe'],
}

const places: Record<BrowserName, readonly string[]> = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
  firefox: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
}

const debianPackages: Record<BrowserName, readonly string[]> = {
  chromium: ['chromium', 'fonts-noto-cjk'],
  firefox: ['firefox-esr', 'fonts-noto-cjk'],
}

const cacheDir = process.env['PUPPETEER_CACHE_DIR'] ?? join(homedir(), '.cache', 'puppeteer')

/**
 * The path of a browser on this machine. Where there is none it gets one the platform's ordinary way: Debian's package
 * when it may install packages, else Puppeteer's download. Throws with what to install when neither succeeds.
 */
export async function ensureBrowser(name: BrowserName): Promise<string> {
  const found = (await findBrowser(name)) ?? installDebianPackage(name) ?? (await download(name))
  if (!found) throw new Error(howToInstall(name))
  return found
}

/** The path of a browser that is already here, or null. */
export async function findBrowser(name: BrowserName): Promise<string | null> {
  const named = process.env[name === 'chromium' ? 'CHROMIUM_PATH' : 'FIREFOX_PATH']
  if (named && existsSync(named)) return named
  return onPath(name) ?? places[name].find((place) => existsSync(place)) ?? (await downloaded(name))
}

function onPath(name: BrowserName): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = commands[name].flatMap((command) => folders.map((folder) => join(folder, command)))
  return candidates.find((candidate) => existsSync(candidate)) ?? null
}

async function downloaded(name: BrowserName): Promise<string | null> {
  const installed = await getInstalledBrowsers({ cacheDir }).catch(() => [])
  const wanted = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX
  return installed.find(({ browser }) => browser === wanted)?.executablePath ?? null
}

function installDebianPackage(name: BrowserName): string | null {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!mayInstall) return null
  console.log(`Installing Debian's ${debianPackages[name].join(' and ')} …`)
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  spawnSync('apt-get', ['update'], options)
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...debianPackages[name]], options)
  return onPath(name)
}

async function download(name: BrowserName): Promise<string | null> {
  const platform = detectBrowserPlatform()
  if (!platform) return null
  const browser = name === 'chromium' ? Browser.CHROME : Browser.FIREFOX
  try {
    const buildId = await resolveBuildId(browser, platform, 'stable')
    console.log(
      `Downloading ${browser} ${buildId} (${await downloadSize(getDownloadUrl(browser, platform, buildId))}) into ${cacheDir} …`,
    )
    await install({ browser, buildId, cacheDir, platform })
    return computeExecutablePath({ browser, buildId, cacheDir, platform })
  } catch (error) {
    console.log(`That did not work: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

async function downloadSize(url: URL): Promise<string> {
  const answer = await fetch(url, { method: 'HEAD' })
  const bytes = Number(answer.headers.get('content-length'))
  return bytes > 0 ? `${Math.round(bytes / 1_000_000)} MB` : 'size unknown'
}

function howToInstall(name: BrowserName): string {
  const [label, debian, brew, winget] =
    name === 'chromium'
      ? ['Chromium or Chrome', 'chromium', 'google-chrome', 'Google.Chrome']
      : ['Firefox', 'firefox-esr', 'firefox', 'Mozilla.Firefox']
  return [
    `${label} was not found and could not be installed. Install it and run this again:`,
    `  Debian, Ubuntu:  sudo apt install ${debian}`,
    `  macOS:           brew install --cask ${brew}`,
    `  Windows:         winget install ${winget}`,
    `or name its program in ${name === 'chromium' ? 'CHROMIUM_PATH' : 'FIREFOX_PATH'}.`,
  ].join('\n')
}
