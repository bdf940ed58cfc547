import { caseOf } from '../../autofill/case'
import { siteMatches } from '../../autofill/match'
import type { Entry } from '../../core/entry'
import type { Belonging, PageExplanation } from '../../rpc/fill-calls'
import { type JudgedFrame, fieldFrame, lookForFields, topOrigin } from './fields'
import { taughtFields } from './site-memory'

/** More reasons than this nobody reads. */
const MOST_REASONS = 4

/** Why the page in a tab has a code field or none, and to which accounts it belongs. */
export async function explainPage(tabId: number, entries: readonly Entry[]): Promise<PageExplanation> {
  const frames = await lookForFields(tabId, '', (origin) => taughtFields(entries, origin)).catch(() => [])
  const origin = topOrigin(frames)
  const ours = frames.filter(({ report }) => report.sameOriginChain)
  const nearest = ours.flatMap(({ judged }) => judged).toSorted((one, other) => other.score - one.score)[0]
  const found = fieldFrame(frames)?.field ?? null
  const shown = found ?? nearest
  return {
    origin,
    field: {
      state: found !== null ? 'found' : shown === undefined ? 'none' : 'unlikely',
      boxes: shown?.facts.boxes ?? 0,
      reasons: (shown?.reasons ?? [])
        .filter(({ weight }) => weight !== 0)
        .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
        .slice(0, MOST_REASONS),
    },
    inStrangeFrame: frames.some(({ report, field }) => !report.sameOriginChain && field !== null),
    passedOver: frames.some(({ alone, report }) => alone || !report.isWhole),
    accounts: origin === null ? [] : entries.map((entry) => ({ id: entry.id, because: belonging(entry, origin) })),
    report: JSON.stringify(
      caseOf(
        ours.flatMap((frame) => candidatesOf(frame)),
        found?.candidate ?? null,
      ),
      null,
      1,
    ),
  }
}

/** The likeliest first, as they were read. */
function candidatesOf({ judged }: JudgedFrame): readonly JudgedFrame['judged'][number]['candidate'][] {
  return judged.map(({ candidate }) => candidate)
}

function belonging({ sites }: Entry, origin: string): Belonging {
  if (sites.length === 0) return 'no-site'
  if (sites.includes(origin)) return 'site'
  return sites.some((site) => siteMatches(site, origin)) ? 'domain' : 'other-site'
}
