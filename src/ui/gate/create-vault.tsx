import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { askedToCreate, createVault } from '../actions/creating'
import { Form } from '../components/form'
import { FirstPasskey } from './first-passkey'
import { NewPassphraseFields, isAccepted, useNewPassphrase } from './new-passphrase'

/** First start: a passphrase, twice, what it means, and a passkey beside it where there can be one. */
export function CreateVault(): VNode {
  const passphrase = useNewPassphrase()
  const withPasskey = useSignal(askedToCreate())
  return (
    <main class="centre">
      <h1>{text('create_title')}</h1>
      <p class="soft">{text('create_lead')}</p>
      <Form
        place="create"
        check={() => isAccepted(passphrase)}
        onSubmit={() => void createVault(passphrase.chosen.value, withPasskey.value)}
        submit={text('create_vault')}
        submitting={text('creating_vault')}
        class="wide-submit"
      >
        <NewPassphraseFields
          passphrase={passphrase}
          labels={[text('passphrase'), text('repeat_passphrase')]}
          autofocus
        />
        <FirstPasskey wanted={withPasskey} chosen={passphrase.chosen.value !== ''} />
        <ul class="facts">
          <li>{text('create_no_reset')}</li>
          <li>{text('create_uninstall')}</li>
        </ul>
      </Form>
    </main>
  )
}
