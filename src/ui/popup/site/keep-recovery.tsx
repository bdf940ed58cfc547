import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { askRecoveryCode } from '../../actions/navigation'
import { keepRecoveryCode, readRecoveryCodes } from '../../actions/page'
import { GuardedButton } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNote } from '../../components/failure-note'
import { Field } from '../../components/field'
import { shownText } from '../../../i18n/shown-text'
import { keepingRecoveryFor, tabId } from '../../state'

/** Keeps a recovery code that the page in front shows, or that is pasted, with an account. */
export function KeepRecoveryDialog(): VNode | null {
  const entryId = keepingRecoveryFor.value
  return entryId === null ? null : <OpenDialog key={entryId} entryId={entryId} />
}

function OpenDialog({ entryId }: { entryId: string }): VNode {
  const code = useSignal('')
  const read = useSignal<readonly string[] | null>(null)
  const checked = useSignal(false)
  useEffect(() => {
    const look = async () => {
      read.value = await readRecoveryCodes()
      if (read.value.length === 1 && code.value === '') code.value = read.value[0] ?? ''
    }
    void look()
  }, [])
  const keep = () => {
    checked.value = true
    if (code.value.trim()) void keepRecoveryCode(entryId, code.value.trim())
  }
  const close = () => askRecoveryCode(null)
  return (
    <Dialog title={text('keep_recovery_code')} onClose={close}>
      <div class="form">
        <p>{text('recovery_dialog_lead')}</p>
        <Found texts={read.value} code={code} />
        <Field
          label={text('recovery_code')}
          value={code}
          problem={checked.value && !code.value.trim() ? text('recovery_missing_field') : null}
          autofocus
        />
        <FailureNote place="recovery" />
        <div class="actions">
          <button type="button" onClick={close}>
            {text('cancel')}
          </button>
          <GuardedButton class="primary" onClick={keep}>
            {text('keep')}
          </GuardedButton>
        </div>
      </div>
    </Dialog>
  )
}

/** What the page shows: one goes into the field by itself, of several the user picks. */
function Found({ texts, code }: { texts: readonly string[] | null; code: Signal<string> }): VNode | null {
  if (texts === null || tabId.value === null) return null
  if (texts.length < 2) return <p class="hint">{text(texts.length === 1 ? 'recovery_found' : 'recovery_none_read')}</p>
  return (
    <fieldset>
      <legend>{text('recovery_choose')}</legend>
      {texts.map((one, index) => (
        <label key={index} class="check">
          <input type="radio" name="found" checked={code.value === one} onChange={() => (code.value = one)} />
          <span class="secret-line">{shownText(one)}</span>
        </label>
      ))}
    </fieldset>
  )
}
