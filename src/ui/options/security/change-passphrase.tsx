import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { say } from '../../actions/toast'
import { changePassphrase } from '../../actions/vault'
import { changeKey } from '../../actions/ways'
import { Field } from '../../components/field'
import { Form } from '../../components/form'
import { NewPassphraseFields, forgetChosen, isAccepted, useNewPassphrase } from '../../gate/new-passphrase'

/** Another passphrase; with another vault key under it, for who has reason to. */
export function ChangePassphrase(): VNode {
  const current = useSignal('')
  const checked = useSignal(false)
  const withKey = useSignal(false)
  const next = useNewPassphrase()
  const missing = current.value === ''
  const check = () => {
    checked.value = true
    return isAccepted(next) && !missing
  }
  const change = async () => {
    const action = withKey.value ? changeKey : changePassphrase
    if (!(await action(current.value, next.chosen.value))) return
    say({ text: text(withKey.value ? 'key_changed' : 'passphrase_changed') })
    current.value = ''
    checked.value = false
    withKey.value = false
    forgetChosen(next)
  }
  return (
    <details class="panel">
      <summary>{text('change_passphrase')}</summary>
      <Form
        place="change-passphrase"
        check={check}
        onSubmit={() => void change()}
        submit={text('change_passphrase')}
        submitting={text('changing_passphrase')}
      >
        <Field
          label={text('current_passphrase')}
          value={current}
          type="password"
          problem={checked.value && missing ? text('passphrase_missing') : null}
        />
        <NewPassphraseFields passphrase={next} labels={[text('new_passphrase'), text('repeat_new_passphrase')]} />
        <WithKey chosen={withKey} />
      </Form>
    </details>
  )
}

function WithKey({ chosen }: { chosen: Signal<boolean> }): VNode {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={chosen.value}
        onChange={(event) => (chosen.value = event.currentTarget.checked)}
      />
      <span>
        {text('change_key')}
        <span class="hint">{text('change_key_lead')}</span>
      </span>
    </label>
  )
}
