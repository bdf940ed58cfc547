import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { removeDemo } from '../../actions/tour'

/** One press, at every step: nothing of the demo account stays. */
export function RemoveDemo({ primary = false }: { primary?: boolean }): VNode {
  return (
    <button type="button" class={primary ? 'primary' : ''} onClick={() => void removeDemo()}>
      {text('tour_remove')}
    </button>
  )
}
