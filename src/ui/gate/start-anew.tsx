import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { startAnew } from '../actions/rescue'
import { Field } from '../components/field'
import { Form } from '../components/form'

/** For who has lost every way into the vault: it is put aside, after the user has typed that it shall be (KEY-10). */
export function StartAnew(): VNode {
  const typed = useSignal('')
  const checked = useSignal(false)
  const word = text('start_anew_word')
  const same = typed.value.trim().toLocaleLowerCase() === word.toLocaleLowerCase()
  const check = () => {
    checked.value = true
    return same
  }
  return (
    <details class="panel">
      <summary>{text('start_anew')}</summary>
      <Form place="start-anew" check={check} onSubmit={() => void startAnew()} submit={text('start_anew')} quiet>
        <p class="soft">{text('start_anew_lead')}</p>
        <Field
          label={text('start_anew_type', { word })}
          value={typed}
          problem={checked.value && !same ? text('start_anew_differs', { word }) : null}
        />
      </Form>
    </details>
  )
}
