import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { askRecoveryCode } from '../../actions/navigation'
import { showRecoveryCode } from '../../actions/page'
import { PassphraseForm } from '../../components/passphrase-form'
import { Secret } from '../../components/secret'

const SHOWN_MS = 60_000

/** Whether a recovery code is kept; shown only to who knows the passphrase. */
export function RecoverySection({ entry }: { entry: EntryView }): VNode {
  const shown = useSignal<string | null>(null)
  const asking = useSignal(false)
  // What is on the screen does not stay there for who comes by later (A11).
  useEffect(() => {
    if (shown.value === null) return undefined
    const timer = setTimeout(() => (shown.value = null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown.value])
  const tryPassphrase = async (passphrase: string) => {
    shown.value = await showRecoveryCode(entry.id, passphrase)
    return shown.value !== null
  }
  return (
    <section class="block">
      <h2>{text('recovery_code')}</h2>
      <p class="soft">{text(entry.hasRecoveryCode ? 'recovery_kept' : 'recovery_none')}</p>
      {shown.value !== null && <Secret>{shown.value}</Secret>}
      {asking.value && (
        <PassphraseForm
          place="recovery"
          hint={text('recovery_show_lead')}
          onPassphrase={tryPassphrase}
          onDone={() => (asking.value = false)}
        />
      )}
      <div class="actions start">
        {entry.hasRecoveryCode && !asking.value && <ShowButton shown={shown} onShow={() => (asking.value = true)} />}
        {!entry.hasRecoveryCode && (
          <button type="button" onClick={() => askRecoveryCode(entry.id)}>
            {text('keep_recovery_code')}
          </button>
        )}
      </div>
    </section>
  )
}

function ShowButton({ shown, onShow }: { shown: Signal<string | null>; onShow: () => void }): VNode {
  const visible = shown.value !== null
  return (
    <button type="button" onClick={visible ? () => (shown.value = null) : onShow}>
      {text(visible ? 'hide' : 'show')}
    </button>
  )
}
