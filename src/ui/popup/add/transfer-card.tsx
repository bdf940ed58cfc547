import { Info } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { forgetParts, recallParts } from '../../actions/transfer-parts'
import { Icon } from '../../components/icon'
import { transferParts } from '../../scan-state'

/** How far the QR codes of another app's transfer have been scanned; nothing while none is missing. */
export function TransferCard(): VNode | null {
  useEffect(() => void recallParts(), [])
  const parts = transferParts.value
  if (!parts) return null
  const { total, missing } = parts
  return (
    <div class="note" role="status">
      <Icon node={Info} size={16} />
      <div class="note-text">
        <p>{text('transfer_parts', { count: total - missing.length, total, missing: missing.join(', ') })}</p>
        <div class="note-actions">
          <button
            type="button"
            class="link"
            onClick={() => void import('../../actions/proposing').then(({ goOnWithParts }) => goOnWithParts())}
          >
            {text('transfer_go_on')}
          </button>
          <button type="button" class="link aside" onClick={() => void forgetParts()}>
            {text('transfer_discard')}
          </button>
        </div>
      </div>
    </div>
  )
}
