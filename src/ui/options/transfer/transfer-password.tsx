import { type Signal, useSignal } from '@preact/signals'
import { Info } from 'lucide'
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { AppError } from '../../../core/errors'
import { errorText, text } from '../../../i18n/text'
import { shownText } from '../../../i18n/shown-text'
import { chooseKeyFile } from '../../actions/transfer-reading'
import { Dialog } from '../../components/dialog'
import { FailureNote } from '../../components/failure-note'
import { Field } from '../../components/field'
import { Form } from '../../components/form'
import { Icon } from '../../components/icon'
import type { PasswordReason, PasswordStep } from '../../transfer-state'

/** Asks for the password of a file; what was typed stays while it is tried. */
export function PasswordDialog({ question, onStop }: { question: PasswordStep; onStop: () => void }): VNode {
  const { fileName, reason, opening, several, mayHaveKeyFile, answer } = question
  const password = useSignal('')
  const keyFile = useSignal<Uint8Array | null>(null)
  const checked = useSignal(false)
  const isMissing = () => password.value === '' && keyFile.value === null
  const check = () => {
    checked.value = true
    return !isMissing() && !opening
  }
  return (
    <Dialog title={text('file_password')} onClose={onStop}>
      <p>
        <b>{shownText(fileName)}</b>
      </p>
      <p class="soft">{text('file_password_lead')}</p>
      <Form
        place="file-password"
        check={check}
        onSubmit={() => answer({ password: password.value, keyFile: keyFile.value })}
        submit={text(opening ? 'file_opening' : 'import')}
        others={<OtherWays several={several && !opening} onSkip={() => answer(null)} onStop={onStop} />}
      >
        <Field
          label={text('file_password')}
          value={password}
          type="password"
          problem={checked.value && isMissing() ? text('field_missing') : null}
          autofocus
        />
        {mayHaveKeyFile && <KeyFile chosen={keyFile} />}
        {!opening && <Reason reason={reason} />}
      </Form>
    </Dialog>
  )
}

/** Chooses the file that opens a database, beside its password or alone. */
function KeyFile({ chosen }: { chosen: Signal<Uint8Array | null> }): VNode {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{text('key_file')}</label>
      <input
        id={id}
        type="file"
        aria-describedby={`${id}-hint`}
        onChange={(event) => void chooseKeyFile(event.currentTarget.files?.[0], chosen)}
      />
      <p id={`${id}-hint`} class="hint">
        {text('key_file_hint')}
      </p>
      <FailureNote place="key-file" />
    </div>
  )
}

function OtherWays(props: { several: boolean; onSkip: () => void; onStop: () => void }): VNode {
  return (
    <>
      <button type="button" onClick={props.onStop}>
        {text('cancel')}
      </button>
      {props.several && (
        <button type="button" onClick={props.onSkip}>
          {text('file_skip')}
        </button>
      )}
    </>
  )
}

function Reason({ reason }: { reason: PasswordReason }): VNode | null {
  if (reason.kind === 'needed') return null
  return (
    <p class={reason.kind === 'costly' ? 'note' : 'note failure'} role="alert">
      <Icon node={Info} size={16} />
      <span class="note-text">{reasonText(reason)}</span>
    </p>
  )
}

function reasonText(reason: Exclude<PasswordReason, { kind: 'needed' }>): string {
  if (reason.kind === 'costly') return text('file_costly', { memory: reason.memoryMib })
  // Who gave a key file alone has typed nothing that Caps Lock could have changed.
  return reason.kind === 'wrong-key-file' ? text('key_file_wrong') : errorText(new AppError('format/wrong-password'))
}
