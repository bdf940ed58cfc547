import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { say } from '../../actions/toast'
import { addPasskey, lookForPasskeys } from '../../actions/ways'
import { PassphraseForm } from '../../components/passphrase-form'
import { passkeysPossible, shortNumber, ways } from '../../ways-state'
import { RemoveWay } from '../remove-way'

/** Passkeys that open the vault; those that are there can be removed even where none can be made (KEY-9). */
export function Passkeys(): VNode {
  const asking = useSignal(false)
  useEffect(() => void lookForPasskeys(), [])
  const add = async (passphrase: string) => {
    const added = await addPasskey(passphrase)
    if (added) say({ text: text('passkey_added') })
    return added
  }
  return (
    <section class="panel" aria-labelledby="passkeys">
      <h3 id="passkeys">{text('passkeys')}</h3>
      <p class="soft">{text('passkeys_lead')}</p>
      {ways.value?.passkeys.map(({ id }) => (
        <PasskeyRow key={id} id={id} />
      ))}
      {passkeysPossible.value === false && <p class="note">{text('passkeys_not_here')}</p>}
      {asking.value && (
        <PassphraseForm
          place="passkey"
          hint={text('add_passkey_hint')}
          submit={text('add_passkey')}
          submitting={text('adding_passkey')}
          onPassphrase={add}
          onDone={() => (asking.value = false)}
        />
      )}
      {passkeysPossible.value && !asking.value && (
        <div class="actions start">
          <button type="button" onClick={() => (asking.value = true)}>
            {text('add_passkey')}
          </button>
        </div>
      )}
    </section>
  )
}

function PasskeyRow({ id }: { id: string }): VNode {
  return (
    <div class="panel-head">
      <p>{text('passkey_name', { number: shortNumber(id) })}</p>
      <RemoveWay
        id={id}
        name={text('remove')}
        title={text('remove_passkey_title')}
        lead={text('remove_passkey_lead')}
        removed={text('passkey_removed')}
      />
    </div>
  )
}
