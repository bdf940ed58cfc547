import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { DEMO_KINDS } from '../../../settings'
import { startTour } from '../../actions/tour'
import { FirstStep } from './first-step'

/** The tour begins with the account of the user's choice: its first code is one press away. */
export function TourStep({ done }: { done: boolean }): VNode {
  const name = text('first_step_tour')
  return (
    <FirstStep name={name} done={done}>
      <div class="step-choices" role="group" aria-label={name}>
        {DEMO_KINDS.map((kind) => (
          <button type="button" key={kind} onClick={() => void startTour(kind)}>
            {text(`demo_${kind}`)}
          </button>
        ))}
      </div>
    </FirstStep>
  )
}
