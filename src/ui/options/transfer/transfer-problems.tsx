import { Fragment, type VNode } from 'preact'
import { AppError } from '../../../core/errors'
import type { Problem } from '../../../formats/format'
import { isAccountLost } from '../../../formats/holds'
import { errorText } from '../../../i18n/text'
import { shownText } from '../../../i18n/shown-text'

/** How many names are drawn under one reason. */
const DRAWN_NAMES = 200

/** How many accounts problems are about: one may have several, and two of the same name have the same one each. */
export function accountsIn(problems: readonly Problem[]): number {
  const times = new Map<string, number>()
  const accounts = new Map<string, number>()
  for (const { row, reason } of problems) {
    const named = (times.get(`${reason} ${row}`) ?? 0) + 1
    times.set(`${reason} ${row}`, named)
    accounts.set(row, Math.max(accounts.get(row) ?? 0, named))
  }
  return [...accounts.values()].reduce((sum, count) => sum + count, 0)
}

/** Rows that did not come through as they stood, under the reason they share; nothing where there is none. */
export function ProblemList({ title, problems }: { title: string; problems: readonly Problem[] }): VNode | null {
  if (problems.length === 0) return null
  const all = [...new Set(problems.map(({ reason }) => reason))]
  const reasons = [...all.filter(isAccountLost), ...all.filter((reason) => !isAccountLost(reason))]
  return (
    <details class="problems" open={problems.length <= 5}>
      <summary>{title}</summary>
      <ul class="import-rows">
        {reasons.map((reason) => (
          <li key={reason}>
            <Names problems={problems.filter((problem) => problem.reason === reason)} />{' '}
            <span class="hint">{errorText(new AppError(reason))}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Each name for itself: one that is written from right to left must not reorder its neighbours. */
function Names({ problems }: { problems: readonly Problem[] }): VNode {
  return (
    <b>
      {problems.slice(0, DRAWN_NAMES).map(({ row }, index) => (
        <Fragment key={index}>
          {index > 0 && ' · '}
          <span dir="auto">{shownText(row)}</span>
        </Fragment>
      ))}
      {problems.length > DRAWN_NAMES && ' · …'}
    </b>
  )
}
