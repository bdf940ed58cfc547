import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { AppError } from '../../core/errors'
import { errorText, text } from '../../i18n/text'
import type { RescueSecret } from '../../rpc/health-calls'
import { salvage } from '../actions/rescue'
import { salvaged } from '../health-state'
import { Choice, Field } from './field'
import { Form } from './form'
import { Salvaged } from './salvaged'
import { SaveRaw } from './save-raw'
import { StartAnew } from './start-anew'

/** There is a vault and it does not open as one. Nothing is written before the user has chosen what (VLT-4). */
export function Damaged({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <main class="centre rescue">
      <h1>{text('damaged_title')}</h1>
      <p>{errorText(new AppError('vault/damaged'))}</p>
      <button type="button" class="primary wide" onClick={onRetry}>
        {text('try_again')}
      </button>
      <p class="soft">{text('damaged_choices')}</p>
      <Rescue />
      <SaveRaw />
      <StartAnew />
    </main>
  )
}

/** Looks what still opens, with what opens the vault; then offers to make a vault of it. */
function Rescue(): VNode {
  const kind = useSignal('passphrase')
  const typed = useSignal('')
  const checked = useSignal(false)
  const secret: RescueSecret = kind.value === 'sheet' ? { sheet: typed.value } : { passphrase: typed.value }
  const check = () => {
    checked.value = true
    return typed.value !== ''
  }
  return (
    <details class="panel">
      <summary>{text('rescue_title')}</summary>
      {salvaged.value ? (
        <Salvaged found={salvaged.value} secret={secret} />
      ) : (
        <Form
          place="rescue"
          check={check}
          onSubmit={() => void salvage(secret)}
          submit={text('rescue_look')}
          submitting={text('rescue_looking')}
        >
          <p class="soft">{text('rescue_lead')}</p>
          <SecretField kind={kind} typed={typed} missing={checked.value && typed.value === ''} />
        </Form>
      )}
    </details>
  )
}

interface SecretFieldProps {
  kind: Signal<string>
  typed: Signal<string>
  missing: boolean
}

function SecretField({ kind, typed, missing }: SecretFieldProps): VNode {
  const sheet = kind.value === 'sheet'
  return (
    <>
      <Choice
        label={text('rescue_with')}
        value={kind}
        choices={[
          ['passphrase', text('passphrase')],
          ['sheet', text('sheet_code')],
        ]}
        onChange={() => (typed.value = '')}
      />
      <Field
        key={kind.value}
        label={text(sheet ? 'sheet_code' : 'passphrase')}
        value={typed}
        type="password"
        problem={missing ? text(sheet ? 'sheet_code_missing' : 'passphrase_missing') : null}
      />
    </>
  )
}
