import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { askStatus } from '../actions/admin'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { userStatus } from './state'

/** Which second factors a user has. */
export function UserStatus(): VNode {
  const userId = useSignal('')
  const checked = useSignal(false)
  const check = () => {
    checked.value = true
    return userId.value.trim() !== ''
  }
  return (
    <section class="panel" aria-labelledby="user-status">
      <h2 id="user-status">{text('admin_status_title')}</h2>
      <Form
        place="admin-status"
        check={check}
        onSubmit={() => void askStatus(userId.value.trim())}
        submit={text('ask_status')}
      >
        <Field
          label={text('user_id')}
          value={userId}
          problem={checked.value && !userId.value.trim() ? text('field_missing') : null}
        />
      </Form>
      <div role="status">{userStatus.value && <Kinds {...userStatus.value} />}</div>
    </section>
  )
}

function Kinds({ userId, kinds }: { userId: string; kinds: Readonly<Record<string, boolean>> }): VNode {
  return (
    <>
      <b>{userId}</b>
      <ul>
        {Object.entries(kinds).map(([kind, bound]) => (
          <li key={kind}>{text(bound ? 'status_on' : 'status_off', { kind })}</li>
        ))}
      </ul>
    </>
  )
}
