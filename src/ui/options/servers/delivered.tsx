import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { PendingSignIn, ServerView } from '../../../rpc/server-calls'
import { recipientName, sendCode, verifyDelivered, type Recipient } from '../../actions/second-factor'
import { Field } from '../../components/field'
import { SignInNoteLine } from '../../components/flow-note'
import { Form } from '../../components/form'
import { Method } from '../../components/method'
import { deliveredTo } from '../../flow-state'

interface PanelProps {
  server: ServerView
  pending: PendingSignIn
}

/** A code by text message. */
export function PhonePanel({ server, pending }: PanelProps): VNode {
  const phone = useSignal(pending.phone ?? '')
  const country = useSignal(pending.phoneCountryCode ?? '')
  const phoneCountryCode = countryCode(country.value)
  return (
    <Method title={text('method_sms')}>
      <Delivered
        server={server}
        label={text('phone')}
        value={phone}
        type="tel"
        recipient={(typed) => ({ phone: typed, ...(phoneCountryCode ? { phoneCountryCode } : {}) })}
        complete={phoneCountryCode !== null}
      >
        {(checked) => (
          <Field
            label={text('country_code')}
            value={country}
            type="tel"
            optional
            hint={text('country_code_hint')}
            problem={checked && phoneCountryCode === null ? text('country_code_invalid') : null}
          />
        )}
      </Delivered>
    </Method>
  )
}

/** As the server wants it: `+1`; empty for mainland China; null for what is no country code. */
export function countryCode(typed: string): string | null {
  const digits = /^(?:\+|00)?([1-9]\d{0,3})$/.exec(typed.replace(/[\s()-]/g, ''))?.[1]
  if (digits === undefined) return typed.trim() === '' ? '' : null
  return digits === '86' ? '' : `+${digits}`
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
  /** Whether the further fields can be sent as they are. */
  complete?: boolean
  /** Further fields; `checked` once the user has tried to send. */
  children?: (checked: boolean) => VNode
}

function Delivered({ server, label, value, type, recipient, complete = true, children }: DeliveredProps): VNode {
  const checked = useSignal(false)
  const typed = value.value.trim()
  const sent = typed !== '' && complete && deliveredTo.value.get(server.id) === recipientName(recipient(typed))
  const check = () => {
    checked.value = true
    return typed !== '' && complete
  }
  return (
    <>
      <Form
        place={`server:${server.id}`}
        failureElsewhere
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
        {children?.(checked.value)}
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
        place={`server:${server.id}`}
        failureElsewhere
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
