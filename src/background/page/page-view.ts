import type { Judged } from '../../autofill/choose'
import { lookAlike } from '../../autofill/look-alike'
import { siteMatches, widenedSite } from '../../autofill/match'
import { isNamed, isNamedAround } from '../../autofill/names'
import type { Entry } from '../../core/entry'
import type { PageView } from '../../rpc/fill-calls'
import { fieldFrame, lookForFields, topOrigin } from './fields'
import { textsInTab } from './frames'
import { taughtFields } from './site-memory'

/** Looks at the page in a tab: its origin, whether a code is wanted there, and which accounts belong to it. */
export async function lookAtPage(tabId: number, entries: readonly Entry[]): Promise<PageView> {
  const frames = await lookForFields(tabId, '', (origin) => taughtFields(entries, origin)).catch(() => [])
  const origin = topOrigin(frames)
  if (origin === null) return { origin: null, domain: null, hasCodeField: false, matches: [] }
  const domain = widenedSite(origin)
  const field = fieldFrame(frames)?.field ?? null
  const matches = await ranked(tabId, matching(entries, origin), origin, textsAround(field))
  return {
    origin,
    domain,
    hasCodeField: field !== null,
    matches: matches.map(({ id }) => id),
    ...(matches.length > 0 ? {} : { ...widening(entries, domain), ...warning(entries, origin) }),
  }
}

/** The entries that belong to an origin: those of this very origin first, then the one used last. */
export function matching(entries: readonly Entry[], origin: string): readonly Entry[] {
  return byRank(
    entries.filter(({ sites }) => sites.some((site) => siteMatches(site, origin))),
    origin,
    [],
  )
}

/** What the page shows of who is signing in is asked for only where it can tell accounts apart. */
async function ranked(
  tabId: number,
  entries: readonly Entry[],
  origin: string,
  around: readonly string[],
): Promise<readonly Entry[]> {
  return entries.length < 2 ? entries : byRank(entries, origin, await textsInTab(tabId), around)
}

/** What stands next to the code field, and leads to it. */
function textsAround(field: Judged | null): readonly string[] {
  const { beside, lead } = field?.candidate.around ?? { beside: '', lead: '' }
  return [beside, lead].filter((text) => text !== '')
}

/** By site, then by the name that the page shows in full, rather around the code field than elsewhere, then by last use. */
export function byRank(
  entries: readonly Entry[],
  origin: string,
  texts: readonly string[],
  around: readonly string[] = [],
): readonly Entry[] {
  const exact = ({ sites }: Entry): number => Number(sites.includes(origin))
  const named = ({ label }: Entry): number => (isNamedAround(label, around) ? 2 : Number(isNamed(label, texts)))
  return entries.toSorted(
    (one, other) => exact(other) - exact(one) || named(other) - named(one) || (other.usedAt ?? 0) - (one.usedAt ?? 0),
  )
}

function widening(entries: readonly Entry[], domain: string | null): Pick<PageView, 'widenable'> {
  if (domain === null) return {}
  const near = entries.filter(({ sites }) => sites.some((site) => widenedSite(site) === domain))
  return near.length > 0 ? { widenable: near.map(({ id }) => id) } : {}
}

function warning(entries: readonly Entry[], origin: string): Pick<PageView, 'lookAlike'> {
  for (const site of entries.flatMap(({ sites }) => sites)) {
    const kind = lookAlike(site, origin)
    if (kind !== null) return { lookAlike: { site: URL.canParse(site) ? new URL(site).host : site, kind } }
  }
  return {}
}
