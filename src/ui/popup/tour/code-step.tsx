import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { DemoView } from '../../../rpc/demo-calls'
import { goToStep } from '../../actions/tour'
import { focusOnce } from '../../components/field'
import { DemoCard } from './demo-card'
import { RemoveDemo } from './remove-demo'
import { StepHead } from './step-head'

/** The first step: the code, as it stands in the list. */
export function CodeStep({ demo }: { demo: DemoView }): VNode {
  return (
    <>
      <StepHead step={1} title={text('tour_code_title')} lead={text('tour_code_text')} />
      <DemoCard demo={demo} />
      <div class="actions">
        <RemoveDemo />
        <button type="button" class="primary" ref={focusOnce} onClick={() => void goToStep(2)}>
          {text('tour_next')}
        </button>
      </div>
    </>
  )
}
