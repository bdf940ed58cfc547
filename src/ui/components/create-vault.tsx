import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { createVault } from '../actions/vault'
import { Field } from './field'
import { Form } from './form'

/** The shortest passphrase that is taken. */
export const PASSPHRASE_LENGTH = 8

/** First start: a passphrase, twice, and what it means. */
export function CreateVault(): VNode {
  const passphrase = useSignal('')
  const repeated = useSignal('')
  const checked = useSignal(false)
  const tooShort = [...passphrase.value].length < PASSPHRASE_LENGTH
  const differs = repeated.value !== passphrase.value
  const check = () => {
    checked.value = true
    return !tooShort && !differs
  }
  return (
    <main class="centre">
      <h1>{text('create_title')}</h1>
      <p class="soft">{text('create_lead')}</p>
      <Form
        place="create"
        check={check}
        onSubmit={() => void createVault(passphrase.value)}
        submit={text('create_vault')}
        submitting={text('creating_vault')}
        class="wide-submit"
      >
        <Field
          label={text('passphrase')}
          value={passphrase}
          type="password"
          hint={text('passphrase_hint')}
          problem={checked.value && tooShort ? text('passphrase_too_short') : null}
          autofocus
        />
        <Field
          label={text('repeat_passphrase')}
          value={repeated}
          type="password"
          problem={checked.value && !tooShort && differs ? text('passphrases_differ') : null}
        />
        <ul class="facts">
          <li>{text('create_no_reset')}</li>
          <li>{text('create_uninstall')}</li>
        </ul>
      </Form>
    </main>
  )
}
