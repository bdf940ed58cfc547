import { useSignal } from '@preact/signals'
import { Lock } from 'lucide'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { text } from '../../i18n/text'
import { forgetFailure } from '../actions/attempt'
import { unlock } from '../actions/vault'
import { Field } from '../components/field'
import { Form } from '../components/form'
import { Icon } from '../components/icon'
import { Lazy } from '../components/lazy'

const loadPasskeyOffer = async () => (await import('./passkey-offer')).PasskeyOffer
const loadOtherWays = async () => (await import('./other-ways')).OtherWays

/** The vault is locked: asks for the passphrase, or for what is there in its place. */
export function Unlock(): VNode {
  const forgotten = useSignal(false)
  const turn = () => {
    for (const place of ['unlock', 'unlock-passkey']) forgetFailure(place)
    forgotten.value = !forgotten.value
  }
  return (
    <main class="centre">
      <span class="emblem">
        <Icon node={Lock} size={26} />
      </span>
      <h1>{text(forgotten.value ? 'other_ways_title' : 'locked_title')}</h1>
      {forgotten.value ? <Lazy load={loadOtherWays} /> : <ByPassphrase />}
      <button type="button" class="link centred-link" onClick={turn}>
        {text(forgotten.value ? 'back_to_passphrase' : 'other_ways')}
      </button>
    </main>
  )
}

function ByPassphrase(): VNode {
  const passphrase = useSignal('')
  const checked = useSignal(false)
  const form = useRef<HTMLDivElement>(null)
  const check = () => {
    checked.value = true
    return passphrase.value !== ''
  }
  const open = async () => {
    // Whoever mistyped types again: over what is there.
    if (await unlock(passphrase.value)) return
    const field = form.current?.querySelector('input')
    field?.focus()
    field?.select()
  }
  return (
    <>
      <p class="soft">{text('locked_lead')}</p>
      <div ref={form}>
        <Form
          place="unlock"
          check={check}
          onSubmit={() => void open()}
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
      </div>
      <Lazy load={loadPasskeyOffer} />
    </>
  )
}
