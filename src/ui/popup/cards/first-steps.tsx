import { useSignal } from '@preact/signals'
import { ChevronDown, ChevronUp, X } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { closeFirstSteps, lookAtToolbar } from '../../actions/first-steps'
import { openSheet, openTransfer } from '../../actions/navigation'
import { loadWays } from '../../actions/ways'
import { IconButton } from '../../components/button'
import { Icon } from '../../components/icon'
import { stepsDone } from '../../first-steps-state'
import { inUse } from '../../state'
import { FirstStep } from './first-step'
import { PinStep } from './pin-step'
import { TourStep } from './tour-step'

/** What a new user may do next, in any order and none of it needed; folded up once there are accounts to be shown. */
export function FirstSteps(): VNode | null {
  const unfolded = useSignal<boolean | null>(null)
  useEffect(() => {
    void loadWays()
    void lookAtToolbar()
  }, [])
  const steps = stepsDone.value
  if (!steps) return null
  const of = steps.size
  const done = [...steps.values()].filter(Boolean).length
  if (done === of) return null
  const open = unfolded.value ?? inUse.value.length === 0
  return (
    <section class="first-steps" aria-label={text('first_steps')}>
      <div class="first-steps-head">
        <button type="button" class="first-steps-toggle" aria-expanded={open} onClick={() => (unfolded.value = !open)}>
          <Icon node={open ? ChevronUp : ChevronDown} size={16} />
          {text('first_steps')}
          {done > 0 && <span class="faint">{text('first_steps_done', { done, of })}</span>}
        </button>
        <IconButton node={X} name={text('first_steps_close')} onClick={() => void closeFirstSteps()} />
      </div>
      {open && <Steps steps={steps} />}
    </section>
  )
}

function Steps({ steps }: { steps: ReadonlyMap<string, boolean> }): VNode {
  const isDone = (step: string) => steps.get(step) === true
  return (
    <ul>
      <FirstStep name={text('first_step_sheet')} done={isDone('sheet')} onGo={openSheet} />
      <FirstStep name={text('first_step_accounts')} done={isDone('accounts')} onGo={openTransfer} />
      {steps.has('pin') && <PinStep done={isDone('pin')} />}
      <TourStep done={isDone('tour')} />
    </ul>
  )
}
