import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { backToList } from '../../actions/navigation'
import { readAddress, scanFiles, scanPasted } from '../../actions/scanning'
import { Field } from '../../components/field'
import { Form } from '../../components/form'
import { ScreenHead } from '../../components/screen-head'
import { TransferCard } from './transfer-card'

/** A picture or an otpauth address from the clipboard. Pasting is the user's own act, so nothing has to be granted. */
export function Paste(): VNode {
  const address = useSignal('')
  const paste = (event: ClipboardEvent) => {
    const hasFile = (event.clipboardData?.files.length ?? 0) > 0
    if (!hasFile) return
    event.preventDefault()
    void scanPasted(event)
  }
  const drop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    void scanFiles(files)
  }
  const read = () => void (address.value.trim() ? readAddress(address.value) : scanPasted(null))
  return (
    <div class="screen" onPaste={paste} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <ScreenHead title={text('paste_title')} />
      <main class="scroll padded">
        <TransferCard />
        <Form
          place="scan"
          onSubmit={read}
          submit={text('paste_read')}
          submitting={text('scanning')}
          others={
            <button type="button" onClick={backToList}>
              {text('cancel')}
            </button>
          }
        >
          <Field label={text('paste_field')} value={address} hint={text('paste_lead')} lines={5} autofocus />
        </Form>
      </main>
    </div>
  )
}
