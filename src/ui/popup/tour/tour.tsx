import { CircleCheck } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { leaveTour, resumeTour } from '../../actions/tour'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { ScreenHead } from '../../components/screen-head'
import { demo, tourEnded, tourStep } from '../../tour-state'
import { ChooseDemo } from './choose-demo'
import { CodeStep } from './code-step'
import { FillStep } from './fill-step'

/** Two steps with an account that is made up: its code, and how it gets into a page. */
export function Tour(): VNode {
  useEffect(() => void resumeTour(), [])
  return (
    <div class="screen">
      <ScreenHead title={text('tour_title')} onBack={() => void leaveTour()} />
      <main class="scroll padded">
        <FailureNote place="tour" />
        <Stop />
      </main>
    </div>
  )
}

function Stop(): VNode {
  if (tourEnded.value) return <Ended />
  if (!demo.value) return <ChooseDemo />
  return tourStep.value === 1 ? <CodeStep demo={demo.value} /> : <FillStep demo={demo.value} />
}

function Ended(): VNode {
  return (
    <>
      <p class="note" role="status">
        <Icon node={CircleCheck} size={16} />
        <span class="note-text">{text('tour_removed')}</span>
      </p>
      <div class="actions">
        <button type="button" class="primary" onClick={() => void leaveTour()}>
          {text('close')}
        </button>
      </div>
    </>
  )
}
