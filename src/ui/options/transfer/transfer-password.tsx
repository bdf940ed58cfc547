import { useSignal } from '@preact/signals'
import { Info } from 'lucide'
import type { VNode } from 'preact'
import { AppError } from '../../../core/errors'
import { errorText, text } from '../../../i18n/text'
import { shownText } from '../../../i18n/shown-text'
import { Dialog } from '../../components/dialog'
import { Field } from '../../components/field'
import { Form } from '../../components/form'
import { Icon } from '../../components/icon'
import type { PasswordReason, PasswordStep } from '../../transfer-state'

/** Asks for the password of a file; what was typed stays while it is tried. */
export function PasswordDialog({ question, onStop }: { question: PasswordStep; onStop: () => void }): VNode {
  const { fileName, reason, opening, several, answer } = question
  const password = useSignal('')
  const checked = useSignal(false)
  const check = () => {
    checked.value = true
    return password.value !== '' && !opening
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
        onSubmit={() => answer(password.value)}
        submit={text(opening ? 'file_opening' : 'import')}
        others={<OtherWays several={several && !opening} onSkip={() => answer(null)} onStop={onStop} />}
      >
        <Field
          label={text('file_password')}
          value={password}
          type="password"
          problem={checked.value && password.value === '' ? text('field_missing') : null}
          autofocus
        />
        {!opening && <Reason reason={reason} />}
      </Form>
    </Dialog>
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
  const wrong = reason.kind === 'wrong'
  return (
    <p class={wrong ? 'note failure' : 'note'} role="alert">
      <Icon node={Info} size={16} />
      <span class="note-text">
        {wrong ? errorText(new AppError('format/wrong-password')) : text('file_costly', { memory: reason.memoryMib })}
      </span>
    </p>
  )
}
