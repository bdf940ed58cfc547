import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { createVault } from '../actions/vault'
import { Form } from '../components/form'
import { NewPassphraseFields, isAccepted, useNewPassphrase } from './new-passphrase'

/** First start: a passphrase, twice, and what it means. */
export function CreateVault(): VNode {
  const passphrase = useNewPassphrase()
  return (
    <main class="centre">
      <h1>{text('create_title')}</h1>
      <p class="soft">{text('create_lead')}</p>
      <Form
        place="create"
        check={() => isAccepted(passphrase)}
        onSubmit={() => void createVault(passphrase.chosen.value)}
        submit={text('create_vault')}
        submitting={text('creating_vault')}
        class="wide-submit"
      >
        <NewPassphraseFields
          passphrase={passphrase}
          labels={[text('passphrase'), text('repeat_passphrase')]}
          autofocus
        />
        <ul class="facts">
          <li>{text('create_no_reset')}</li>
          <li>{text('create_uninstall')}</li>
        </ul>
      </Form>
    </main>
  )
}
