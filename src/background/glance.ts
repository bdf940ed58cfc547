import browser from 'webextension-polyfill'
import { siteMatches, widenedSite } from '../autofill/match'
import type { Entry } from '../core/entry'
import type { Glance } from '../rpc/account-calls'
import type { VaultStatus } from '../rpc/vault-calls'
import { settings } from '../settings'
import { entriesToShow } from './arranging'
import { codesOf, viewOf } from './entries'
import { isSmall, recallFirstShown, tagsOf, topOfList, unfinishedOf } from './first-shown'
import { clockOffsets } from './mfa/clock'
import { matching } from './page/page-view'
import { unasked } from './unasked'
import { postponeLock } from './vault/autolock'
import { keyIfOpen, vault } from './vault/unlocked'

type Seen = Omit<Glance, 'status'>

const NOTHING: Seen = { entries: [], codes: [], page: null, whole: true, tags: [], damaged: 0 }

/** How the vault is and what is seen of it first. Throws `vault/damaged`. */
export async function glance(now: number): Promise<Glance> {
  const around = askAround(now)
  const key = await keyIfOpen()
  if (key === null) return { ...NOTHING, status: await statusWithoutKey() }
  try {
    const open = await look(key, now, around)
    // Somebody may have locked meanwhile (KEY-8).
    if ((await keyIfOpen()) === null) return { ...NOTHING, status: await statusWithoutKey() }
    unasked(postponeLock(now))
    return { ...open, status: 'unlocked' }
  } catch (error) {
    const status = await vault.status()
    if (status === 'present') throw error
    return { ...NOTHING, status }
  }
}

/** What a glance needs besides the vault. None of it needs the key or fails, so all of it is asked for at once: the popup waits. */
function askAround(now: number) {
  return { origin: originInFront(), noted: settings.firstShown.get(), offsets: clockOffsets(now) }
}

type Around = ReturnType<typeof askAround>

async function statusWithoutKey(): Promise<VaultStatus> {
  const status = await vault.status()
  return status === 'present' ? 'locked' : status
}

/** The accounts of the page in front and those at the top of the list, with their codes. Of a large vault no others are opened. */
async function look(key: string, now: number, around: Around): Promise<Seen> {
  const some = await readFew(key, around)
  return some ? seen(some.entries, now, around, { whole: false, ...some }) : glanceAtAll(key, now, around)
}

interface Few {
  entries: readonly Entry[]
  tags: readonly string[]
  damaged: number
}

/** Reads what is known to be shown first; null where that is not known, or the vault is another one by now. */
async function readFew(key: string, around: Around): Promise<Few | null> {
  const first = await recallFirstShown(key, around.noted)
  if (!first) return null
  const origin = await around.origin
  const ofSite = first.sites.filter(([, sites]) => origin !== null && sites.some((site) => siteMatches(site, origin)))
  const some = await vault.readSome(key, [...ofSite.map(([id]) => id), ...first.top, ...first.unfinished])
  if (some?.generation !== first.generation) return null
  return { entries: some.entries, tags: first.tags, damaged: first.damaged }
}

async function glanceAtAll(key: string, now: number, around: Around): Promise<Seen> {
  const contents = await vault.read(key)
  const { entries, damaged } = contents
  // What lies in the trash may have lain there for long enough.
  if (entries.some(({ trashedAt }) => trashedAt !== undefined)) unasked(entriesToShow(now))
  return seen(entries, now, around, { whole: isSmall(contents), damaged: damaged.length })
}

async function seen(
  entries: readonly Entry[],
  now: number,
  around: Around,
  { whole, tags, damaged }: Pick<Seen, 'whole' | 'damaged'> & Partial<Pick<Seen, 'tags'>>,
): Promise<Seen> {
  const inUse = entries.filter(({ trashedAt }) => trashedAt === undefined)
  const origin = await around.origin
  const ofSite = origin === null ? [] : matching(inUse, origin)
  const shown = [...new Set([...ofSite, ...topOfList(inUse)])]
  const codes = await codesOf(shown, now, around.offsets)
  const matches = ofSite.map(({ id }) => id)
  // Whether a code is wanted there is known when somebody has looked into the page.
  const page = matches.length > 0 ? { origin, domain: widenedSite(origin ?? ''), hasCodeField: false, matches } : null
  const seenFirst = whole ? entries : [...new Set([...shown, ...unfinishedOf(inUse)])]
  return { entries: seenFirst.map(viewOf), codes, page, whole, tags: tags ?? tagsOf(inUse), damaged }
}

/** Null where the browser does not let us know, and for pages that belong to no account. */
async function originInFront(): Promise<string | null> {
  const tabs = await browser.tabs.query({ active: true, lastFocusedWindow: true }).catch(() => [])
  const url = tabs[0]?.url
  return url !== undefined && /^https?:/.test(url) ? new URL(url).origin : null
}
