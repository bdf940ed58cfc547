import browser from 'webextension-polyfill'
import { siteMatches, widenedSite } from '../autofill/match'
import type { Entry } from '../core/entry'
import type { Glance } from '../rpc/account-calls'
import type { VaultStatus } from '../rpc/vault-calls'
import { entriesToShow } from './arranging'
import { codesOf, viewOf } from './entries'
import { isSmall, recallFirstShown, tagsOf, topOfList, unfinishedOf } from './first-shown'
import { matching } from './page/page-view'
import { unasked } from './unasked'
import { postponeLock } from './vault/autolock'
import { keyIfOpen, vault } from './vault/unlocked'

type Seen = Omit<Glance, 'status'>

const NOTHING: Seen = { entries: [], codes: [], page: null, whole: true, tags: [], damaged: 0 }

/** How the vault is and what is seen of it first. Throws `vault/damaged`. */
export async function glance(now: number): Promise<Glance> {
  const key = await keyIfOpen()
  if (key === null) return { ...NOTHING, status: await statusWithoutKey() }
  try {
    const open = await look(key, now)
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

async function statusWithoutKey(): Promise<VaultStatus> {
  const status = await vault.status()
  return status === 'present' ? 'locked' : status
}

/** The accounts of the page in front and those at the top of the list, with their codes. Of a large vault no others are opened. */
async function look(key: string, now: number): Promise<Seen> {
  const [origin, few] = await Promise.all([originInFront(), readFew(key)])
  const some = few && (await few(origin))
  return some ? seen(some.entries, origin, now, { whole: false, ...some }) : glanceAtAll(key, origin, now)
}

interface Few {
  entries: readonly Entry[]
  tags: readonly string[]
  damaged: number
}

/** Reads what is known to be shown first; null where that is not known, or the vault is another one by now. */
async function readFew(key: string): Promise<((origin: string | null) => Promise<Few | null>) | null> {
  const first = await recallFirstShown(key)
  if (!first) return null
  return async (origin) => {
    const ofSite = first.sites.filter(([, sites]) => origin !== null && sites.some((site) => siteMatches(site, origin)))
    const some = await vault.readSome(key, [...ofSite.map(([id]) => id), ...first.top, ...first.unfinished])
    if (some?.generation !== first.generation) return null
    return { entries: some.entries, tags: first.tags, damaged: first.damaged }
  }
}

async function glanceAtAll(key: string, origin: string | null, now: number): Promise<Seen> {
  const contents = await vault.read(key)
  const { entries, damaged } = contents
  // What lies in the trash may have lain there for long enough.
  if (entries.some(({ trashedAt }) => trashedAt !== undefined)) unasked(entriesToShow(now))
  return seen(entries, origin, now, { whole: isSmall(contents), damaged: damaged.length })
}

async function seen(
  entries: readonly Entry[],
  origin: string | null,
  now: number,
  { whole, tags, damaged }: Pick<Seen, 'whole' | 'damaged'> & Partial<Pick<Seen, 'tags'>>,
): Promise<Seen> {
  const inUse = entries.filter(({ trashedAt }) => trashedAt === undefined)
  const ofSite = origin === null ? [] : matching(inUse, origin)
  const shown = [...new Set([...ofSite, ...topOfList(inUse)])]
  const codes = await codesOf(shown, now)
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
