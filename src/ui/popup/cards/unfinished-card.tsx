import { CircleAlert } from 'lucide'
import type { VNode } from 'preact'
import { isUnfinished } from '../../../core/entry'
import { text } from '../../../i18n/text'
import { openFactors } from '../../actions/navigation'
import { Icon } from '../../components/icon'
import { inUse } from '../../state'

/** Bindings that were begun or ended without the server's last word, and the way to go on with them (BND-2, BND-12). */
export function UnfinishedCard(): VNode | null {
  const count = inUse.value.filter(({ phase }) => isUnfinished(phase)).length
  if (count === 0) return null
  return (
    <div class="note" role="status">
      <Icon node={CircleAlert} size={16} />
      <div class="note-text">
        <p>{count === 1 ? text('unfinished_one') : text('unfinished_many', { count })}</p>
        <button type="button" class="link" onClick={openFactors}>
          {text('go_on')}
        </button>
      </div>
    </div>
  )
}
