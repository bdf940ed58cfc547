import type { FieldReason, TaughtField } from '../core/code-field'
import { excludesCode, factsOf } from './facts'
import type { Facts } from './facts'
import type { FrameReport, SeenCandidate, SeenPage } from './frame'
import { reasonsFor, scoreOf } from './judge'
import type { Rules } from './rules'
import { isTaught } from './taught'

/** A candidate with what speaks for and against it. */
export interface Judged {
  /** Its place in the report. */
  readonly index: number
  readonly candidate: SeenCandidate
  readonly facts: Facts
  readonly reasons: readonly FieldReason[]
  readonly score: number
}

type Seen = SeenPage & Pick<FrameReport, 'candidates'>

/** Of more candidates than this, only the likeliest are worth reading what stands around them. */
const MOST_READ = 8

/** The candidates whose surroundings must still be read before all can be judged; none where they are known. */
export function worthReading(
  report: Seen,
  rules: Rules,
  taught: readonly TaughtField[] = [],
  clicked: number | null = null,
): number[] {
  if (report.candidates.every(({ around }) => around !== null)) return []
  return judgeAll(report, rules, taught, clicked)
    .slice(0, MOST_READ)
    .map(({ index }) => index)
}

/** The report with what was read of some candidates; of the others nothing more is to be known, and they are left out. */
export function withRead(report: Seen, read: ReadonlyMap<number, SeenCandidate>): readonly Judgeable[] {
  return report.candidates.flatMap((candidate, index) => {
    const known = candidate.around === null ? read.get(index) : candidate
    return known === undefined ? [] : [{ index, candidate: known }]
  })
}

/** A candidate, and its place in the report it comes from. */
export type Judgeable = Pick<Judged, 'index' | 'candidate'>

/** The candidates of a report, the likeliest first; equals stay in document order. */
export function judgeAll(
  report: Seen,
  rules: Rules,
  taught: readonly TaughtField[] = [],
  clicked: number | null = null,
): Judged[] {
  return rank(
    report.candidates.map((candidate, index) => ({ index, candidate })),
    report,
    rules,
    taught,
    clicked,
  )
}

/**
 * The same for some of them. What the user pointed at on this site, or clicks now (by its place in the report), comes
 * before all else, unless a code by message is wanted.
 */
export function rank(
  candidates: readonly Judgeable[],
  page: SeenPage,
  rules: Rules,
  taught: readonly TaughtField[] = [],
  clicked: number | null = null,
): Judged[] {
  const isMeant = ({ index, candidate }: Judgeable): boolean => index === clicked || isTaught(candidate, taught)
  return candidates
    .filter((one) => !excludesCode(one.candidate) || isMeant(one))
    .map((one) => judge(one, page, rules, isMeant(one)))
    .toSorted((one, other) => other.score - one.score)
}

/** Whether it is taken for a TOTP field. */
export function isCodeField({ score }: Pick<Judged, 'score'>, { threshold }: Rules): boolean {
  return score >= threshold
}

function judge({ index, candidate }: Judgeable, page: SeenPage, rules: Rules, isMeant: boolean): Judged {
  const facts = factsOf(candidate, page)
  const heard = reasonsFor(facts, rules)
  const lifted = isMeant && !heard.some(forbidsLift)
  const reasons = [...(lifted ? [{ about: 'taught', weight: rules.shapes.taught } as const] : []), ...heard]
  return { index, candidate, facts, reasons, score: scoreOf(reasons) }
}

/** A field that takes a code by message, or a recovery code, by its words: one step of a site may look like the next. */
function forbidsLift(reason: FieldReason): boolean {
  if (!('place' in reason) || reason.weight >= 0) return false
  const near = reason.place !== 'links' && reason.place !== 'page'
  return near && (reason.about === 'delivered' || reason.about === 'recovery')
}
