import { useSignal } from '@preact/signals'
import { Check, Info } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { Icon } from '../../components/icon'
import { QrCode } from '../../components/qr-code'
import type { Exported } from '../../transfer-state'
import { ProblemList, accountsIn } from './transfer-problems'

/** What an export came to: the file's name or the codes to scan, and what is not in it. */
export function ExportResult({ result, onClose }: { result: Exported; onClose: () => void }): VNode {
  const { format, fileName, codes, problems, damaged } = result
  return (
    <div class="form">
      {fileName !== null && (
        <p class="note" role="status">
          <Icon node={Check} size={16} />
          <span class="note-text">
            {text(format === 'latchkey' ? 'export_done_proven' : 'export_done', { file: fileName })}
          </span>
        </p>
      )}
      {codes.length > 0 && <Codes codes={codes} />}
      {fileName === null && codes.length === 0 && <p>{text('export_google_none')}</p>}
      {damaged > 0 && (
        <p class="note failure">
          <Icon node={Info} size={16} />
          <span class="note-text">{text('export_damaged', { count: damaged })}</span>
        </p>
      )}
      <ProblemList title={text('export_problems', { count: accountsIn(problems) })} problems={problems} />
      <div class="actions">
        <button type="button" class="primary" onClick={onClose}>
          {text('close')}
        </button>
      </div>
    </div>
  )
}

/** The QR codes of a transfer, one after the other, for the phone to scan. */
function Codes({ codes }: { codes: readonly string[] }): VNode {
  const at = useSignal(0)
  const last = codes.length - 1
  return (
    <>
      <p>{text('export_google_lead')}</p>
      <QrCode value={codes[at.value] ?? ''} />
      {last > 0 && (
        <div class="panel-head">
          <button type="button" disabled={at.value === 0} onClick={() => (at.value -= 1)}>
            {text('back')}
          </button>
          <span role="status">{text('export_code_of', { number: at.value + 1, of: codes.length })}</span>
          <button type="button" disabled={at.value === last} onClick={() => (at.value += 1)}>
            {text('next')}
          </button>
        </div>
      )}
    </>
  )
}
