import type { VNode } from 'preact'
import type { BindingPhase } from '../../core/entry'
import { text } from '../../i18n/text'

/** How far the binding at the MFA server has come; nothing for an account that is not managed there. */
export function PhaseTag({ phase }: { phase: BindingPhase | null }): VNode | null {
  if (phase === null) return null
  return <span class={`tag tag-${phase}`}>{text(`phase_${phase}`)}</span>
}
