import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { unassociate } from '../actions/admin'
import { Choice, Field } from '../components/field'
import { Form } from '../components/form'

/** Removes somebody's second factor; the user id is typed twice, so that it is meant (ADM-4). */
export function Unassociate(): VNode {
  const userId = useSignal('')
  const again = useSignal('')
  const type = useSignal('OTP')
  const checked = useSignal(false)
  const differs = again.value.trim() !== userId.value.trim()
  const check = () => {
    checked.value = true
    return userId.value.trim() !== '' && !differs
  }
  const remove = async () => {
    if (!(await unassociate(userId.value.trim(), type.value === 'FACE' ? 'FACE' : 'OTP'))) return
    again.value = ''
    checked.value = false
  }
  return (
    <section class="panel" aria-labelledby="unassociate">
      <h2 id="unassociate">{text('admin_unassociate_title')}</h2>
      <p class="soft">{text('admin_unassociate_lead')}</p>
      <Form place="admin-unassociate" check={check} onSubmit={() => void remove()} submit={text('unassociate')}>
        <div class="pair">
          <Field
            label={text('user_id')}
            value={userId}
            problem={checked.value && !userId.value.trim() ? text('field_missing') : null}
          />
          <Field
            label={text('user_id_again')}
            value={again}
            problem={checked.value && differs ? text('user_id_differs') : null}
          />
        </div>
        <Choice
          label={text('factor_type')}
          value={type}
          choices={[
            ['OTP', text('kind_otp')],
            ['FACE', text('kind_face')],
          ]}
        />
      </Form>
    </section>
  )
}
