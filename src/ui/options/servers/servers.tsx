import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { shownText } from '../../../i18n/shown-text'
import { text } from '../../../i18n/text'
import type { ServerView } from '../../../rpc/server-calls'
import { addServer, removeServer, signIn, signOut } from '../../actions/servers'
import { Confirm } from '../../components/confirm'
import { FailureNote } from '../../components/failure-note'
import { Field } from '../../components/field'
import { Form } from '../../components/form'
import { servers } from '../../state'
import { ClockCard } from './clock-card'
import { SecondFactorPanel } from './second-factor'
import { Section } from '../section'

/** The MFA servers: add one, sign in, sign out, remove. */
export function Servers(): VNode {
  return (
    <Section name="servers" needsVault>
      <p class="soft">{text(servers.value.length === 0 ? 'servers_empty' : 'servers_lead')}</p>
      <FailureNote place="servers" />
      {servers.value.map((server) => (
        <ServerPanel key={server.id} server={server} />
      ))}
      <AddServer />
    </Section>
  )
}

function ServerPanel({ server }: { server: ServerView }): VNode {
  const id = `server-${server.id}`
  return (
    <section class="panel" aria-labelledby={`section-servers ${id} ${id}-app`}>
      <div class="panel-head">
        <h3 id={id}>{new URL(server.appHost).host}</h3>
        <span id={`${id}-app`} class="faint">
          {server.appId}
        </span>
      </div>
      <ClockCard server={server} />
      <SignedIn server={server} />
      {server.pending && <SecondFactorPanel server={server} pending={server.pending} />}
      {!server.signedIn && !server.pending && <SignIn server={server} />}
      {!server.pending && <RemoveServer server={server} />}
    </section>
  )
}

function SignedIn({ server }: { server: ServerView }): VNode | null {
  if (!server.signedIn) return null
  return (
    <>
      <FailureNote place={`server:${server.id}`} />
      <div class="panel-head">
        <p>
          <span class="soft">{text('signed_in_as')}</span> <b>{shownText(server.account ?? '')}</b>
        </p>
        <button type="button" onClick={() => void signOut(server.id)}>
          {text('sign_out')}
        </button>
      </div>
    </>
  )
}

function SignIn({ server }: { server: ServerView }): VNode {
  const account = useSignal(server.account ?? '')
  const password = useSignal('')
  const checked = useSignal(false)
  const missing = (typed: string) => (checked.value && typed.trim() === '' ? text('field_missing') : null)
  const check = () => {
    checked.value = true
    return account.value.trim() !== '' && password.value !== ''
  }
  const send = async () => {
    if (await signIn(server, account.value, password.value)) password.value = ''
  }
  return (
    <Form
      place={`server:${server.id}`}
      check={check}
      onSubmit={() => void send()}
      submit={text('sign_in')}
      submitting={text('signing_in')}
    >
      <div class="pair">
        <Field label={text('account')} value={account} problem={missing(account.value)} />
        <Field label={text('password')} value={password} type="password" problem={missing(password.value)} />
      </div>
    </Form>
  )
}

function AddServer(): VNode {
  const address = useSignal('')
  const appId = useSignal('')
  const pool = useSignal('')
  const checked = useSignal(false)
  const check = () => {
    checked.value = true
    return URL.canParse(address.value.trim()) && appId.value.trim() !== ''
  }
  const add = async () => {
    const userPoolId = pool.value.trim()
    const server = { appHost: address.value.trim(), appId: appId.value.trim(), ...(userPoolId ? { userPoolId } : {}) }
    if (!(await addServer(server))) return
    for (const field of [address, appId, pool]) field.value = ''
    checked.value = false
  }
  return (
    <div class="panel">
      <Form place="add-server" check={check} onSubmit={() => void add()} submit={text('add_server')}>
        <Field
          label={text('server_address')}
          value={address}
          type="url"
          hint={text('server_address_hint')}
          problem={checked.value && !URL.canParse(address.value.trim()) ? text('address_invalid') : null}
        />
        <div class="pair">
          <Field
            label={text('application_id')}
            value={appId}
            problem={checked.value && appId.value.trim() === '' ? text('field_missing') : null}
          />
          <Field label={text('user_pool_id')} value={pool} optional />
        </div>
      </Form>
    </div>
  )
}

function RemoveServer({ server }: { server: ServerView }): VNode {
  const asking = useSignal(false)
  const agree = async () => {
    await removeServer(server)
    asking.value = false
  }
  return (
    <div class="actions start">
      <button type="button" class="danger-quiet" onClick={() => (asking.value = true)}>
        {text('remove')}
      </button>
      {asking.value && (
        <Confirm
          title={text('remove_server_title')}
          lead={text('remove_server_lead')}
          agree={text('remove')}
          place={`server:${server.id}`}
          onAgree={() => void agree()}
          onClose={() => (asking.value = false)}
        />
      )}
    </div>
  )
}
