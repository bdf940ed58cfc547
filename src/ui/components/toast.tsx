import { Check } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { hush } from '../actions/toast'
import { toast } from '../state'
import { Icon } from './icon'

/** The message at the lower edge; read aloud as it comes. */
export function ToastLine(): VNode {
  const message = toast.value
  const undo = () => {
    message?.undo?.()
    hush()
  }
  return (
    <div class="toast-place" role="status">
      {message && (
        <div class="toast">
          <Icon node={Check} size={16} />
          <span>{message.text}</span>
          {message.undo && (
            <button type="button" class="link" onClick={undo}>
              {text('undo')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
