import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { keepPassphrase, setPassphrase } from '../actions/ways'
import { Form } from '../components/form'
import { NewPassphraseFields, isAccepted, useNewPassphrase } from './new-passphrase'

/** Somebody came in without the passphrase: offers to set another one. */
export function SetPassphrase(): VNode {
  const passphrase = useNewPassphrase()
  return (
    <main class="centre">
      <h1>{text('set_passphrase_title')}</h1>
      <p class="soft">{text('set_passphrase_lead')}</p>
      <Form
        place="set-passphrase"
        check={() => isAccepted(passphrase)}
        onSubmit={() => void setPassphrase(passphrase.chosen.value)}
        submit={text('set_passphrase')}
        submitting={text('setting_passphrase')}
        others={
          <button type="button" onClick={keepPassphrase}>
            {text('keep_old_passphrase')}
          </button>
        }
      >
        <NewPassphraseFields
          passphrase={passphrase}
          labels={[text('new_passphrase'), text('repeat_new_passphrase')]}
          autofocus
        />
      </Form>
    </main>
  )
}
