import { useSignal } from '@preact/signals'
import { ArrowDown, ArrowUp, FileDown, Pin, PinOff, Tag, Trash2, X } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { moveAccount, pinAccounts, trashAccounts } from '../../actions/arranging'
import { stopSelecting } from '../../actions/list'
import { exportSelected } from '../../actions/navigation'
import { IconButton } from '../../components/button'
import { isWholeList, selection } from '../../list-state'
import { inUse } from '../../state'
import { TagDialog } from './tag-dialog'

/** What can be done with the accounts that are ticked; stands where the footer was. */
export function SelectionBar(): VNode {
  const tagging = useSignal(false)
  const ticked = inUse.value.filter(({ id }) => selection.value?.has(id))
  const ids = ticked.map(({ id }) => id)
  const none = ids.length === 0
  const [only] = ids.length === 1 && isWholeList.value ? ids : []
  const allPinned = !none && ticked.every(({ pinned }) => pinned)
  return (
    <footer class="foot selection-bar">
      <IconButton node={X} name={text('select_end')} onClick={stopSelecting} />
      <span class="foot-note" role="status">
        {text('selected', { count: ids.length })}
      </span>
      <IconButton
        node={ArrowUp}
        name={text('move_up')}
        disabled={only === undefined}
        onClick={() => only && moveAccount(only, -1)}
      />
      <IconButton
        node={ArrowDown}
        name={text('move_down')}
        disabled={only === undefined}
        onClick={() => only && moveAccount(only, 1)}
      />
      <IconButton
        node={allPinned ? PinOff : Pin}
        name={text(allPinned ? 'unpin' : 'pin')}
        disabled={none}
        onClick={() => void pinAccounts(ids, !allPinned)}
      />
      <IconButton node={Tag} name={text('tag')} disabled={none} onClick={() => (tagging.value = true)} />
      <IconButton node={FileDown} name={text('export')} disabled={none} onClick={() => void exportSelected(ids)} />
      <IconButton node={Trash2} name={text('move_to_trash')} disabled={none} onClick={() => void trashAccounts(ids)} />
      {tagging.value && <TagDialog ids={ids} onClose={() => (tagging.value = false)} />}
    </footer>
  )
}
