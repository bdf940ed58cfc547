import { useSignal } from '@preact/signals'
import { Info } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import type { PendingSignIn, ServerView } from '../../../rpc/server-calls'
import { failedFor } from '../../actions/attempt'
import { answerWithRecoveryCode, startOver, verifyWithAccount } from '../../actions/second-factor'
import { secondsLeft } from '../../components/countdown'
import { FailureNote } from '../../components/failure-note'
import { Choice, Field } from '../../components/field'
import { SignInNoteLine } from '../../components/flow-note'
import { Form } from '../../components/form'
import { Icon } from '../../components/icon'
import { Method } from '../../components/method'
import { shownText } from '../../../i18n/shown-text'
import { typedRecoveryAt } from '../../flow-state'
import { inUse, now } from '../../state'
import { EmailPanel, PhonePanel } from './delivered'

interface PanelProps {
  server: ServerView
  pending: PendingSignIn
}

/** A sign-in waits for its second factor: the ways to answer, and the time that is left; then only a new start. */
export function SecondFactorPanel({ server, pending }: PanelProps): VNode {
  const left = secondsLeft(pending.expiresAt, now.value)
  const over = left === 0 || failedFor(`server:${server.id}`, 'mfa/login-expired')
  return (
    <div class="waiting">
      <div class="panel-head">
        <h4>{text('second_factor_needed')}</h4>
        <span class="faint">{over ? '' : text('expires_in', { seconds: left })}</span>
      </div>
      <p>
        <span class="soft">{text('second_factor_for')}</span> <b>{shownText(pending.account)}</b>
      </p>
      <FailureNote place={`server:${server.id}`} />
      {left === 0 && <p class="problem">{text('sign_in_expired')}</p>}
      {!over && <Ways server={server} pending={pending} />}
      <div class="actions start">
        <button type="button" class={over ? 'primary' : ''} onClick={() => void startOver(server.id)}>
          {text('start_over')}
        </button>
      </div>
    </div>
  )
}

/** Every way to answer that the server takes. */
function Ways({ server, pending }: PanelProps): VNode {
  const asksForOwn = !pending.mustBind
  return (
    <>
      {mayBind(pending) && <MustBind others={pending.factors.some((factor) => factor !== 'OTP')} />}
      {asksForOwn && <StoredAccount server={server} pending={pending} />}
      {pending.factors.includes('SMS') && <PhonePanel server={server} pending={pending} />}
      {pending.factors.includes('EMAIL') && <EmailPanel server={server} pending={pending} />}
      {asksForOwn && <RecoveryCode server={server} />}
    </>
  )
}

/** Whether the sign-in may go on with an authenticator that is bound now. */
export function mayBind({ mustBind, factors }: PendingSignIn): boolean {
  return mustBind && (factors.length === 0 || factors.includes('OTP'))
}

function MustBind({ others }: { others: boolean }): VNode {
  return (
    <p class="note">
      <Icon node={Info} size={16} />
      <span class="note-text">
        {text(others ? 'may_bind' : 'must_bind')} <a href="#section-factors">{text('section_factors')}</a>
      </span>
    </p>
  )
}

function StoredAccount({ server }: PanelProps): VNode {
  const candidates = candidatesFor(server)
  const chosen = useSignal(candidates[0]?.id ?? '')
  if (candidates.length === 0) {
    return (
      <Method title={text('method_account')}>
        <p class="soft">{text('no_stored_account')}</p>
      </Method>
    )
  }
  return (
    <Method title={text('method_account')}>
      <SignInNoteLine serverId={server.id} by="account" rejected={text('code_rejected_next')} />
      <Form
        place={`server:${server.id}`}
        failureElsewhere
        onSubmit={() => void verifyWithAccount(server.id, chosen.value)}
        submit={text('verify')}
      >
        <Choice
          label={text('account_to_use')}
          value={chosen}
          choices={candidates.map((entry) => [entry.id, shownText(`${entry.issuer} ${entry.label}`.trim())] as const)}
        />
      </Form>
    </Method>
  )
}

/** Accounts bound at this server first, then those of its site, then the rest; an MFA server takes a TOTP alone. */
function candidatesFor(server: ServerView): readonly EntryView[] {
  const closeness = (entry: EntryView) =>
    entry.serverId === server.id ? 0 : entry.sites.includes(server.appHost) ? 1 : 2
  return inUse.value.filter((entry) => entry.type === 'totp').sort((a, b) => closeness(a) - closeness(b))
}

function RecoveryCode({ server }: { server: ServerView }): VNode {
  const code = typedRecoveryAt(server.id)
  return (
    <Method title={text('method_recovery')}>
      <SignInNoteLine serverId={server.id} by="recovery" rejected={text('recovery_rejected_next')} />
      <Form
        place={`server:${server.id}`}
        failureElsewhere
        onSubmit={() => void answerWithRecoveryCode(server.id, code.value.trim())}
        submit={text('use_recovery_code')}
        quiet
      >
        <Field label={text('recovery_code')} value={code} hint={text('recovery_field_hint')} />
      </Form>
    </Method>
  )
}
