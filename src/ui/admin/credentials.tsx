import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { forgetCredentials, holdCredentials } from '../actions/admin'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { credentials } from './state'

/** Where the pool's credentials are typed, or forgotten again. */
export function Credentials(): VNode {
  return (
    <section class="panel" aria-labelledby="credentials">
      <h2 id="credentials">{text('admin_credentials')}</h2>
      {credentials.value ? <Held userPoolId={credentials.value.userPoolId} /> : <CredentialsForm />}
    </section>
  )
}

function Held({ userPoolId }: { userPoolId: string }): VNode {
  return (
    <div class="panel-head">
      <p>
        <span class="soft">{text('admin_held')}</span> <b>{userPoolId}</b>
      </p>
      <button type="button" onClick={forgetCredentials}>
        {text('admin_forget')}
      </button>
    </div>
  )
}

function CredentialsForm(): VNode {
  const host = useSignal('')
  const pool = useSignal('')
  const secret = useSignal('')
  const checked = useSignal(false)
  const missing = (typed: string) => (checked.value && !typed.trim() ? text('field_missing') : null)
  const check = () => {
    checked.value = true
    return URL.canParse(host.value.trim()) && pool.value.trim() !== '' && secret.value !== ''
  }
  const use = async () => {
    const given = { host: host.value.trim(), userPoolId: pool.value.trim(), secret: secret.value }
    if (await holdCredentials(given)) secret.value = ''
  }
  return (
    <Form place="admin" check={check} onSubmit={() => void use()} submit={text('admin_use')}>
      <Field
        label={text('server_address')}
        value={host}
        type="url"
        problem={checked.value && !URL.canParse(host.value.trim()) ? text('address_invalid') : null}
      />
      <div class="pair">
        <Field label={text('user_pool_id')} value={pool} problem={missing(pool.value)} />
        <Field label={text('pool_secret')} value={secret} type="password" problem={missing(secret.value)} />
      </div>
    </Form>
  )
}
