import type { VNode } from 'preact'
import { text } from '../../../i18n/text'

/** How far the tour has come, and what this step is about. */
export function StepHead({ step, title, lead }: { step: 1 | 2; title: string; lead?: string }): VNode {
  return (
    <div class="step-head">
      <p class="faint">{text('tour_step', { step, of: 2 })}</p>
      <h2>{title}</h2>
      {lead && <p class="soft">{lead}</p>}
    </div>
  )
}
