import { Circle, CircleCheck } from 'lucide'
import type { ComponentChildren, VNode } from 'preact'
import { text } from '../../../i18n/text'
import { Icon } from '../../components/icon'

interface FirstStepProps {
  name: string
  done: boolean
  /** Absent where what stands below leads on. */
  onGo?: () => void
  /** Whether going there shows more right here; absent where it leads elsewhere. */
  expanded?: boolean
  children?: ComponentChildren
}

/** One of the first steps: ticked off, or the way there. */
export function FirstStep({ name, done, onGo, expanded, children }: FirstStepProps): VNode {
  return (
    <li class={done ? 'first-step done' : 'first-step'}>
      <Icon node={done ? CircleCheck : Circle} size={17} />
      {done ? (
        <span class="step-name">
          {name} <span class="sr-only">{text('first_step_done')}</span>
        </span>
      ) : (
        <div>
          {onGo ? (
            <button
              type="button"
              class="link"
              onClick={onGo}
              {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}
            >
              {name}
            </button>
          ) : (
            <span class="step-name">{name}</span>
          )}
          {children}
        </div>
      )}
    </li>
  )
}
