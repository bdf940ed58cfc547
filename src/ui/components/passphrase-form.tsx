import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { Field } from './field'
import { Form } from './form'

interface PassphraseFormProps {
  place: string
  hint: string
  submit?: string
  submitting?: string
  /** Answers whether the passphrase was right. */
  onPassphrase: (passphrase: string) => Promise<boolean>
  onDone: () => void
}

/** Asks for the passphrase again before something secret is shown. */
export function PassphraseForm({ place, hint, onPassphrase, onDone, ...buttons }: PassphraseFormProps): VNode {
  const passphrase = useSignal('')
  const show = async () => {
    if (await onPassphrase(passphrase.value)) onDone()
  }
  return (
    <Form
      place={place}
      onSubmit={() => void show()}
      submit={text('show')}
      {...buttons}
      others={
        <button type="button" onClick={onDone}>
          {text('cancel')}
        </button>
      }
    >
      <Field label={text('passphrase')} value={passphrase} type="password" hint={hint} autofocus />
    </Form>
  )
}
