import type { VNode } from 'preact'
import { AppError } from '../../../core/errors'
import type { Problem } from '../../../formats/format'
import { errorText } from '../../../i18n/text'
import { shownText } from '../../../i18n/shown-text'

const DRAWN_PROBLEMS = 200

/** Rows that did not come through as they stood, each with its reason; nothing where there is none. */
export function ProblemList({ title, problems }: { title: string; problems: readonly Problem[] }): VNode | null {
  if (problems.length === 0) return null
  return (
    <details class="problems" open={problems.length <= 5}>
      <summary>{title}</summary>
      <ul class="import-rows">
        {problems.slice(0, DRAWN_PROBLEMS).map(({ row, reason }, index) => (
          <li key={index}>
            <b>{shownText(row)}</b> <span class="hint">{errorText(new AppError(reason))}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
