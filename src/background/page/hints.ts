import browser, { type Tabs } from 'webextension-polyfill'
// oxlint-disable-next-line import/default -- what `?iife` gives
import hintScript from '../../autofill/hint-main.ts?iife'
import { END_HINT } from '../../autofill/frame'
import { siteOf } from '../../autofill/match'
import { AppError } from '../../core/errors'
import { settings } from '../../settings'
import { injected, tell } from './frames'
import { patternOf } from './hosts'

/** The keyboard command that fills without the popup. */
export const FILL_COMMAND = 'fill-code'

/** Whether the hint and the number of accounts are shown on a site: where the user asked for both, and still lets us in. */
export async function isHinted(origin: string): Promise<boolean> {
  return (await settings.hintedSites.get()).includes(origin) && (await isGranted(origin))
}

/**
 * Shows a hint beside code fields of a site, and the number of its accounts on the toolbar, or ends both. Throws
 * `fill/site-not-granted` unless the user let us in there.
 */
export function setHint(origin: string, hinted: boolean): Promise<void> {
  return oneChange(async () => {
    if (siteOf(origin) !== origin) throw new AppError('entry/site-invalid')
    if (hinted && !(await isGranted(origin))) throw new AppError('fill/site-not-granted')
    const others = (await settings.hintedSites.get()).filter((one) => one !== origin)
    await settings.hintedSites.set(hinted ? [...others, origin] : others)
  })
}

/**
 * Forgets the sites where we are not let in any more: a later grant is not meant for them. Which open pages are theirs the
 * browser does not tell any more, so all hints end, and come back where they still belong.
 */
export async function forgetUngranted(): Promise<void> {
  const left = await oneChange(async () => {
    const sites = await settings.hintedSites.get()
    const granted = await Promise.all(sites.map(isGranted))
    await settings.hintedSites.set(sites.filter((_site, at) => granted[at]))
    return granted.includes(false)
  })
  if (!left) return
  const tabs = await browser.tabs.query({})
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : tell(id, END_HINT))))
  await hintEverywhere()
}

/** Two changes may be asked for at once, and each writes the whole list. */
function oneChange<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request('latchkey-hints', work)
}

/**
 * Brings the hint to the page in a tab, where the user asked for it. It is put there for each document: a script that the
 * browser itself brings to a host would run on all of its ports. The script compares its origin once more. Elsewhere a hint
 * that is left is taken away.
 */
export async function hintIn(tabId: number, url: string | undefined): Promise<void> {
  const origin = url === undefined ? null : siteOf(url)
  if (origin === null) return
  // A page that comes back from the browser's cache may still show one.
  if (!(await isHinted(origin))) return endHint(tabId)
  const words = await hintWords()
  if (words === null) return endHint(tabId)
  const show = (site: string, what: string): void => globalThis.latchkeyHint?.show(site, what)
  try {
    await injected({ target: { tabId }, files: [hintScript] })
    await injected({ target: { tabId }, func: show, args: [origin, words] })
  } catch {
    // The page is gone, or does not let us in; the next one may.
  }
}

/** Names the keys that are set now, which need not be those the manifest suggests; null where the user set none. */
async function hintWords(): Promise<string | null> {
  const keys = (await browser.commands.getAll()).find(({ name }) => name === FILL_COMMAND)?.shortcut
  return keys === undefined || keys === '' ? null : browser.i18n.getMessage('hint_fill', keys)
}

/** Brings the hint to all open pages anew: other keys are set, or an update has left those of the version before behind. */
export async function hintEverywhere(): Promise<void> {
  for (const origin of await settings.hintedSites.get()) await hintOnOpenPages(origin)
}

/** Brings the hint to the pages of a site that are open, or takes it away. */
export async function hintOnOpenPages(origin: string): Promise<void> {
  for (const { id, url } of await openPagesOf([origin])) if (id !== undefined) await hintIn(id, url)
}

/** Takes the hint from all open pages: a grant is about to go, and after that nothing of ours reaches its pages. */
export async function endHints(): Promise<void> {
  const tabs = await openPagesOf(await settings.hintedSites.get())
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : endHint(id))))
}

async function openPagesOf(origins: readonly string[]): Promise<readonly Tabs.Tab[]> {
  if (origins.length === 0) return []
  return (await browser.tabs.query({})).filter(({ url }) => url !== undefined && origins.includes(siteOf(url) ?? ''))
}

async function endHint(tabId: number): Promise<void> {
  // As above.
  await injected({ target: { tabId }, func: () => globalThis.latchkeyHint?.end() }).catch(() => undefined)
}

function isGranted(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(origin)] })
}
