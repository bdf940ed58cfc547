import { useSignal } from '@preact/signals'
import { HeartCrack } from 'lucide'
import type { VNode } from 'preact'
import { AppError } from '../../core/errors'
import { errorText, text } from '../../i18n/text'
import { salvage } from '../actions/rescue'
import { salvaged } from '../health-state'
import { Form } from '../components/form'
import { Icon } from '../components/icon'
import { Salvaged } from './salvaged'
import { SaveRaw } from './save-raw'
import { SecretField, typedSecret } from './secret-field'
import { StartAnew } from './start-anew'

/** There is a vault and it does not open as one. Nothing is written before the user has chosen what (VLT-4). */
export function Damaged({ onRetry }: { onRetry: () => void }): VNode {
  return (
    <main class="centre rescue">
      <span class="emblem alarm">
        <Icon node={HeartCrack} size={26} />
      </span>
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
  const secret = typedSecret(kind.value, typed.value)
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
