import { FileKey } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { openSheet } from '../../actions/navigation'
import { declineSheet, loadWays } from '../../actions/ways'
import { Icon } from '../../components/icon'
import { ways } from '../../ways-state'

/** Offers a recovery sheet to who has none on paper. */
export function SheetOffer(): VNode | null {
  useEffect(() => void loadWays(), [])
  if (!ways.value || ways.value.sheet?.onPaper) return null
  return (
    <aside class="note" aria-label={text('recovery_sheet')}>
      <Icon node={FileKey} size={16} />
      <div class="note-text">
        <p>{text('offer_sheet')}</p>
        <button type="button" class="link" onClick={openSheet}>
          {text('make_sheet')}
        </button>
        <button type="button" class="link aside" onClick={() => void declineSheet()}>
          {text('not_now')}
        </button>
      </div>
    </aside>
  )
}
