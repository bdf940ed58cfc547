import { CircleAlert, X } from 'lucide'
import type { ComponentChildren, VNode } from 'preact'
import { errorText, text } from '../../i18n/text'
import { forgetFailure } from '../actions/attempt'
import { failures } from '../state'
import { IconButton } from './button'
import { Icon } from './icon'

/** Why the last action of a place failed, and what to do next; nothing while all is well. */
export function FailureNote({ place, children }: { place: string; children?: ComponentChildren }): VNode | null {
  if (!failures.value.has(place)) return null
  return (
    <div class="note failure" role="alert">
      <Icon node={CircleAlert} size={16} />
      <div class="note-text">
        <p>{errorText(failures.value.get(place))}</p>
        {children}
      </div>
      <IconButton node={X} name={text('close')} onClick={() => forgetFailure(place)} />
    </div>
  )
}
