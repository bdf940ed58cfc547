import { useSignal } from '@preact/signals'
import { Check } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { RescueSecret, SalvageView } from '../../rpc/health-calls'
import { rebuild, saveRemains } from '../actions/rescue'
import { savedRemains } from '../health-state'
import { running } from '../state'
import { GuardedButton } from '../components/button'
import { FailureNote } from '../components/failure-note'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { Icon } from '../components/icon'
import { LostNamesList } from './lost-names'
import { PASSPHRASE_LENGTH } from './new-passphrase'

interface SalvagedProps {
  found: SalvageView
  secret: RescueSecret
}

/** What is left of the vault, and what can be made of it. */
export function Salvaged({ found, secret }: SalvagedProps): VNode {
  const { open, lost, inSnapshot, onlyInSnapshot, exact } = found
  const busy = running.value.has('rescue')
  return (
    <div class="form">
      <p role="status">
        <b>{text('rescue_open', { open, of: open + lost.length })}</b>
      </p>
      {lost.length > 0 && <p>{text('rescue_lost', { count: lost.length })}</p>}
      <LostNamesList names={lost} />
      {inSnapshot > 0 && <p>{text('rescue_in_snapshot', { count: inSnapshot })}</p>}
      {onlyInSnapshot > 0 && <p>{text('rescue_only_in_snapshot', { count: onlyInSnapshot })}</p>}
      {!exact && <p class="soft">{text('rescue_inexact')}</p>}
      <FailureNote place="rescue" />
      <div class="actions start">
        <GuardedButton class="primary" aria-disabled={busy} onClick={() => void rebuild(secret)}>
          {text(busy ? 'rebuilding' : 'rebuild')}
        </GuardedButton>
      </div>
      <p class="hint">{text('rebuild_hint')}</p>
      <SaveRemains secret={secret} />
    </div>
  )
}

/** The accounts that open, as an encrypted backup. */
function SaveRemains({ secret }: { secret: RescueSecret }): VNode {
  const password = useSignal('')
  const repeated = useSignal('')
  const checked = useSignal(false)
  const tooShort = [...password.value].length < PASSPHRASE_LENGTH
  const differs = password.value !== repeated.value
  const check = () => {
    checked.value = true
    return !tooShort && !differs
  }
  return (
    <details>
      <summary>{text('save_remains')}</summary>
      <Form
        place="save-remains"
        check={check}
        onSubmit={() => void saveRemains(secret, password.value)}
        submit={text('save_remains')}
        submitting={text('exporting')}
        quiet
      >
        <Field
          label={text('file_password')}
          value={password}
          type="password"
          hint={text('export_password_hint')}
          problem={checked.value && tooShort ? text('passphrase_too_short') : null}
        />
        <Field
          label={text('repeat_file_password')}
          value={repeated}
          type="password"
          problem={checked.value && !tooShort && differs ? text('passwords_differ') : null}
        />
        {savedRemains.value !== null && (
          <p class="note" role="status">
            <Icon node={Check} size={16} />
            <span class="note-text">{text('export_done_proven', { file: savedRemains.value })}</span>
          </p>
        )}
      </Form>
    </details>
  )
}
