import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { backToList } from '../actions/navigation'
import { readAddress, scanPasted } from '../actions/scanning'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { ScreenHead } from '../components/screen-head'

/** A picture or an otpauth address from the clipboard. Pasting is the user's own act, so nothing has to be granted. */
export function Paste(): VNode {
  const address = useSignal('')
  const paste = (event: ClipboardEvent) => {
    const hasFile = (event.clipboardData?.files.length ?? 0) > 0
    if (!hasFile) return
    event.preventDefault()
    void scanPasted(event)
  }
  const read = () => void (address.value.trim() ? readAddress(address.value) : scanPasted(null))
  return (
    <div class="screen" onPaste={paste}>
      <ScreenHead title={text('paste_title')} />
      <main class="scroll padded">
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
