import { useSignal } from '@preact/signals'
import { Lock } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { unlock } from '../actions/vault'
import { Field } from './field'
import { Form } from './form'
import { Icon } from './icon'

/** The vault is locked: asks for the passphrase. */
export function Unlock(): VNode {
  const passphrase = useSignal('')
  const checked = useSignal(false)
  const check = () => {
    checked.value = true
    return passphrase.value !== ''
  }
  return (
    <main class="centre">
      <span class="emblem">
        <Icon node={Lock} size={26} />
      </span>
      <h1>{text('locked_title')}</h1>
      <p class="soft">{text('locked_lead')}</p>
      <Form
        place="unlock"
        check={check}
        onSubmit={() => void unlock(passphrase.value)}
        submit={text('unlock')}
        submitting={text('unlocking')}
        class="wide-submit"
      >
        <Field
          label={text('passphrase')}
          value={passphrase}
          type="password"
          problem={checked.value && passphrase.value === '' ? text('passphrase_missing') : null}
          autofocus
        />
      </Form>
    </main>
  )
}
