import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { PendingSignIn, ServerView } from '../../rpc/calls'
import { sendCode, verifyDelivered, type Recipient } from '../actions/second-factor'
import { Field } from '../components/field'
import { SignInNoteLine } from '../components/flow-note'
import { Form } from '../components/form'
import { Method } from '../components/method'
import { deliveredTo } from '../flow-state'

interface PanelProps {
  server: ServerView
  pending: PendingSignIn
}

/** A code by text message. */
export function PhonePanel({ server, pending }: PanelProps): VNode {
  const phone = useSignal(pending.phone ?? '')
  return (
    <Method title={text('method_sms')}>
      <Delivered
        server={server}
        label={text('phone')}
        value={phone}
        type="tel"
        recipient={(typed) => ({ phone: typed })}
      />
    </Method>
  )
}

/** A code by e-mail. */
export function EmailPanel({ server, pending }: PanelProps): VNode {
  const email = useSignal(pending.email ?? '')
  return (
    <Method title={text('method_email')}>
      <Delivered
        server={server}
        label={text('email')}
        value={email}
        type="email"
        recipient={(typed) => ({ email: typed })}
      />
    </Method>
  )
}

interface DeliveredProps {
  server: ServerView
  label: string
  value: Signal<string>
  type: 'tel' | 'email'
  recipient: (typed: string) => Recipient
}

function Delivered({ server, label, value, type, recipient }: DeliveredProps): VNode {
  const checked = useSignal(false)
  const typed = value.value.trim()
  const sent = typed !== '' && deliveredTo.value.get(server.id) === typed
  const check = () => {
    checked.value = true
    return typed !== ''
  }
  return (
    <>
      <Form
        place={`send:${type}:${server.id}`}
        check={check}
        onSubmit={() => void sendCode(server.id, recipient(typed))}
        submit={text('send_code')}
        quiet
      >
        <Field
          label={label}
          value={value}
          type={type}
          problem={checked.value && !typed ? text('field_missing') : null}
        />
      </Form>
      {sent && <CodeForm server={server} to={recipient(typed)} />}
    </>
  )
}

function CodeForm({ server, to }: { server: ServerView; to: Recipient }): VNode {
  const code = useSignal('')
  const checked = useSignal(false)
  const check = () => {
    checked.value = true
    return code.value.trim() !== ''
  }
  return (
    <>
      <p class="soft" role="status">
        {text('code_sent')}
      </p>
      <SignInNoteLine serverId={server.id} by="delivered" rejected={text('delivered_rejected_next')} />
      <Form
        place={`code:${server.id}`}
        check={check}
        onSubmit={() => void verifyDelivered(server.id, to, code.value.trim())}
        submit={text('verify')}
      >
        <Field
          label={text('verification_code')}
          value={code}
          problem={checked.value && !code.value.trim() ? text('field_missing') : null}
          autofocus
        />
      </Form>
    </>
  )
}
