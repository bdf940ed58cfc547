import type { VNode } from 'preact'
import { AppError } from '../../../core/errors'
import type { Problem } from '../../../formats/format'
import { errorText } from '../../../i18n/text'
import { shownText } from '../../../i18n/shown-text'

/** How many names are drawn under one reason. */
const DRAWN_NAMES = 200

/** Rows that did not come through as they stood, under the reason they share; nothing where there is none. */
export function ProblemList({ title, problems }: { title: string; problems: readonly Problem[] }): VNode | null {
  if (problems.length === 0) return null
  const reasons = [...new Set(problems.map(({ reason }) => reason))]
  return (
    <details class="problems" open={problems.length <= 5}>
      <summary>{title}</summary>
      <ul class="import-rows">
        {reasons.map((reason) => (
          <li key={reason}>
            <b>{namesOf(problems.filter((problem) => problem.reason === reason))}</b>{' '}
            <span class="hint">{errorText(new AppError(reason))}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function namesOf(problems: readonly Problem[]): string {
  const names = problems.slice(0, DRAWN_NAMES).map(({ row }) => shownText(row))
  return [...names, ...(problems.length > DRAWN_NAMES ? ['…'] : [])].join(' · ')
}
