import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { isFirefox } from '../../actions/surface'
import { tickStep } from '../../actions/first-steps'
import { onToolbar } from '../../first-steps-state'
import { FirstStep } from './first-step'

/** How our button gets onto the toolbar; only the user can put it there. */
export function PinStep({ done }: { done: boolean }): VNode {
  const open = useSignal(false)
  return (
    <FirstStep name={text('first_step_pin')} done={done} expanded={open.value} onGo={() => (open.value = !open.value)}>
      {open.value && (
        <div class="step-more">
          <p>{text(isFirefox() ? 'pin_in_firefox' : 'pin_in_chrome')}</p>
          {onToolbar.value === null && (
            <button type="button" class="step-tick" onClick={() => void tickStep('pin')}>
              {text('pin_is_there')}
            </button>
          )}
        </div>
      )}
    </FirstStep>
  )
}
