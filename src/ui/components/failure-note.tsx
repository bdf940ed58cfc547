import { CircleAlert, X } from 'lucide'
import type { ComponentChildren, VNode } from 'preact'
import { errorText, text } from '../../i18n/text'
import { forgetFailure } from '../actions/attempt'
import { failures } from '../state'
import { GuardedButton, IconButton } from './button'
import { Icon } from './icon'

/** Why the last action of a place failed, and what to do next; nothing while all is well. */
export function FailureNote({ place, children }: { place: string; children?: ComponentChildren }): VNode | null {
  const failure = failures.value.get(place)
  if (!failure) return null
  const { error, again } = failure
  return (
    <div class="note failure" role="alert">
      <Icon node={CircleAlert} size={16} />
      <div class="note-text">
        <p>{errorText(error)}</p>
        {children}
        {again && (
          <GuardedButton class="link" onClick={() => void again()}>
            {text('try_again')}
          </GuardedButton>
        )}
      </div>
      <IconButton node={X} name={text('close')} onClick={() => forgetFailure(place)} />
    </div>
  )
}
